/** Reads a requirements file with everything it includes, within the repository and within limits. */
import type { FileRead } from '../../model/file.ts';
import type { InventoryFile, SkippedPackage } from '../../model/inventory.ts';
import { DEEPEST_INCLUDE } from '../../model/past.ts';
import { type Program, readFile } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { resolveInclude } from './include-path.ts';
import type { IncludeRole } from './line.ts';
import { splitLogicalLines, type LogicalLine } from './logical-lines.ts';
import { effectOf } from './option-line.ts';
import type { DroppedOption, Stated } from './reading.ts';
import { readRequirementLine } from './requirement-line.ts';

const MOST_FILES = 100;
const MOST_CHARACTERS = 4 * 1024 * 1024;

export interface RequirementsReading {
  readonly requirements: readonly Stated[];
  readonly constraints: readonly Stated[];
  readonly skipped: readonly SkippedPackage[];
  readonly options: readonly DroppedOption[];
  readonly files: readonly InventoryFile[];
  /** Why the file itself (not an include) could not be read. */
  readonly failure?: string;
}

interface State {
  readonly requirements: Stated[];
  readonly constraints: Stated[];
  readonly skipped: SkippedPackage[];
  readonly options: DroppedOption[];
  readonly files: InventoryFile[];
  readonly seen: Set<string>;
  characters: number;
}

interface Visit {
  readonly path: string;
  readonly as: IncludeRole;
  readonly depth: number;
  /** `file:line` that includes it; absent for the root. */
  readonly from?: string;
}

type OkFile = Extract<FileRead, { status: 'ok' }>;

/** Reads `path` and follows its `-r` and `-c` lines: at most 10 deep, 100 files, 4 Mi characters, each file once a role. */
export function* readRequirements(path: string): Program<RequirementsReading> {
  const state: State = {
    requirements: [],
    constraints: [],
    skipped: [],
    options: [],
    files: [],
    seen: new Set(),
    characters: 0,
  };
  const open: Visit[] = [{ path, as: 'requirements', depth: 0 }];
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const file = yield* visitFile(visit, state);
    if (file?.status === 'ok') for (const next of takeLines(visit, file, state).reverse()) open.push(next);
    else if (file !== undefined && visit.from === undefined) return { ...state, failure: file.detail };
  }
  return { ...state, files: uniqueFiles(state.files) };
}

/** The file, or undefined when it was read before or a limit is reached. */
function* visitFile(visit: Visit, state: State): Program<FileRead | undefined> {
  const key = `${visit.as} ${visit.path}`;
  if (state.seen.has(key)) return undefined;
  const limit = reachedLimit(visit, state);
  if (limit !== undefined) {
    state.skipped.push(skipInclude(visit, limit));
    return undefined;
  }
  state.seen.add(key);
  const file = yield* readFile(visit.path);
  if (file.status !== 'ok' && visit.from !== undefined) {
    state.skipped.push(skipInclude(visit, `it cannot be read: ${excerpt(file.detail)}`));
  }
  return file;
}

function reachedLimit(visit: Visit, state: State): string | undefined {
  if (visit.depth > DEEPEST_INCLUDE) return `includes go deeper than ${DEEPEST_INCLUDE}`;
  if (state.seen.size >= MOST_FILES) return `more than ${MOST_FILES} files are included`;
  return state.characters > MOST_CHARACTERS ? 'the included files are larger than 4 MiB together' : undefined;
}

function skipInclude(visit: Visit, why: string): SkippedPackage {
  return {
    name: `${visit.as === 'requirements' ? '-r' : '-c'} ${excerpt(visit.path, 80)}`,
    reason: `included by ${visit.from ?? visit.path}, and not read: ${why}`,
  };
}

/** Takes what the file states into `state`; gives the files it includes, in their order. */
function takeLines(visit: Visit, file: OkFile, state: State): Visit[] {
  state.characters += file.text.length;
  state.files.push({ path: file.path, sha256: file.sha256 });
  return splitLogicalLines(file.text).flatMap((line) => takeLine(line, visit, state));
}

function takeLine({ text, line }: LogicalLine, visit: Visit, state: State): readonly Visit[] {
  const at = { file: visit.path, line };
  const read = readRequirementLine(text);
  switch (read.kind) {
    case 'requirement':
      state[visit.as].push({ requirement: read.requirement, ...at, hashed: read.hashed });
      return [];
    case 'include':
      return followInclude(read.path, read.as, visit, line, state);
    case 'option':
      state.options.push({ ...at, option: read.option, value: read.value, effect: effectOf(read.option) });
      return [];
    case 'skipped':
      state.skipped.push({ ...read.skipped, reason: `${read.skipped.reason} (${visit.path}:${line})` });
      return [];
    case 'garbage':
      state.skipped.push({
        name: excerpt(text, 80),
        reason: `${visit.path}:${line} is no line pip-audit could be asked about`,
      });
      return [];
    case 'harmless':
      return [];
  }
}

function followInclude(include: string, as: IncludeRole, visit: Visit, line: number, state: State): readonly Visit[] {
  const from = `${visit.path}:${line}`;
  const target = resolveInclude(visit.path, include);
  if ('path' in target) return [{ path: target.path, as, depth: visit.depth + 1, from }];
  state.skipped.push(skipInclude({ path: include, as, depth: visit.depth + 1, from }, target.refused));
  return [];
}

function uniqueFiles(files: readonly InventoryFile[]): readonly InventoryFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
