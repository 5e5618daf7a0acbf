// Writes docs/pictures/*.png, the web page as a reader sees it: node scripts/make-pictures.mjs (npm run pictures).
//
// Needs Chromium; the letters are those of Inter where Debian's fonts-inter is installed, and smaller files need pngquant.
import { build } from 'esbuild';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}.cache/pictures.mjs`;

await build({
  entryPoints: [`${root}scripts/pictures.ts`],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
const { makePictures } = await import(pathToFileURL(outfile).href);
for (const line of await makePictures(`${root}docs/pictures`)) console.log(line);
