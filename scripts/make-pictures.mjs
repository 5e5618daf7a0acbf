// Writes docs/pictures/, the reports as a reader sees them: node scripts/make-pictures.mjs (npm run pictures).
//
// Needs Chromium; the letters are those of Inter where Debian's fonts-inter is installed, and smaller files need pngquant.
import { join } from 'node:path';
import { loadSource, root } from './load-source.mjs';

const { makePictures } = await loadSource('scripts/pictures.ts');
for (const line of await makePictures(join(root, 'docs/pictures'), join(root, 'reports/example'))) console.log(line);
