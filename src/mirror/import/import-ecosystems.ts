/** Brings the records of ecosystems into a draft of the mirror, in one reading of their dump: what is new, what changed, and what is gone. */
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

/** What is known half-way of one ecosystem. */
interface Progress {
  readonly ecosystem: Ecosystem;
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
 * Takes `dump` as all there is to know of `ecosystems`, and says of each what it brought. Files that are byte for byte as
 * before are not parsed. A file that has become unreadable leaves the record of its name as it was; a record the dump no
 * longer brings is removed. It comes in pieces of any size; `onEntry` is called after each file and may take its time.
 */
export async function importEcosystems<E extends Ecosystem>(
  ecosystems: readonly E[],
  dump: AsyncIterable<readonly IndexedEntry[]>,
  draft: MirrorDraft,
  onEntry: (files: number) => Promise<void> | undefined,
): Promise<Readonly<Record<E, EcosystemImport>>> {
  const begun = ecosystems.map(begin);
  let files = 0;
  for await (const entries of dump) {
    for (const entry of entries) {
      takeEntry(begun, draft, entry);
      const pause = onEntry((files += 1));
      if (pause !== undefined) await pause;
    }
  }
  const done = begun.map((progress) => [progress.ecosystem, finish(progress, draft)]);
  return Object.fromEntries(done) as Record<E, EcosystemImport>;
}

function begin(ecosystem: Ecosystem): Progress {
  return {
    ecosystem,
    seen: new Set(),
    spoiled: new Set(),
    counts: { added: 0, updated: 0, unchanged: 0, foreign: 0 },
    ...{ older: nameCounter(), malformed: nameCounter(), collisions: nameCounter() },
  };
}

function finish(progress: Progress, draft: MirrorDraft): EcosystemImport {
  const { seen, spoiled, counts, older, malformed, collisions } = progress;
  const usable = seen.size;
  for (const id of spoiled) seen.add(id);
  return {
    ...counts,
    entries: seen.size,
    usable,
    removed: releaseUnseen(progress, draft),
    older: older.result(),
    malformed: malformed.result(),
    collisions: collisions.result(),
  };
}

function takeEntry(begun: readonly Progress[], draft: MirrorDraft, entry: IndexedEntry): void {
  const id = idInName(entry.name);
  const held = draft.held(id);
  if (held?.file === entry.digest) {
    for (const progress of begun) takeAgain(progress, draft, id, held);
    return;
  }
  const read = entry.index();
  if (read.status === 'rejected') {
    for (const { ecosystem, malformed, spoiled } of begun) {
      malformed.add(`${entry.name}: ${read.why}`);
      if (held?.sources.includes(ecosystem) === true) spoiled.add(id);
    }
    return;
  }
  takeRecord(begun, draft, read.record, entry.digest);
}

/** A file that is held as it is: what it names was read when it was taken in. */
function takeAgain({ ecosystem, seen, counts }: Progress, draft: MirrorDraft, id: string, held: HeldRecord): void {
  if (!held.sources.includes(ecosystem)) {
    if (!draft.names(id, ecosystem)) {
      counts.foreign += 1;
      return;
    }
    draft.keep(ecosystem, id);
  }
  if (!seen.has(id)) counts.unchanged += 1;
  seen.add(id);
}

function takeRecord(begun: readonly Progress[], draft: MirrorDraft, record: IndexedRecord, file: string): void {
  const { id } = record;
  const held = draft.held(id);
  const again = begun.some(({ seen }) => seen.has(id));
  const isTaken = held === undefined || supersedes(record, file, held, again);
  for (const progress of begun) {
    if (!record.packages.some((of) => of.ecosystem === progress.ecosystem)) {
      progress.counts.foreign += 1;
      continue;
    }
    if (again && held?.file !== file) progress.collisions.add(id);
    if (isTaken) draft.put(progress.ecosystem, record, file);
    else draft.keep(progress.ecosystem, id);
    if (!progress.seen.has(id)) tell(progress, record, file, held, isTaken);
    progress.seen.add(id);
  }
}

/** What a record that is met for the first time in this import is to its ecosystem. */
function tell(
  { counts, older }: Progress,
  { id }: IndexedRecord,
  file: string,
  held: HeldRecord | undefined,
  isTaken: boolean,
): void {
  if (isTaken) counts[held === undefined ? 'added' : 'updated'] += 1;
  else if (held?.file === file) counts.unchanged += 1;
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

function releaseUnseen({ ecosystem, seen }: Progress, draft: MirrorDraft): number {
  // What is brought for the first time has nothing that could be gone.
  if (draft.before?.sources[ecosystem] === undefined) return 0;
  let removed = 0;
  for (const id of draft.heldBesides(seen, ecosystem)) if (draft.release(ecosystem, id)) removed += 1;
  return removed;
}

/** Databases name a file after its record; where one does not, the file is parsed each time. */
function idInName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
