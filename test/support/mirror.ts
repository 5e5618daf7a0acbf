/** Imports small dumps into a mirror in a temporary folder, as `fixby mirror import` would. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openMirror } from '../../src/adapters/mirror-store/open-mirror.ts';
import { createMirrorWriter } from '../../src/adapters/mirror-store/write-mirror.ts';
import type { Ecosystem } from '../../src/core/model/ecosystem.ts';
import type { MirroredSource } from '../../src/core/model/mirror.ts';
import { importEcosystems } from '../../src/mirror/import/import-ecosystems.ts';
import type { EcosystemImport } from '../../src/mirror/import/import-ecosystems.ts';
import { indexEntries } from '../../src/mirror/import/index-record.ts';
import type { DumpEntry } from '../../src/ports/advisory-dump.ts';
import type { Mirror, MirrorWriter } from '../../src/ports/mirror.ts';

export const NOW = '2026-06-01T12:00:00.000Z';

/** Gone with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fixby-mirror-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writerFor(folder: string): MirrorWriter {
  return createMirrorWriter(folder, process);
}

/** Closed with the test. */
export function mirrorIn(folder: string): Mirror {
  const mirror = openMirror(folder);
  onTestFinished(() => mirror.close());
  return mirror;
}

/** Imports one dump and makes it the generation in force. */
export async function importDump(
  folder: string,
  ecosystem: Ecosystem,
  entries: readonly DumpEntry[],
): Promise<EcosystemImport> {
  return (await importShared(folder, [ecosystem], entries))[ecosystem];
}

/** The same for several ecosystems that one dump is read for. */
export async function importShared<E extends Ecosystem>(
  folder: string,
  ecosystems: readonly E[],
  entries: readonly DumpEntry[],
): Promise<Readonly<Record<E, EcosystemImport>>> {
  return await writerFor(folder).draft(async (draft) => {
    const done = await importEcosystems(ecosystems, indexEntries(toAsync(entries)), draft, () => undefined);
    const sources = ecosystems.map((ecosystem) => [ecosystem, sourceOf(done[ecosystem])]);
    await draft.commit(Object.fromEntries(sources) as Partial<Record<Ecosystem, MirroredSource>>, NOW);
    return done;
  });
}

/** What a manifest says of an import. */
export function sourceOf({ entries, malformed, collisions }: EcosystemImport): MirroredSource {
  return { from: ['a test'], sha256: [], etag: null, asOf: NOW, importedAt: NOW, entries, malformed, collisions };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a dump is read asynchronously
export async function* toAsync<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
