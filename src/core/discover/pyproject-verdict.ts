/** Decides whether a pyproject.toml is a source of its folder's target, and what it hides from the auditors. */
import type { SetAside, Source } from '../model/target.ts';
import type { PythonFolder } from './folder.ts';
import type { Pyproject } from './pyproject.ts';
import { notApplicable, unavailable, unreadable, workspaceMember } from './set-aside.ts';

export interface PyprojectVerdict {
  /** Whether the auditor gets it. */
  readonly isSource: boolean;
  readonly setAside: readonly SetAside[];
}

/** `states` are the requirement files and locks beside it; `isShipped` says whether one of them is for more than development. */
export function judgePyproject(folder: PythonFolder, states: readonly Source[], isShipped: boolean): PyprojectVerdict {
  const source = folder.sources.find(({ kind }) => kind === 'pyproject');
  if (source === undefined || folder.pyproject === null) return { isSource: false, setAside: [] };
  if (states.some(({ kind }) => kind === 'uv-lock' || kind === 'poetry-lock')) return { isSource: true, setAside: [] };
  if (folder.lockedRoot !== null) {
    return { isSource: false, setAside: [workspaceMember(folder.path, [source], folder.lockedRoot)] };
  }
  if (!folder.pyproject.readable) {
    return { isSource: false, setAside: [unreadable(folder.path, source, folder.pyproject.detail)] };
  }
  return judgeUnlocked(folder, source, folder.pyproject, isShipped);
}

type Readable = Extract<Pyproject, { readable: true }>;

function judgeUnlocked(
  folder: PythonFolder,
  source: Source,
  pyproject: Readable,
  isShipped: boolean,
): PyprojectVerdict {
  const hidden = foreign(folder, source, pyproject);
  // What it computes when it is built may come from files it names; where it does not, the auditor says so.
  const isSource = pyproject.statesPackages || (pyproject.isDynamic && !isShipped);
  if (isSource || hidden.length > 0) return { isSource, setAside: hidden };
  const stands = folder.sources.every(({ kind }) => kind === 'pyproject');
  return { isSource, setAside: stands ? [noDependencies(folder.path, source)] : [] };
}

function foreign({ path, sources }: PythonFolder, source: Source, { foreignTables }: Readable): readonly SetAside[] {
  // With a lock of its own tool the table is reported through that lock.
  const locks = sources.map(toolOf);
  const tables = foreignTables.filter((table) => !locks.includes(table));
  if (tables.length === 0) return [];
  const obstacle = {
    reason: 'no-lockfile',
    message: `[${tables.join('], [')}] asks for packages in a form no auditor reads, and no lock says which versions.`,
    mend: 'Run `uv lock` and commit uv.lock, or move the packages to [project] and [dependency-groups].',
  } as const;
  return [unavailable(path, [source], obstacle)];
}

/** The table whose packages a source states or locks: `tool.pdm` for pdm.lock. */
function toolOf({ kind, path }: Source): string {
  if (kind === 'conda-environment') return 'tool.pixi';
  // https://rye.astral.sh/guide/sync/#lock
  return path.endsWith('requirements-dev.lock') ? 'tool.rye' : `tool.${kind.replace(/-lock$/, '')}`;
}

function noDependencies(path: string, source: Source): SetAside {
  return notApplicable(path, [source], 'no-dependencies', 'pyproject.toml asks for no packages.');
}
