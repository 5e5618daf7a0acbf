// Writes style and script of the web page from src/page: node scripts/make-page.mjs. A unit test fails while they differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSource, root } from './load-source.mjs';

const { PAGE_ASSETS, makePageAssets } = await loadSource('scripts/page-assets.ts');
writeFileSync(join(root, PAGE_ASSETS), await makePageAssets(root));
