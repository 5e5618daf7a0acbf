// Writes the pages made from the code: node scripts/make-docs.mjs. A unit test fails while they differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSource, root } from './load-source.mjs';

const { publishedPages } = await loadSource('scripts/published-docs.ts');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
for (const { path, text } of publishedPages(version)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
