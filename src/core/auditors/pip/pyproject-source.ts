/** Reads a `pyproject.toml` source into units: what installing the project brings, and what its groups bring besides. */
import type { SkippedPackage } from '../../model/inventory.ts';
import { type Program, readFile } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { readDirectLine } from './direct-line.ts';
import { readDynamicFiles } from './dynamic-files.ts';
import { choosesOfTool } from './project-index.ts';
import { type ProjectTable, readProjectTable } from './project-table.ts';
import { EMPTY_READING, joinReadings, type Refusal, type SourceReading, type Stated, type Unit } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { parseRequirement } from './requirement.ts';
import { parseToml, type TomlTable } from './toml.ts';

/** Dependencies and extras are prod, dependency groups dev. What is computed when building is never computed here. */
export function* readPyprojectSource(path: string): Program<SourceReading> {
  const file = yield* readFile(path);
  if (file.status !== 'ok') return refuseFile(path, file.detail);
  const read = parseToml(file.text);
  if ('error' in read) return refuseFile(path, read.error);
  const project = readProjectTable(read.table);
  const own = readOwn(path, file.text, read.table, project);
  const dynamic = yield* readDynamicFiles(path, read.table, project.dynamic);
  return { ...joinReadings([own, dynamic]), files: [{ path, sha256: file.sha256 }, ...dynamic.files] };
}

function readOwn(path: string, text: string, document: TomlTable, project: ProjectTable): SourceReading {
  const prod = readEntries([...project.dependencies, ...[...project.optional.values()].flat()], path, text, project);
  const dev = readEntries([...project.groups.values()].flat(), path, text, project);
  return {
    ...EMPTY_READING,
    units: unitsOf(path, project, prod.stated, dev.stated),
    skipped: [...prod.skipped, ...dev.skipped, ...project.unread.map((what) => ({ name: path, reason: what }))],
    options: choosesOfTool(path, document),
    refusals: refusalsOf(path, project),
    notes: notesOf(path, project),
  };
}

// Groups are installed on top of the project, so they are resolved together with it; what only they bring is dev.
function unitsOf(
  path: string,
  project: ProjectTable,
  prod: readonly Stated[],
  dev: readonly Stated[],
): readonly Unit[] {
  const python = lowestPython(project.requiresPython);
  const base = { file: path, constraints: [], ...(python === undefined ? {} : { python }) };
  const units: readonly Unit[] = [
    { ...base, label: path, scope: 'prod', requirements: prod },
    { ...base, label: `${path} with its groups`, scope: 'dev', requirements: dev.length > 0 ? [...prod, ...dev] : [] },
  ];
  return units.filter((unit) => unit.requirements.length > 0);
}

interface Entries {
  readonly stated: readonly Stated[];
  readonly skipped: readonly SkippedPackage[];
}

function readEntries(entries: readonly string[], path: string, text: string, project: ProjectTable): Entries {
  const read = [...new Set(entries)].map((entry) => readEntry(entry, path, text, project));
  return {
    stated: read.flatMap((entry) => (entry !== undefined && 'requirement' in entry ? [entry] : [])),
    skipped: read.flatMap((entry) => (entry !== undefined && 'reason' in entry ? [entry] : [])),
  };
}

function readEntry(
  entry: string,
  path: string,
  text: string,
  project: ProjectTable,
): Stated | SkippedPackage | undefined {
  const direct = readDirectLine(entry);
  if (direct !== undefined) return { ...direct, reason: `${direct.reason} (${path})` };
  const requirement = parseRequirement(entry);
  if (requirement === undefined)
    return { name: excerpt(entry, 80), reason: `${path} states it, and it is no requirement` };
  // A project may name itself to add one of its own extras.
  if (requirement.name === project.name) return undefined;
  const place = project.places.get(requirement.name);
  if (place !== undefined && place !== 'index') {
    return { name: requirement.name, reason: `${path} takes it from its own ${place}, not from an index` };
  }
  const line = lineOf(text, entry);
  return { requirement, file: path, hashed: false, ...(line === undefined ? {} : { line }) };
}

function lineOf(text: string, entry: string): number | undefined {
  const at = text.indexOf(entry);
  return at === -1 ? undefined : text.slice(0, at).split('\n').length;
}

/** The lower bound of `requires-python` as `major.minor`; undefined when it has none. */
function lowestPython(requiresPython: string | undefined): string | undefined {
  const bound = /(?:>=|~=|==|>)\s*(3\.\d{1,2})/.exec(requiresPython ?? '');
  return bound?.[1];
}

function refusalsOf(path: string, project: ProjectTable): readonly Refusal[] {
  if (!project.poetryOnly || project.dynamic.includes('dependencies')) return [];
  const message = `${path} states its dependencies for Poetry only, and no auditor reads those.`;
  const mend = 'Export the lock to requirements.txt or pylock.toml, or state the dependencies under [project].';
  return [{ reason: 'lockfile-not-covered', message, mend }];
}

function notesOf(path: string, project: ProjectTable): readonly string[] {
  if (project.declared || project.groups.size > 0 || project.poetryOnly) return [];
  return [`${path} states no project and no dependencies.`];
}
