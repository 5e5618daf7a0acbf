// Writes schema/*.json from the schemas in the code: node scripts/make-schemas.mjs. A unit test fails while they differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource, root } from './load-source.mjs';

const { publishedSchemas } = await loadSource('scripts/published-schemas.ts');
mkdirSync(join(root, 'schema'), { recursive: true });
for (const { path, text } of publishedSchemas()) writeFileSync(join(root, path), text);
