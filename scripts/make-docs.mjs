// Writes the pages made from the code: node scripts/make-docs.mjs. A unit test fails while they differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSource, root } from './load-source.mjs';

const { publishedPages } = await loadSource('scripts/published-docs.ts');
for (const { path, text } of publishedPages()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
