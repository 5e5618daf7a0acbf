/** Walks a repository for manifests: bounded, following no link, entering nothing that is ignored or installed. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileEntry, FileListing, ListingRules } from '../../core/model/file.ts';
import { byText } from '../../core/model/order.ts';
import { baseName, joinPath } from '../../core/model/path.ts';
import type { Problem } from '../../core/model/problem.ts';
import { messageOf } from '../lib/message-of.ts';
import { classifyLink } from './classify-link.ts';
import type { Excluder } from './exclusion.ts';
import { chainBelow, isIgnored, readIgnoreRules, type IgnoreChain } from './ignore-file.ts';
import { tooDeep, tooLong, tooMany, unreadableFolder } from './walk-problems.ts';

/** Caps of a walk; reaching one is a problem of the listing. */
export interface WalkLimits {
  /** Directory entries looked at. */
  readonly entries: number;
  readonly depth: number;
  readonly timeMs: number;
  /** Directory entries looked at below excluded folders, where nothing is audited; reaching it is no problem. */
  readonly excludedEntries: number;
}

export interface Walk {
  /** Real path. */
  readonly root: string;
  readonly rules: ListingRules;
  readonly excluder: Excluder;
  /** What applies at the root from above it. */
  readonly ignores: IgnoreChain;
  readonly limits: WalkLimits;
  /** Milliseconds from an arbitrary start. */
  readonly elapsed: () => number;
}

/** A folder that waits to be read. */
interface Folder {
  readonly path: string;
  readonly depth: number;
  readonly ignores: IgnoreChain;
  readonly excluded: Pick<FileEntry, 'excludedBy' | 'excludedAt'> | null;
}

/** What reading one folder gave. */
interface Visit {
  readonly looked: number;
  readonly entries: readonly FileEntry[];
  readonly folders: readonly Folder[];
  readonly problems: readonly Problem[];
}

/** Folders read at once. */
const WIDTH = 32;

const NOTHING: Visit = { looked: 0, entries: [], folders: [], problems: [] };

/** Never rejects: what could not be walked is a problem of the listing. */
export async function walk(spec: Walk): Promise<FileListing> {
  const entries: FileEntry[] = [];
  const problems: Problem[] = [];
  const pending: Folder[] = [{ path: '.', depth: 0, ignores: spec.ignores, excluded: null }];
  const budget = { own: spec.limits.entries, excluded: spec.limits.excludedEntries };
  const deadline = spec.elapsed() + spec.limits.timeMs;
  while (pending.length > 0) {
    const cap = reachedCap(budget.own, spec.elapsed() > deadline, spec.limits);
    if (cap !== null) {
      problems.push(cap);
      break;
    }
    const batch = pending.splice(-WIDTH).filter(({ excluded }) => excluded === null || budget.excluded > 0);
    for (const [index, visit] of (await Promise.all(batch.map((folder) => visitFolder(folder, spec)))).entries()) {
      budget[batch[index]?.excluded === null ? 'own' : 'excluded'] -= visit.looked;
      entries.push(...visit.entries);
      problems.push(...visit.problems);
      pending.push(...visit.folders);
    }
  }
  return { entries: entries.sort((a, b) => byText(a.path, b.path)), problems };
}

function reachedCap(budget: number, isLate: boolean, limits: WalkLimits): Problem | null {
  if (budget < 0) return tooMany(limits.entries);
  return isLate ? tooLong(limits.timeMs) : null;
}

async function visitFolder(folder: Folder, spec: Walk): Promise<Visit> {
  if (folder.depth > spec.limits.depth) return { ...NOTHING, problems: [tooDeep(folder.path, spec.limits.depth)] };
  try {
    const children = await readdir(join(spec.root, folder.path), { withFileTypes: true });
    if (children.length === 0) return { ...NOTHING, entries: emptyFolder(folder, spec) };
    if (isEnvironment(folder.path, children, spec.rules)) return { ...NOTHING, looked: children.length };
    return await sortChildren(await withOwnIgnores(folder, children, spec.root), children, spec);
  } catch (error) {
    return { ...NOTHING, problems: [unreadableFolder(folder.path, messageOf(error))] };
  }
}

/** What git leaves in the place of a submodule that is not checked out. One that bears a manifest's name is listed already. */
function emptyFolder({ path, excluded }: Folder, { rules }: Walk): readonly FileEntry[] {
  return path === '.' || rules.isManifestPath(path) ? [] : [{ path, kind: 'directory', ...excluded }];
}

/** A virtual or conda environment: other people's packages, installed. */
function isEnvironment(path: string, children: readonly Dirent[], { environmentNames }: ListingRules): boolean {
  const has = (...names: readonly string[]): boolean =>
    names.every((name) => children.some((child) => child.name === name));
  if (path === '.') return false;
  if (has('pyvenv.cfg') || has('conda-meta')) return true;
  return environmentNames.has(baseName(path)) && (has('bin', 'lib') || has('Scripts', 'Lib'));
}

async function withOwnIgnores(folder: Folder, children: readonly Dirent[], root: string): Promise<Folder> {
  // Git does not follow a .gitignore that is a link, either.
  if (!children.some((child) => child.name === '.gitignore' && child.isFile())) return folder;
  const rules = await readIgnoreRules(join(root, folder.path, '.gitignore'));
  if (rules === null) return folder;
  return { ...folder, ignores: [...folder.ignores, { base: folder.path, prefix: '', rules }] };
}

async function sortChildren(folder: Folder, children: readonly Dirent[], spec: Walk): Promise<Visit> {
  const entries: FileEntry[] = [];
  const folders: Folder[] = [];
  for (const child of children) {
    const path = joinPath(folder.path, child.name);
    const isManifest = spec.rules.isManifestPath(path);
    if (!isManifest && (child.isFile() || (child.isDirectory() && spec.rules.isSkippedFolder(path)))) continue;
    const place = placeOf(path, child.isDirectory(), folder, spec.excluder);
    if (place === null) continue;
    const kind = await kindOf(path, child, isManifest, spec.root);
    if (kind !== null && (isManifest || kind === 'link-outside')) entries.push({ path, kind, ...place });
    if (child.isDirectory()) folders.push(folderBelow(folder, path, place));
  }
  return { looked: children.length, entries, folders, problems: [] };
}

/** How a child is marked; `null` for one git ignores. */
function placeOf(
  path: string,
  isFolder: boolean,
  folder: Folder,
  excluder: Excluder,
): NonNullable<Folder['excluded']> | null {
  if (folder.excluded !== null) return folder.excluded;
  const exclusion = excluder(path, isFolder);
  if (exclusion?.configured !== true && isIgnored(folder.ignores, path, isFolder)) return null;
  return exclusion === null ? {} : { excludedBy: exclusion.by, excludedAt: path };
}

function folderBelow(parent: Folder, path: string, place: NonNullable<Folder['excluded']>): Folder {
  const excluded = place.excludedBy === undefined ? null : place;
  return { path, depth: parent.depth + 1, ignores: chainBelow(parent.ignores, path), excluded };
}

async function kindOf(
  path: string,
  child: Dirent,
  isManifest: boolean,
  root: string,
): Promise<FileEntry['kind'] | null> {
  if (child.isFile()) return 'file';
  if (child.isDirectory()) return 'directory';
  return child.isSymbolicLink() ? classifyLink(root, path, isManifest) : 'other';
}
