/** A program that begins an import into the folder it is given, says so, and never ends: for a test to kill. */
import { createMirrorWriter } from '../../src/adapters/mirror-store/write-mirror.ts';
import { importEcosystems } from '../../src/mirror/import/import-ecosystems.ts';
import { indexEntries } from '../../src/mirror/import/index-record.ts';
import { dumpOf } from './dump-entries.ts';
import { osvRecord, ranged, stored } from './osv.ts';

const records = Array.from({ length: 5000 }, (_, n) =>
  stored(osvRecord(`H-${n}`, [ranged('npm', 'p', [['introduced', '0']])])),
);

async function* endless() {
  yield* dumpOf(records);
  process.stdout.write('half-way\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}

await createMirrorWriter(process.argv[2] ?? '', process).draft((draft) =>
  importEcosystems(['npm'], indexEntries(endless()), draft, () => undefined),
);
