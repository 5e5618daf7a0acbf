/** The example's snapshot of advisories as an imported mirror of any age. */
import { join } from 'node:path';
import { readEntries } from '../../src/adapters/osv-dump/read-entries.ts';
import type { Ecosystem } from '../../src/core/model/ecosystem.ts';
import type { MirroredSource } from '../../src/core/model/mirror.ts';
import { importEcosystems } from '../../src/mirror/import/import-ecosystems.ts';
import { indexEntries } from '../../src/mirror/import/index-record.ts';
import { ROOT } from './fixby.ts';
import { sourceOf, temporaryFolder, writerFor } from './mirror.ts';

const HOUR_MS = 3_600_000;

/** The folder of a mirror whose records are so old. */
export async function importExample(
  hoursAgo: number,
  ecosystems: readonly Ecosystem[] = ['npm', 'PyPI'],
): Promise<string> {
  const folder = temporaryFolder();
  const asOf = new Date(Date.now() - hoursAgo * HOUR_MS).toISOString();
  await writerFor(folder).draft(async (draft) => {
    const dump = indexEntries(readEntries(join(ROOT, 'examples/advisories')));
    const done = await importEcosystems(ecosystems, dump, draft, () => undefined);
    const sources = ecosystems.map((ecosystem) => [ecosystem, { ...sourceOf(done[ecosystem]), asOf }]);
    await draft.commit(Object.fromEntries(sources) as Partial<Record<Ecosystem, MirroredSource>>, asOf);
  });
  return folder;
}
