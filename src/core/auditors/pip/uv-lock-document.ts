/** Reads a uv.lock: packages, where they come from, what they require. https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
import { normalizeName } from '../../model/ecosystem.ts';
import { excerpt } from '../../model/text.ts';
import { normalizeGroup } from './dependency-groups.ts';
import { findDisguised } from './disguise.ts';
import { isName } from './requirement.ts';
import { asList, asTable, asText, isTable, member, parseToml, type TomlTable } from './toml.ts';
import { canonicalVersion } from './version.ts';

export interface UvDependency {
  readonly name: string;
  /** Stated only where the lock holds several versions of the name. */
  readonly version?: string;
}

/** Where a package comes from: an index, version control, a URL, or a folder of the repository. */
interface UvOrigin {
  readonly kind: 'registry' | 'git' | 'url' | 'path' | 'directory' | 'editable' | 'virtual' | 'unknown';
  readonly place: string;
}

export interface UvPackage {
  readonly name: string;
  /** In normal form; absent when the lock states none that can be read. */
  readonly version?: string;
  readonly origin: UvOrigin;
  readonly dependencies: readonly UvDependency[];
  readonly optional: readonly UvDependency[];
  readonly groups: readonly UvDependency[];
  readonly metadata?: UvMetadata;
  /** Files under it that are of another release, one sentence each. */
  readonly disguised: readonly string[];
  /** 1-based line of its name; absent when not found. */
  readonly line?: number;
}

/** What a project of the repository asked for when the lock was made, as comparable texts. */
export interface UvMetadata {
  readonly requires: readonly UvRequirement[];
  readonly groups: ReadonlyMap<string, readonly UvRequirement[]>;
}

export interface UvRequirement {
  readonly name: string;
  readonly specifier: string;
}

export interface UvLock {
  readonly packages: readonly UvPackage[];
  /** Names of the projects of the workspace, normalized; empty for a single project. */
  readonly members: readonly string[];
  readonly requiresPython: string;
  /** `[tool.uv]` constraint-dependencies and override-dependencies when the lock was made. */
  readonly constraints: readonly UvRequirement[];
  readonly overrides: readonly UvRequirement[];
}

const ORIGINS = ['registry', 'git', 'url', 'path', 'directory', 'editable', 'virtual'] as const;

/** The lock, or the sentence why it cannot be read. Versions other than 1 are refused: their meaning is not known. */
export function readUvLock(text: string): UvLock | { readonly error: string } {
  const read = parseToml(text);
  if ('error' in read) return read;
  const version = member(read.table, 'version');
  if (version !== 1) return { error: `its version is ${excerpt(String(version), 20)}, and only 1 is known` };
  const listed = member(read.table, 'package');
  if (listed !== undefined && !Array.isArray(listed)) return { error: 'its packages are no list' };
  const lines = nameLines(text);
  const manifest = asTable(member(read.table, 'manifest'));
  return {
    packages: asList(listed).map((entry, index) => readPackage(asTable(entry), lines[index])),
    members: names(member(manifest, 'members')),
    constraints: readRequirements(member(manifest, 'constraints')),
    overrides: readRequirements(member(manifest, 'overrides')),
    requiresPython: asText(member(read.table, 'requires-python')) ?? '',
  };
}

function readPackage(entry: TomlTable, line: number | undefined): UvPackage {
  const version = canonicalVersion(asText(member(entry, 'version')) ?? '');
  const metadata = member(entry, 'metadata');
  const name = nameIn(entry);
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(line === undefined ? {} : { line }),
    origin: readOrigin(asTable(member(entry, 'source'))),
    dependencies: readDependencies(member(entry, 'dependencies')),
    optional: inTable(member(entry, 'optional-dependencies')),
    groups: inTable(member(entry, 'dev-dependencies')),
    disguised: version === undefined ? [] : findDisguised(entry, name, version),
    ...(isTable(metadata) ? { metadata: readMetadata(metadata) } : {}),
  };
}

function nameIn(entry: TomlTable): string {
  const written = asText(member(entry, 'name')) ?? '';
  return isName(written) ? normalizeName('PyPI', written) : '';
}

function readOrigin(source: TomlTable): UvOrigin {
  const kind = ORIGINS.find((known) => member(source, known) !== undefined);
  return kind === undefined ? { kind: 'unknown', place: '' } : { kind, place: asText(member(source, kind)) ?? '' };
}

function readDependencies(value: unknown): readonly UvDependency[] {
  return asList(value).map((entry) => {
    const version = canonicalVersion(asText(member(asTable(entry), 'version')) ?? '');
    return { name: nameIn(asTable(entry)), ...(version === undefined ? {} : { version }) };
  });
}

function inTable(value: unknown): readonly UvDependency[] {
  return Object.values(asTable(value)).flatMap(readDependencies);
}

function readMetadata(metadata: TomlTable): UvMetadata {
  const groups = Object.entries(asTable(member(metadata, 'requires-dev')));
  return {
    requires: readRequirements(member(metadata, 'requires-dist')),
    groups: new Map(groups.map(([group, list]) => [normalizeGroup(group), readRequirements(list)] as const)),
  };
}

function readRequirements(value: unknown): readonly UvRequirement[] {
  return asList(value).map((entry) => ({
    name: nameIn(asTable(entry)),
    specifier: asText(member(asTable(entry), 'specifier')) ?? '',
  }));
}

function names(value: unknown): readonly string[] {
  return asList(value).flatMap((name) => (typeof name === 'string' ? [normalizeName('PyPI', name)] : []));
}

// The n-th `name` line that follows a `[[package]]` line belongs to the n-th package.
function nameLines(text: string): readonly (number | undefined)[] {
  const lines: (number | undefined)[] = [];
  text.split('\n').forEach((line, index) => {
    if (/^\[\[package\]\]/.test(line)) lines.push(undefined);
    else if (/^name\s*=/.test(line) && lines.length > 0) lines[lines.length - 1] ??= index + 1;
  });
  return lines;
}
