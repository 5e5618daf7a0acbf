// The main job on the example: a fresh git repository, the mirror on loopback, and `fixby audit` with the real tools.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { auditShop, makeShop, root, startMirror } from './shop.mjs';

const shop = resolve(root, '.cache/demo/shop');

// Unless other formats are asked for, the page too, for who has never seen a report.
const asked = process.argv.slice(2);
const reports = resolve(shop, 'reports');
const formats = asked.includes('--format')
  ? []
  : [...['json', 'markdown', 'html'].flatMap((name) => ['--format', name]), '--output', reports];

makeShop(shop);
const mirror = await startMirror();
try {
  const audit = auditShop(shop, mirror.url, [...formats, ...asked]);
  // The shop breaks its promise on purpose: 1 is what a working fixby says.
  process.exitCode = audit.status === 1 ? 0 : (audit.status ?? 70);
  console.log(`\nThis was the example. The reports lie in ${reports}; fixby exited with ${audit.status}.`);
  if (formats.length > 0) console.log(`The same as a page: ${pathToFileURL(resolve(reports, 'fixby.html')).href}`);
} finally {
  mirror.stop();
}
