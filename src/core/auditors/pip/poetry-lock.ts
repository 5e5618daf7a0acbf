/** Reads a `poetry.lock` source: pins with their graph, held against the pyproject.toml beside it. */
import { normalizeName } from '../../model/ecosystem.ts';
import { joinPath, parentFolder } from '../../model/path.ts';
import { type Program, readFiles } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { readProjectTable, toolTable } from './project-table.ts';
import { EMPTY_READING, type Pin, type Refusal, type SourceReading } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { isName, parseDirectReference, parseRequirement } from './requirement.ts';
import { staleLock, whyStale } from './stale-lock.ts';
import { asList, asTable, asText, isTable, member, parseToml, type TomlTable } from './toml.ts';
import { canonicalVersion } from './version.ts';

export interface PoetryPackage {
  readonly name: string;
  /** In normal form; absent when the lock states none that can be read. */
  readonly version?: string;
  /** Names of what it requires, normalized. */
  readonly requires: readonly string[];
  /** Those of them that no marker and no extra makes depend on anything. */
  readonly needs: readonly string[];
  /** What Poetry itself says of its groups; absent in locks of Poetry 1.5 to 1.8. */
  readonly groups?: readonly string[];
  /** Where it comes from when that is no index. */
  readonly place?: string;
}

/** The packages of a lock, or the sentence why it cannot be read. */
export function readPoetryLock(text: string): readonly PoetryPackage[] | { readonly error: string } {
  const read = parseToml(text);
  if ('error' in read) return read;
  if (member(read.table, 'metadata') === undefined)
    return { error: 'it has no [metadata], which Poetry always writes' };
  const listed = member(read.table, 'package');
  if (listed !== undefined && !Array.isArray(listed)) return { error: 'its packages are no list' };
  return asList(listed).map((entry) => readPackage(asTable(entry)));
}

function readPackage(entry: TomlTable): PoetryPackage {
  const written = asText(member(entry, 'name')) ?? '';
  const version = canonicalVersion(asText(member(entry, 'version')) ?? '');
  const place = asText(member(asTable(member(entry, 'source')), 'type'));
  const category = asText(member(entry, 'category'));
  const groups = member(entry, 'groups');
  const dependencies = Object.entries(asTable(member(entry, 'dependencies')));
  const stated = Array.isArray(groups) ? asList(groups).flatMap((group) => asText(group) ?? []) : category?.split('\n');
  return {
    name: isName(written) ? normalizeName('PyPI', written) : '',
    requires: dependencies.map(([name]) => normalizeName('PyPI', name)),
    needs: dependencies.flatMap(([name, how]) => (isUnconditional(how) ? [normalizeName('PyPI', name)] : [])),
    ...(version === undefined ? {} : { version }),
    ...(stated === undefined ? {} : { groups: stated }),
    // An index of the project's own is an index.
    ...(place === undefined || place === 'legacy' ? {} : { place }),
  };
}

function isUnconditional(how: unknown): boolean {
  if (!isTable(how)) return typeof how === 'string';
  return ['markers', 'optional', 'python', 'platform'].every((key) => member(how, key) === undefined);
}

/** Every package of the lock, whatever its marker, group or extra. */
export function* readPoetryLockSource(path: string): Program<SourceReading> {
  const manifest = joinPath(parentFolder(path), 'pyproject.toml');
  const [file, project] = yield* readFiles([path, manifest]);
  if (file?.status !== 'ok') return refuseFile(path, file?.detail ?? '');
  const packages = readPoetryLock(file.text);
  if ('error' in packages) return refuseFile(path, packages.error);
  const asked = project?.status === 'ok' ? readAsked(project.text) : undefined;
  const isPinned = (entry: PoetryPackage): boolean => skipReason(entry) === undefined;
  return {
    ...EMPTY_READING,
    pins: toPins(path, packages.filter(isPinned), asked ?? NOTHING),
    skipped: packages.flatMap((entry) => {
      const reason = skipReason(entry);
      return reason === undefined ? [] : [{ name: entry.name || '(nameless)', reason }];
    }),
    files: [file, project].flatMap((each) => (each?.status === 'ok' ? [{ path: each.path, sha256: each.sha256 }] : [])),
    refusals: findStale(path, manifest, packages, asked),
  };
}

function skipReason({ name, version, place }: PoetryPackage): string | undefined {
  if (name === '') return 'its entry in poetry.lock has no package name';
  if (place !== undefined) return `it comes from ${excerpt(place, 20)}, not from an index`;
  return version === undefined ? 'poetry.lock states no Python version number (PEP 440) for it' : undefined;
}

/** Names the project asks for, normalized. */
interface AskedNames {
  readonly prod: ReadonlySet<string>;
  readonly dev: ReadonlySet<string>;
}

const NOTHING: AskedNames = { prod: new Set(), dev: new Set() };

function readAsked(text: string): AskedNames | undefined {
  const read = parseToml(text);
  if ('error' in read) return undefined;
  const { dependencies, optional, groups } = readProjectTable(read.table);
  const poetry = toolTable(read.table, 'poetry');
  const tables = Object.values(asTable(member(poetry, 'group'))).map((group) => member(asTable(group), 'dependencies'));
  return {
    prod: new Set([
      ...[...dependencies, ...[...optional.values()].flat()].flatMap(nameOf),
      ...namesOf(member(poetry, 'dependencies')),
    ]),
    dev: new Set([
      ...[...groups.values()].flat().flatMap(nameOf),
      ...[member(poetry, 'dev-dependencies'), ...tables].flatMap(namesOf),
    ]),
  };
}

function nameOf(entry: string): readonly string[] {
  const name = parseRequirement(entry)?.name ?? parseDirectReference(entry)?.name;
  return name === undefined ? [] : [name];
}

function namesOf(table: unknown): readonly string[] {
  const names = Object.keys(isTable(table) ? table : {}).map((name) => normalizeName('PyPI', name));
  return names.filter((name) => name !== 'python');
}

/** Poetry's own word on groups where it gives one, else whatever what is shipped leads to. */
function toPins(file: string, packages: readonly PoetryPackage[], { prod, dev }: AskedNames): readonly Pin[] {
  const byName = new Map<string, PoetryPackage[]>();
  for (const entry of packages) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  const shipped = new Set(prod);
  for (const name of shipped)
    for (const entry of byName.get(name) ?? []) entry.requires.forEach((next) => shipped.add(next));
  return packages.map(({ name, version = '', requires, groups }) => ({
    name,
    version,
    file,
    scope:
      (groups?.includes('main') ?? shipped.has(name))
        ? 'prod'
        : prod.size + dev.size === 0 && groups === undefined
          ? 'unknown'
          : 'dev',
    direct: prod.has(name) || dev.has(name),
    requires: requires.flatMap((next) => (byName.get(next) ?? []).map((entry) => `${next}@${entry.version ?? ''}`)),
  }));
}

function findStale(
  path: string,
  manifest: string,
  packages: readonly PoetryPackage[],
  asked: AskedNames | undefined,
): readonly Refusal[] {
  const names = asked === undefined ? undefined : [...asked.prod, ...asked.dev];
  const locked = new Set(packages.map(({ name }) => name));
  const why = whyStale(manifest, names, locked) ?? whyUnmet(packages, locked);
  return why === undefined ? [] : [staleLock(path, why, 'poetry lock')];
}

/** Older Poetry leaves these out of every lock: they come with the environment. */
const WITH_THE_ENVIRONMENT = new Set(['setuptools', 'pip', 'wheel', 'distribute']);

function whyUnmet(packages: readonly PoetryPackage[], locked: ReadonlySet<string>): string | undefined {
  for (const { name, needs } of packages) {
    const lost = needs.find((needed) => !locked.has(needed) && !WITH_THE_ENVIRONMENT.has(needed));
    if (lost !== undefined) return `${name} requires ${excerpt(lost, 80)}, which it does not hold.`;
  }
  return undefined;
}
