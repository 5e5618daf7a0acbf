/** Reads what Python files stated as they were: pins of locks and requirements, and the ranges of open lines. */
import type { PastFile, PastReader, Statement } from '../../model/past.ts';
import type { FileRead } from '../../model/file.ts';
import type { Program } from '../../model/program.ts';
import type { Source } from '../../model/target.ts';
import { createStatements, type Statements } from '../lib/statements.ts';
import { resolveInclude } from './include-path.ts';
import { splitLogicalLines } from './logical-lines.ts';
import { openPylock, openUvLock, type ReadLock } from './past-lock.ts';
import { readPipfileLock } from './pipfile-lock.ts';
import { readPoetryLock } from './poetry-lock.ts';
import { readPyprojectSource } from './pyproject-source.ts';
import type { RequirementLine } from './line.ts';
import { exactVersion, type Requirement } from './requirement.ts';
import { readRequirementLine } from './requirement-line.ts';

/** A reader of requirements, pylock.toml, uv.lock and pyproject.toml. */
export function openPipPast(): PastReader {
  const statements = createStatements();
  const locks: ReadonlyMap<string, ReadLock> = new Map([
    ['uv-lock', openUvLock(statements)],
    ['pylock', openPylock(statements)],
    ['poetry-lock', (text) => statePins(readPoetryLock(text), statements)],
    ['pipfile-lock', (text) => statePins(readPipfileLock(text), statements)],
  ]);
  return {
    choose: chooseSources,
    read(source, text) {
      const readLock = locks.get(source.kind);
      if (readLock !== undefined) return readLock(text);
      if (source.kind === 'requirements') return readRequirements(source.path, text, statements);
      return source.kind === 'pyproject' ? readPyproject(source.path, text, statements) : null;
    },
  };
}

const READ: ReadonlySet<string> = new Set([
  'uv-lock',
  'poetry-lock',
  'pipfile-lock',
  'pylock',
  'requirements',
  'pyproject',
]);

/** A pyproject.toml is covered by the uv.lock or poetry.lock beside it. */
function chooseSources(sources: readonly Source[]): readonly Source[] {
  const locked = sources.some(({ kind }) => kind === 'uv-lock' || kind === 'poetry-lock');
  return sources.filter(({ kind }) => READ.has(kind) && !(locked && kind === 'pyproject'));
}

function statePins(
  read: readonly { readonly name: string; readonly version?: string }[] | { readonly error: string },
  statements: Statements,
): PastFile | null {
  if ('error' in read) return null;
  const pins = read.flatMap(({ name, version }) =>
    name === '' || version === undefined ? [] : [statements.pin(name, version)],
  );
  return { statements: [...new Set(pins)], includes: [] };
}

function readRequirements(path: string, text: string, statements: Statements): PastFile {
  const lines = splitLogicalLines(text).map((line) => readRequirementLine(line.text));
  return {
    statements: [
      ...new Set(lines.flatMap((line) => (line.kind === 'requirement' ? [state(line.requirement, statements)] : []))),
    ],
    includes: lines.flatMap((line) => includeOf(path, line)),
  };
}

/** Constraints install nothing, and what lies outside the repository is nothing git knows of. */
function includeOf(from: string, line: RequirementLine): readonly string[] {
  if (line.kind !== 'include' || line.as !== 'requirements') return [];
  const include = resolveInclude(from, line.path);
  return 'path' in include ? [include.path] : [];
}

/** Read as the auditor reads it, with nothing beside it. */
function readPyproject(path: string, text: string, statements: Statements): PastFile | null {
  const { files, units } = readAlone(readPyprojectSource(path), {
    status: 'ok',
    path,
    text,
    encoding: 'utf-8',
    sha256: '',
  });
  if (files.length === 0) return null;
  const stated = units.flatMap(({ requirements }) => requirements);
  return { statements: [...new Set(stated.map(({ requirement }) => state(requirement, statements)))], includes: [] };
}

function state({ name, specifier }: Requirement, statements: Statements): Statement {
  const version = exactVersion(specifier);
  return version === undefined ? statements.range(name, specifier) : statements.pin(name, version);
}

/** Drives a reading program to its end in a repository of one file. */
function readAlone<T>(program: Program<T>, file: FileRead): T {
  let step = program.next();
  while (step.done !== true) {
    if (step.value.ask !== 'read') throw new TypeError('a reading program asked for a tool');
    const files = step.value.paths.map((path): FileRead =>
      path === file.path ? file : { status: 'missing', path, detail: 'only one file is read.' },
    );
    step = program.next({ files });
  }
  return step.value;
}
