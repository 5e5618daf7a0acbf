/** Reads the names and versions of npm locks as they were: what an audit would have been asked about, and no more. */
import type { PastFile, PastReader, Statement } from '../../model/past.ts';
import type { Source } from '../../model/target.ts';
import { remember } from '../lib/remember.ts';
import { createStatements, type Statements } from '../lib/statements.ts';
import { isInstalled, type LockEntry } from './lock-entry.ts';
import { cutLock, type LockPieces } from './lock-pieces.ts';
import { type Lock, readLockText } from './lock.ts';
import { countRequests } from './requests.ts';
import { sortEntries } from './sort-entries.ts';

/** Beyond this many entries, or requests among them, the whole reading decides whether a lock is too large to be one. */
const LARGE = { entries: 50_000, requests: 500_000 };

/** What one piece of a lock gives. Only folders and links depend on the rest of the lock. */
interface ReadPiece {
  readonly locations: readonly string[];
  readonly requests: number;
  readonly statements: readonly Statement[];
  readonly others: readonly LockEntry[];
  readonly root?: LockEntry;
}

/** A reader whose work for a lock it has nearly read before is its length, not its entries. */
export function openNpmPast(): PastReader {
  const statements = createStatements();
  const readPiece = remember((piece) => interpretPiece(piece, statements));
  return {
    choose: chooseLock,
    read(_source, text) {
      const pieces = cutLock(text);
      return (pieces === null ? null : joinPieces(pieces, readPiece, statements)) ?? readWhole(text, statements);
    },
  };
}

/** npm reads npm-shrinkwrap.json where both lie. */
function chooseLock(sources: readonly Source[]): readonly Source[] {
  const shrinkwrap = sources.find(({ kind }) => kind === 'npm-shrinkwrap');
  const lock = shrinkwrap ?? sources.find(({ kind }) => kind === 'package-lock');
  return lock === undefined ? [] : [lock];
}

function readWhole(text: string, statements: Statements): PastFile | null {
  const lock = readLockText(text);
  return 'code' in lock ? null : { statements: packagesOf(lock, lock.root, statements), includes: [] };
}

function packagesOf(lock: Lock, root: LockEntry | undefined, statements: Statements): readonly Statement[] {
  const { packages } = sortEntries(lock, root?.workspaces ?? []);
  return [...new Set(packages.map(({ name, version }) => statements.pin(name, version)))];
}

/** `null` for a piece that is none. An entry that was installed is judged by itself, so it can be remembered. */
function interpretPiece(piece: string, statements: Statements): ReadPiece | null {
  const lock = readLockText(`{"lockfileVersion":3,"packages":{${piece}}}`);
  if ('code' in lock || lock.broken.length > 0) return null;
  const isAlone = ({ link, location }: LockEntry): boolean => !link && isInstalled(location);
  const all = lock.root === undefined ? lock.entries : [lock.root, ...lock.entries];
  return {
    locations: all.map(({ location }) => location),
    requests: lock.entries.reduce((sum, { requests }) => sum + countRequests(requests), 0),
    statements: packagesOf({ ...lock, entries: lock.entries.filter(isAlone) }, undefined, statements),
    others: lock.entries.filter((entry) => !isAlone(entry)),
    ...(lock.root && { root: lock.root }),
  };
}

/** `null` where only the whole reading can say what the lock holds: a bad piece, a location stated twice, too much of all. */
function joinPieces(
  { lockfileVersion, pieces }: LockPieces,
  readPiece: (piece: string) => ReadPiece | null,
  statements: Statements,
): PastFile | null {
  const stated = new Set<Statement>();
  const locations = new Set<string>();
  const entries: LockEntry[] = [];
  let root: LockEntry | undefined;
  let [expected, requests] = [0, 0];
  for (const text of pieces) {
    const piece = readPiece(text);
    if (piece === null) return null;
    for (const location of piece.locations) locations.add(location);
    for (const statement of piece.statements) stated.add(statement);
    entries.push(...piece.others);
    root ??= piece.root;
    expected += piece.locations.length;
    requests += piece.requests;
  }
  if (locations.size !== expected || expected > LARGE.entries || requests > LARGE.requests) return null;
  const others = packagesOf({ version: lockfileVersion, entries, broken: [] }, root, statements);
  for (const statement of others) stated.add(statement);
  return { statements: [...stated], includes: [] };
}
