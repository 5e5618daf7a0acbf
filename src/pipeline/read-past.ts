/** Reads what the repository's files stated in every commit of its first-parent history, each version of a file once. */
import { isSkippedFolder, vendoredAbove } from '../core/discover/listing-rules.ts';
import { ecosystemOf, folderOf, sourceKindOf } from '../core/discover/source-kinds.ts';
import { believeDates } from '../core/history/believe-dates.ts';
import type { Chronicle } from '../core/history/origins.ts';
import type { LocatedFile, PastWorld } from '../core/history/past-tree.ts';
import type { Auditor } from '../core/model/auditor.ts';
import { DEEPEST_INCLUDE } from '../core/model/past.ts';
import type { PastCommit, PastFile } from '../core/model/past.ts';
import { foldersAbove } from '../core/model/path.ts';
import type { Problem } from '../core/model/problem.ts';
import type { History } from '../ports/history.ts';
import { PastVersions, type Locate, type Readers } from './past-versions.ts';

/** The past as far as it is known. Paths are relative to the audited folder; what lies outside of it begins with `/`. */
export interface Past extends Chronicle {
  readonly world: PastWorld;
  /** Every version of every file that could be read, with where it lay. */
  readonly files: ReturnType<PastVersions['files']>;
  /** What could not be read of it; none leaves a question of today open. */
  readonly problems: readonly Problem[];
  /** A path as git knows it, from the top of the checkout. */
  topPath(path: string): string;
  /** Reads a text as the file at that place would be read; `null` when it cannot be. */
  readText(located: LocatedFile, text: string): PastFile | null;
}

export type PastReading =
  { readonly status: 'known'; readonly past: Past } | { readonly status: 'unknown'; readonly problem: Problem };

/** `now` (UTC ISO-8601) bounds what dates are believed. Never rejects. */
export async function readPast(history: History, auditors: readonly Auditor[], now: string): Promise<PastReading> {
  const readers = openReaders(auditors);
  const included = new Map<string, LocatedFile>();
  const locate: Locate = (path) => locateFile(path, readers) ?? included.get(path) ?? null;
  const versions = new PastVersions(history, readers);

  const walked = await history.walk((path) => locate(`/${path}`) !== null);
  if (walked.status === 'unknown') return walked;
  const inFolder = (path: string): string => localPath(path, walked.prefix);
  let commits = walked.commits.map((commit) => translate(commit, inFolder));
  await versions.readAll(commits, locate);
  // Includes lead to files that no name gives away; theirs lead to others. Real ones end within two rounds.
  for (let round = 0; round < DEEPEST_INCLUDE; round += 1) {
    const fresh = versions.includes().filter(({ source: { path } }) => locate(path) === null);
    if (fresh.length === 0) break;
    for (const located of fresh) included.set(located.source.path, located);
    const wanted = new Set(fresh.map(({ source: { path } }) => path));
    const again = await history.walk((path) => wanted.has(inFolder(path)));
    if (again.status === 'unknown') return again;
    commits = joinChanges(
      commits,
      again.commits.map((commit) => translate(commit, inFolder)),
    );
    await versions.readAll(commits, locate);
  }

  const dates = believeDates(
    commits.map(({ committedAt }) => committedAt),
    now,
  );
  const choose: PastWorld['choose'] = (ecosystem, sources) => readers.get(ecosystem)?.choose(sources) ?? [];
  const world: PastWorld = { locate, choose, read: (located, blob) => versions.find(located, blob) };
  const { cut, prefix } = walked;
  const past: Past = {
    commits,
    dates,
    cut,
    world,
    files: versions.files(),
    problems: versions.problems(),
    topPath: (path) => (path.startsWith('/') ? path.slice(1) : prefix + path),
    readText: ({ ecosystem, source }, text) => readers.get(ecosystem)?.read(source, text) ?? null,
  };
  return { status: 'known', past };
}

/** A reader an ecosystem: that of the last auditor which has one, as it reads the most kinds. */
export function openReaders(auditors: readonly Auditor[]): Readers {
  return new Map(auditors.flatMap((auditor) => [...(auditor.openPast?.() ?? [])]));
}

/** What discovery would call the file, where an auditor reads it: installed and other people's packages are nobody's target. */
function locateFile(path: string, readers: Readers): LocatedFile | null {
  const kind = sourceKindOf(path);
  if (kind === null) return null;
  const source = { path, kind };
  const ecosystem = ecosystemOf(kind);
  const isRead = readers.get(ecosystem)?.choose([source]).length === 1;
  if (!isRead || foldersAbove(path).some(isSkippedFolder) || vendoredAbove(path) !== null) return null;
  return { source, ecosystem, target: folderOf(source) };
}

/** A path from the top of the checkout as seen from the audited folder. */
function localPath(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : `/${path}`;
}

function translate(commit: PastCommit, inFolder: (path: string) => string): PastCommit {
  if (commit.changes.length === 0) return commit;
  return { ...commit, changes: commit.changes.map((change) => ({ ...change, path: inFolder(change.path) })) };
}

function joinChanges(commits: readonly PastCommit[], others: readonly PastCommit[]): PastCommit[] {
  const more = new Map(others.map(({ id, changes }) => [id, changes]));
  return commits.map((commit) => ({ ...commit, changes: [...commit.changes, ...(more.get(commit.id) ?? [])] }));
}
