/** Reads what a pyproject.toml states about its own dependencies, without resolving or following anything. */
import { normalizeName } from '../../model/ecosystem.ts';
import { readDependencyGroups } from './dependency-groups.ts';
import { asList, asTable, asText, member, type TomlTable } from './toml.ts';

export interface ProjectTable {
  /** Normalized; absent when the file names no project. */
  readonly name?: string;
  /** Whether there is a `[project]` table at all. */
  readonly declared: boolean;
  readonly requiresPython?: string;
  readonly dependencies: readonly string[];
  readonly optional: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** One sentence for each entry that could not be understood. */
  readonly unread: readonly string[];
  /** Which of `dependencies` and `optional-dependencies` are computed when the project is built. */
  readonly dynamic: readonly string[];
  /** Whether its dependencies are stated for Poetry only. */
  readonly poetryOnly: boolean;
  /** Names that `[tool.uv.sources]` takes from a place of its own, with the kind of place. */
  readonly places: ReadonlyMap<string, string>;
  /** `[tool.uv]` constraint-dependencies and override-dependencies. */
  readonly constraints: readonly string[];
  readonly overrides: readonly string[];
}

/** Reads the tables of PEP 621 and PEP 735, and of `[tool.uv]` what changes their meaning. */
export function readProjectTable(document: TomlTable): ProjectTable {
  const project = asTable(member(document, 'project'));
  const uv = toolTable(document, 'uv');
  const groups = readDependencyGroups(withLegacyGroup(asTable(member(document, 'dependency-groups')), uv));
  const name = asText(member(project, 'name'));
  const requiresPython = asText(member(project, 'requires-python'));
  const declared = member(document, 'project') !== undefined;
  return {
    ...(name === undefined ? {} : { name: normalizeName('PyPI', name) }),
    ...(requiresPython === undefined ? {} : { requiresPython }),
    declared,
    dependencies: texts(member(project, 'dependencies')),
    optional: readOptional(asTable(member(project, 'optional-dependencies'))),
    groups: groups.groups,
    unread: [...groups.unread, ...oddEntries(project)],
    dynamic: texts(member(project, 'dynamic')).filter((field) => /^(?:optional-)?dependencies$/.test(field)),
    poetryOnly: statesPoetry(document) && member(project, 'dependencies') === undefined,
    constraints: texts(member(uv, 'constraint-dependencies')),
    overrides: texts(member(uv, 'override-dependencies')),
    places: readPlaces(asTable(member(uv, 'sources'))),
  };
}

/** `[tool.NAME]`; empty when there is none. */
export function toolTable(document: TomlTable, name: string): TomlTable {
  return asTable(member(asTable(member(document, 'tool')), name));
}

function texts(value: unknown): readonly string[] {
  return asList(value).flatMap((entry) => asText(entry) ?? []);
}

function oddEntries(project: TomlTable): readonly string[] {
  const dependencies = member(project, 'dependencies');
  const odd = dependencies !== undefined && texts(dependencies).length !== asList(dependencies).length;
  const noList = dependencies !== undefined && !Array.isArray(dependencies);
  return odd || noList ? ['project.dependencies is no list of texts'] : [];
}

function readOptional(table: TomlTable): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(table).map(([extra, entries]) => [normalizeName('PyPI', extra), texts(entries)]));
}

// What uv called `tool.uv.dev-dependencies` before PEP 735 is the group `dev` today, and uv still reads both.
function withLegacyGroup(groups: TomlTable, uv: TomlTable): TomlTable {
  const legacy = asList(member(uv, 'dev-dependencies'));
  return legacy.length === 0 ? groups : { ...groups, dev: [...asList(member(groups, 'dev')), ...legacy] };
}

function statesPoetry(document: TomlTable): boolean {
  const poetry = toolTable(document, 'poetry');
  return member(poetry, 'dependencies') !== undefined || member(poetry, 'group') !== undefined;
}

function readPlaces(sources: TomlTable): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(sources).flatMap(([name, source]) => {
      const kinds = (Array.isArray(source) ? source : [source]).flatMap((entry) => Object.keys(asTable(entry)));
      const kind = ['workspace', 'path', 'git', 'url', 'index'].find((known) => kinds.includes(known));
      return kind === undefined ? [] : [[normalizeName('PyPI', name), kind] as const];
    }),
  );
}
