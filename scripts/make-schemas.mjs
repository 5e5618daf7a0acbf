// Writes schema/*.json from the schemas in the code: node scripts/make-schemas.mjs. A unit test fails while they differ.
import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = `${root}.cache/published-schemas.mjs`;

await build({
  entryPoints: [`${root}scripts/published-schemas.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
const { publishedSchemas } = await import(pathToFileURL(outfile).href);
mkdirSync(`${root}schema`, { recursive: true });
for (const { path, text } of publishedSchemas()) writeFileSync(root + path, text);
