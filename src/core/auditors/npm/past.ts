/** Reads the names and versions of npm locks as they were: what an audit would have been asked about, and no more. */
import type { PastFile, PastReader, Statement } from '../../model/past.ts';
import { rememberPieces } from '../../model/remember.ts';
import type { Source } from '../../model/target.ts';
import { createStatements, type Statements } from '../lib/statements.ts';
import { isInstalled, type LockEntry } from './lock-entry.ts';
import { LockLine, type LockPiece, type LockSum } from './lock-line.ts';
import { type Lock, readLockText } from './lock.ts';
import { countRequests } from './requests.ts';
import { sortEntries } from './sort-entries.ts';
import { isObject } from './string-map.ts';

/** Paths whose last version is kept; a repository with more locks is read on, only slower. */
const MOST_LINES = 100;

/** A reader that of a lock it has nearly read before reads what is new. */
export function openNpmPast(): PastReader {
  const statements = createStatements();
  const readPiece = rememberPieces((text) => interpretPiece(text, statements));
  const lines = new Map<string, LockLine>();
  return {
    choose: chooseLock,
    read({ path }, text) {
      const line = lines.get(path) ?? new LockLine(readPiece);
      if (lines.size < MOST_LINES) lines.set(path, line);
      const sum = line.take(text);
      return sum === null ? readWhole(text, statements) : joinSum(sum, statements);
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
function interpretPiece(text: string, statements: Statements): LockPiece | null {
  // By itself first: a piece that closes the object it stands in could otherwise pass for one that does not.
  const lock = isObjectText(`{${text}}`) ? readLockText(`{"lockfileVersion":3,"packages":{${text}}}`) : null;
  if (lock === null || 'code' in lock || lock.broken.length > 0) return null;
  const isAlone = ({ link, location }: LockEntry): boolean => !link && isInstalled(location);
  const all = lock.root === undefined ? lock.entries : [lock.root, ...lock.entries];
  return {
    text,
    locations: all.map(({ location }) => location),
    requests: lock.entries.reduce((sum, { requests }) => sum + countRequests(requests), 0),
    statements: packagesOf({ ...lock, entries: lock.entries.filter(isAlone) }, undefined, statements),
    others: lock.entries.filter((entry) => !isAlone(entry)),
    ...(lock.root && { root: lock.root }),
  };
}

function isObjectText(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function joinSum({ statements: alone, others, root }: LockSum, statements: Statements): PastFile {
  if (others.length === 0) return { statements: [...alone], includes: [] };
  const rest = packagesOf({ version: 3, entries: others, broken: [] }, root, statements);
  return { statements: [...new Set([...alone, ...rest])], includes: [] };
}
