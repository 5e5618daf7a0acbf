// Writes style and script of the web page from src/page: node scripts/make-page.mjs. A unit test fails while they differ.
import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}.cache/page-assets.mjs`;

await build({
  entryPoints: [`${root}scripts/page-assets.ts`],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
const { PAGE_ASSETS, makePageAssets } = await import(pathToFileURL(outfile).href);
writeFileSync(root + PAGE_ASSETS, await makePageAssets(root));
