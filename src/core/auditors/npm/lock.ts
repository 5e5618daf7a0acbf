/** Reads the text of package-lock.json or npm-shrinkwrap.json, of any version npm has written. */
import { excerpt } from '../../model/text.ts';
import { type LockEntry, readEntry } from './lock-entry.ts';
import { fault, MOST_ENTRIES, refuseText, type LockFault } from './lock-fault.ts';
import { DEEPEST_NESTING, readLegacyTree } from './lock-v1.ts';
import { countRequests } from './requests.ts';
import { isObject } from './string-map.ts';
import { parseJson } from '../../model/json.ts';

/** More requests among the entries than any project makes; following them would only keep this process busy. */
const MOST_REQUESTS = 1_000_000;

export interface Lock {
  readonly version: 1 | 2 | 3;
  /** The entry of the project itself; version 1 has none. */
  readonly root?: LockEntry;
  /** Every other entry. */
  readonly entries: readonly LockEntry[];
  /** Locations whose value cannot be read. */
  readonly broken: readonly string[];
  /** What a version 2 lock tells old npm, where it tells it. */
  readonly legacy?: readonly LockEntry[];
}

/** Reads a lock, or says why it cannot be read. */
export function readLockText(text: string): Lock | LockFault {
  const lock = readDocument(text);
  if ('code' in lock) return lock;
  const requests = lock.entries.reduce((sum, entry) => sum + countRequests(entry.requests), 0);
  return requests > MOST_REQUESTS ? tooMany(`${MOST_REQUESTS} requests`) : lock;
}

function readDocument(text: string): Lock | LockFault {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  const document = parseJson(text);
  return isObject(document) ? readByVersion(document) : fault('lock-not-json', 'is no JSON object');
}

function readByVersion(document: Readonly<Record<string, unknown>>): Lock | LockFault {
  const { lockfileVersion, packages, dependencies } = document;
  if (lockfileVersion === 1) return readLegacy(dependencies);
  if (lockfileVersion === 2 || lockfileVersion === 3) return readPackages(lockfileVersion, packages, dependencies);
  const shown = lockfileVersion === undefined ? 'none' : excerpt(JSON.stringify(lockfileVersion), 40);
  return fault('lock-version', `has the lockfileVersion ${shown}, and only 1, 2 and 3 are known`);
}

function readLegacy(dependencies: unknown): Lock | LockFault {
  const { entries, broken } = readLegacyTree(dependencies, MOST_ENTRIES);
  return entries.length + broken.length > MOST_ENTRIES
    ? tooMany(`${MOST_ENTRIES} entries`)
    : { version: 1, entries, broken };
}

function readPackages(version: 2 | 3, packages: unknown, dependencies: unknown): Lock | LockFault {
  if (!isObject(packages)) return fault('lock-no-packages', 'has no `packages`');
  const rows = Object.entries(packages);
  if (rows.length > MOST_ENTRIES) return tooMany(`${MOST_ENTRIES} entries`);
  const entries: LockEntry[] = [];
  const broken: string[] = [];
  let root: LockEntry | undefined;
  for (const [location, value] of rows) {
    const entry = nestingOf(location) > DEEPEST_NESTING ? undefined : readEntry(location, value);
    if (entry === undefined) broken.push(location);
    else if (location === '') root = entry;
    else entries.push(entry);
  }
  const legacy =
    version === 2 && isObject(dependencies) ? readLegacyTree(dependencies, MOST_ENTRIES).entries : undefined;
  return { version, entries, broken, ...(root && { root }), ...(legacy && { legacy }) };
}

const FOLDER = 'node_modules/';

function nestingOf(location: string): number {
  let nesting = 0;
  for (let at = location.indexOf(FOLDER); at !== -1; at = location.indexOf(FOLDER, at + FOLDER.length)) nesting += 1;
  return nesting;
}

function tooMany(limit: string): LockFault {
  return fault('lock-too-large', `has more than ${limit}`);
}
