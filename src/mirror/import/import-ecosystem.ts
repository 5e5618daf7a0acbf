/** Brings the records of one ecosystem into a draft of the mirror: what is new, what changed, and what is gone. */
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { readInstant } from '../../core/model/instant.ts';
import type { NamedCount } from '../../core/model/mirror.ts';
import { byText } from '../../core/model/order.ts';
import type { IndexedEntry } from '../../ports/advisory-dump.ts';
import type { HeldRecord, IndexedRecord, MirrorDraft } from '../../ports/mirror.ts';
import { nameCounter } from './name-counter.ts';
import type { NameCounter } from './name-counter.ts';

/** What one import did. */
export interface EcosystemImport {
  /** Records the ecosystem has now. */
  readonly entries: number;
  /** Of those, the ones that the dump itself holds in a form that can be read. */
  readonly usable: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Records that name no package of the ecosystem. */
  readonly foreign: number;
  /** Older than what is held, by their own `modified`: what is held stays. */
  readonly older: NamedCount;
  readonly malformed: NamedCount;
  readonly collisions: NamedCount;
}

/** What is known half-way. */
interface Progress {
  readonly ecosystem: Ecosystem;
  readonly draft: MirrorDraft;
  /** Ids the dump brings. */
  readonly seen: Set<string>;
  /** Ids of records that are held, and of which the dump has an unreadable file only. */
  readonly spoiled: Set<string>;
  readonly counts: { added: number; updated: number; unchanged: number; foreign: number };
  readonly older: NameCounter;
  readonly malformed: NameCounter;
  readonly collisions: NameCounter;
}

/**
 * Takes `dump` as all there is to know of `ecosystem`. Files that are byte for byte as before are not parsed. A file that has
 * become unreadable leaves the record of its name as it was; a record the dump no longer brings is removed. It comes in
 * pieces of any size; `onEntry` is called after each file and may take its time.
 */
export async function importEcosystem(
  ecosystem: Ecosystem,
  dump: AsyncIterable<readonly IndexedEntry[]>,
  draft: MirrorDraft,
  onEntry: (files: number) => Promise<void> | undefined,
): Promise<EcosystemImport> {
  const counts = { added: 0, updated: 0, unchanged: 0, foreign: 0 };
  const named = { older: nameCounter(), malformed: nameCounter(), collisions: nameCounter() };
  const progress: Progress = { ecosystem, draft, seen: new Set(), spoiled: new Set(), counts, ...named };
  let files = 0;
  for await (const entries of dump) {
    for (const entry of entries) {
      takeEntry(progress, entry);
      const pause = onEntry((files += 1));
      if (pause !== undefined) await pause;
    }
  }
  const usable = progress.seen.size;
  for (const id of progress.spoiled) progress.seen.add(id);
  return {
    ...counts,
    entries: progress.seen.size,
    usable,
    removed: releaseUnseen(progress),
    older: named.older.result(),
    malformed: named.malformed.result(),
    collisions: named.collisions.result(),
  };
}

function takeEntry(progress: Progress, entry: IndexedEntry): void {
  const { ecosystem, draft, seen, counts, malformed } = progress;
  const id = idInName(entry.name);
  const held = draft.held(id);
  const isOurs = held?.sources.includes(ecosystem) === true;
  if (isOurs && held.file === entry.digest) {
    if (!seen.has(id)) counts.unchanged += 1;
    seen.add(id);
    return;
  }
  const read = entry.index();
  if (read.status === 'rejected') {
    malformed.add(`${entry.name}: ${read.why}`);
    if (isOurs) progress.spoiled.add(id);
  } else if (read.record.packages.some((of) => of.ecosystem === ecosystem)) {
    takeRecord(progress, read.record, entry.digest);
  } else counts.foreign += 1;
}

function takeRecord(progress: Progress, record: IndexedRecord, file: string): void {
  const { ecosystem, draft, seen, counts, older, collisions } = progress;
  const { id } = record;
  const held = draft.held(id);
  const again = seen.has(id);
  seen.add(id);
  if (again && held?.file !== file) collisions.add(id);
  if (held === undefined || supersedes(record, file, held, again)) {
    draft.put(ecosystem, record, file);
    if (!again) counts[held === undefined ? 'added' : 'updated'] += 1;
    return;
  }
  draft.keep(ecosystem, id);
  if (again) return;
  if (held.file === file) counts.unchanged += 1;
  else older.add(id);
}

/**
 * Of two texts of a record the one modified last counts. With equal dates the one that is published now does; of two in
 * one dump either would do, so their digests decide and not their order.
 */
function supersedes(record: IndexedRecord, file: string, held: HeldRecord, again: boolean): boolean {
  if (held.file === file) return false;
  const order = byText(momentOf(record.modified), momentOf(held.modified));
  return order > 0 || (order === 0 && (!again || file > held.file));
}

/** What is not dated is older than what is. */
function momentOf(modified: string | null): string {
  return readInstant(modified ?? '') ?? '';
}

function releaseUnseen({ ecosystem, draft, seen }: Progress): number {
  let removed = 0;
  for (const id of draft.heldBesides(seen, ecosystem)) if (draft.release(ecosystem, id)) removed += 1;
  return removed;
}

/** Databases name a file after its record; where one does not, the file is parsed each time. */
function idInName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
