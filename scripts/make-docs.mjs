// Writes the pages made from the code: node scripts/make-docs.mjs. A unit test fails while they differ.
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = `${root}.cache/published-docs`;

await build({
  entryPoints: [`${root}scripts/published-docs.ts`],
  outdir,
  bundle: true,
  splitting: true,
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const { publishedPages } = await import(pathToFileURL(`${outdir}/published-docs.mjs`).href);
for (const { path, text } of publishedPages()) {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, text);
}
