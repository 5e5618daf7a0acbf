/** Reads a `uv.lock` source: pins with their graph, and whether the lock is still in step with its projects. */
import type { SkippedPackage } from '../../model/inventory.ts';
import { type Program, readFiles } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { refuseDisguised } from './disguise.ts';
import { normalizePath } from './include-path.ts';
import { choosesOfTool } from './project-index.ts';
import { type ProjectTable, readProjectTable } from './project-table.ts';
import { type DroppedOption, EMPTY_READING, type Pin, type Refusal, type SourceReading } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { staleLock } from './stale-lock.ts';
import { parseToml } from './toml.ts';
import { readUvLock, type UvLock, type UvPackage } from './uv-lock-document.ts';
import { isOwnProject, readUvGraph, type UvGraph } from './uv-lock-graph.ts';
import { findDrift, findRootDrift } from './uv-lock-staleness.ts';

/**
 * Every package of the lock, whatever its marker, group or extra. The lock states all that `uv export` would, so uv is
 * not asked: it would need the repository's own configuration, and that may point anywhere. `members` are folders of its
 * workspace, relative to the repository, which it has to know.
 */
export function* readUvLockSource(path: string, members: readonly string[] = []): Program<SourceReading> {
  const [file] = yield* readFiles([path]);
  if (file?.status !== 'ok') return refuseFile(path, file?.detail ?? '');
  const lock = readUvLock(file.text);
  if ('error' in lock) return refuseFile(path, lock.error);
  const graph = readUvGraph(lock);
  const used = lock.packages.filter((entry) => !isOwnProject(entry, lock));
  const projects = yield* readProjects(path, lock);
  const known = new Set(projects.files.map((manifest) => manifest.path));
  const strangers = members.filter((member) => !known.has(`${member}/pyproject.toml`));
  return {
    ...EMPTY_READING,
    pins: used.flatMap((entry) => pinOf(entry, path, graph) ?? []),
    skipped: used.flatMap((entry) => skipOf(entry, path) ?? []),
    options: [...indexesOf(path, lock), ...projects.options],
    files: [{ path, sha256: file.sha256 }, ...projects.files],
    notes: notesOf(path, lock),
    refusals: [
      ...projects.refusals,
      ...findUnmet(lock, graph).map((why) => refuseStale(path, why)),
      ...refuseDisguised(
        path,
        used.flatMap(({ disguised }) => disguised),
      ),
      ...strangers.map((member) => refuseStale(path, `it was made without ${member}, a member of its workspace`)),
    ],
  };
}

function pinOf(entry: UvPackage, file: string, graph: UvGraph): Pin | undefined {
  const { name, version, line } = entry;
  if (skipOf(entry, file) !== undefined || version === undefined) return undefined;
  return {
    name,
    version,
    file,
    ...(line === undefined ? {} : { line }),
    scope: graph.scopeOf(entry),
    direct: graph.isDirect(entry),
    requires: graph.requiresOf(entry),
  };
}

function skipOf(entry: UvPackage, file: string): SkippedPackage | undefined {
  const { name, version, origin } = entry;
  if (name === '') return { name: '(nameless)', reason: `an entry of ${file} has no package name` };
  const known = version === undefined ? { name } : { name, version };
  if (origin.kind !== 'registry')
    return { ...known, reason: `it comes from ${PLACES[origin.kind]}, not from an index` };
  return version === undefined
    ? { name, reason: `${file} states no Python version number (PEP 440) for it` }
    : undefined;
}

const PLACES: Readonly<Record<UvPackage['origin']['kind'], string>> = {
  registry: 'an index',
  git: 'version control',
  url: 'a URL',
  path: 'a local file',
  directory: 'a local folder',
  editable: 'a local folder',
  virtual: 'a local folder',
  unknown: 'a place this reader does not know',
};

type ProjectsReading = Pick<SourceReading, 'options' | 'files' | 'refusals'>;

/** The pyproject.toml of each project of the lock, held against it. */
function* readProjects(path: string, lock: UvLock): Program<ProjectsReading> {
  const folder = path.split('/').slice(0, -1);
  const own = lock.packages.filter((entry) => isOwnProject(entry, lock));
  const manifests = own.map((entry) => normalizePath([...folder, ...entry.origin.place.split('/'), 'pyproject.toml']));
  const files = yield* readFiles(manifests.map((manifest) => manifest ?? ''));
  const options: DroppedOption[] = [];
  const read: { path: string; sha256: string }[] = [];
  const refusals: Refusal[] = own.length === 0 ? [refuseStale(path, 'it names no project of this folder')] : [];
  own.forEach((entry, index) => {
    const file = files[index];
    if (file?.status !== 'ok') {
      refusals.push(refuseStale(path, `the pyproject.toml of ${entry.name} cannot be read`));
      return;
    }
    read.push({ path: file.path, sha256: file.sha256 });
    const document = parseToml(file.text);
    const drift = 'error' in document ? [document.error] : driftOf(entry, lock, readProjectTable(document.table));
    if ('table' in document) options.push(...choosesOfTool(file.path, document.table));
    if (drift[0] !== undefined) refusals.push(refuseStale(path, `${file.path}: ${drift.join('; ')}`));
  });
  return { options, files: read, refusals };
}

/** uv locks whatever its packages require, on any platform: what is not there was lost. */
function findUnmet({ packages }: UvLock, graph: UvGraph): readonly string[] {
  return packages.flatMap((entry) =>
    graph.unmetOf(entry).map((wanted) => `${entry.name} requires ${excerpt(wanted, 80)}, which it does not hold.`),
  );
}

function refuseStale(path: string, why: string): Refusal {
  return staleLock(path, excerpt(why, 300), 'uv lock');
}

function driftOf(entry: UvPackage, lock: UvLock, project: ProjectTable): readonly string[] {
  const own = findDrift(project, entry.metadata ?? { requires: [], groups: new Map() });
  return entry.origin.place === '.' ? [...own, ...findRootDrift(project, lock)] : own;
}

/** The indexes its packages come from. */
function indexesOf(path: string, lock: UvLock): readonly DroppedOption[] {
  const places = lock.packages.flatMap(({ origin }) => (origin.kind === 'registry' ? [origin.place] : []));
  return [...new Set(places)].map((value) => ({ file: path, option: 'registry', value, effect: 'lock-index' }));
}

function notesOf(path: string, lock: UvLock): readonly string[] {
  return [`${path} was locked for Python ${excerpt(lock.requiresPython, 60) || 'of any version'}.`];
}
