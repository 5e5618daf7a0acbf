/** Reads all sources of a Python target, each by its kind. */
import type { Program } from '../../model/program.ts';
import type { Source, SourceKind, Target } from '../../model/target.ts';
import { readPipfileLockSource } from './pipfile-lock.ts';
import { readPoetryLockSource } from './poetry-lock.ts';
import { readPylockSource } from './pylock-source.ts';
import { readPyprojectSource } from './pyproject-source.ts';
import { EMPTY_READING, joinReadings, type SourceReading } from './reading.ts';
import { readRequirementsSource } from './requirements-source.ts';
import { readUvLockSource } from './uv-lock-source.ts';

/** What the target's files state together. A pyproject.toml is covered by the uv.lock or poetry.lock beside it and not read twice. */
export function* readTarget(target: Target): Program<SourceReading> {
  const locked = target.sources.some(({ kind }) => kind === 'uv-lock' || kind === 'poetry-lock');
  const readings: SourceReading[] = [];
  for (const source of [...target.sources].sort(lockFirst)) {
    if (locked && source.kind === 'pyproject') continue;
    readings.push(yield* readSource(source, target.members));
  }
  const reading = leaveOutItself(joinReadings(readings), target);
  // A file that pyproject.toml takes its dependencies from may be a source of its own.
  return { ...reading, units: [...new Map(reading.units.map((unit) => [unit.label, unit])).values()] };
}

// `-e .` (Rye: `-e file:.`) installs the project of this folder, and that is read from its own pyproject.toml.
function leaveOutItself(reading: SourceReading, target: Target): SourceReading {
  if (!target.sources.some(({ kind }) => kind === 'pyproject')) return reading;
  return { ...reading, skipped: reading.skipped.filter(({ name }) => !/^(?:file:)?\.\/?(?:\[[^\]]*\])?$/.test(name)) };
}

/** Whether the target's files say what requires what: only uv.lock and poetry.lock do, and only when nothing else stands beside them. */
export function knowsGraph(target: Target): boolean {
  const kinds = new Set(target.sources.map(({ kind }) => kind));
  const graphs = ['uv-lock', 'poetry-lock'];
  return (
    graphs.some((kind) => kinds.has(kind as SourceKind)) &&
    [...kinds].every((kind) => [...graphs, 'pyproject'].includes(kind))
  );
}

function lockFirst(a: Source, b: Source): number {
  return rank(a) - rank(b);
}

function rank({ kind }: Source): number {
  return ['uv-lock', 'poetry-lock', 'pipfile-lock', 'pylock'].includes(kind) ? 0 : 1;
}

function* readSource({ path, kind }: Source, members: Target['members']): Program<SourceReading> {
  switch (kind) {
    case 'requirements':
      return yield* readRequirementsSource(path);
    case 'pylock':
      return yield* readPylockSource(path);
    case 'uv-lock':
      return yield* readUvLockSource(path, members);
    case 'poetry-lock':
      return yield* readPoetryLockSource(path);
    case 'pipfile-lock':
      return yield* readPipfileLockSource(path);
    case 'pyproject':
      return yield* readPyprojectSource(path);
    default:
      return notRead(path, kind);
  }
}

function notRead(path: string, kind: string): SourceReading {
  const message = `${path} (${kind}) is of a kind pip-audit is not asked about.`;
  const mend = 'Export it to pylock.toml or requirements.txt, or exclude it in the configuration.';
  return { ...EMPTY_READING, refusals: [{ reason: 'lockfile-not-covered', message, mend }] };
}
