/** Decides what becomes of the Python manifests and locks of one folder. */
import { scopeOfFile } from '../model/file-scope.ts';
import type { SetAside, Source, SourceKind } from '../model/target.ts';
import { visible } from '../model/text.ts';
import { makeTarget, type FolderVerdict, type PythonFolder } from './folder.ts';
import { judgePyproject } from './pyproject-verdict.ts';
import { unavailable } from './set-aside.ts';

const AUDITABLE: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'requirements',
  'pylock',
  'uv-lock',
  'poetry-lock',
  'pipfile-lock',
]);

/** Requirements, every lock but pdm's and a pyproject that states packages make a target; the rest is set aside. */
export function judgePythonFolder(folder: PythonFolder): FolderVerdict {
  const states = folder.sources.filter(({ kind }) => AUDITABLE.has(kind));
  // Tools for development say nothing of what the project itself needs.
  const isShipped = states.some(({ kind, path }) => kind !== 'requirements' || scopeOfFile(path) === 'prod');
  const { isSource, setAside } = judgePyproject(folder, states, isShipped);
  const sources = folder.sources.filter(
    (source) => states.includes(source) || (isSource && source.kind === 'pyproject'),
  );
  return {
    targets: sources.length === 0 ? [] : [makeTarget(folder, 'PyPI', sources)],
    setAside: [
      ...setAside,
      ...foreignLocks(folder),
      ...conda(folder),
      ...hatch(folder),
      ...inputs(folder, states),
      ...staleInputs(folder, states),
      ...setup(folder, isShipped),
    ],
  };
}

function ofKind({ sources }: PythonFolder, ...kinds: readonly SourceKind[]): readonly Source[] {
  return sources.filter(({ kind }) => kinds.includes(kind));
}

function foreignLocks(folder: PythonFolder): readonly SetAside[] {
  const isLocked = ofKind(folder, 'pipfile-lock').length > 0;
  const groups = [ofKind(folder, 'pdm-lock'), isLocked ? [] : ofKind(folder, 'pipfile')];
  return groups.filter((sources) => sources.length > 0).map((sources) => notCovered(folder.path, sources));
}

function notCovered(path: string, sources: readonly Source[]): SetAside {
  return unavailable(path, sources, {
    reason: 'lockfile-not-covered',
    message: `No auditor reads ${sources.map((source) => visible(source.path)).join(', ')}.`,
    mend: 'Export it to a requirements.txt or pylock.toml that is committed, and name the original under `exclude`.',
  });
}

function conda(folder: PythonFolder): readonly SetAside[] {
  const sources = ofKind(folder, 'conda-environment');
  if (sources.length === 0) return [];
  const obstacle = {
    reason: 'lockfile-not-covered',
    message: `An environment of conda is stated in ${sources.map((source) => visible(source.path)).join(', ')}, and no auditor reads those.`,
    mend: 'State what comes from PyPI in a requirements.txt and name the file under `exclude`, or audit it by other means.',
  } as const;
  return [unavailable(folder.path, sources, obstacle)];
}

function hatch(folder: PythonFolder): readonly SetAside[] {
  const sources = ofKind(folder, 'hatch');
  if (sources.length === 0) return [];
  const obstacle = {
    reason: 'no-lockfile',
    message: 'hatch.toml asks for packages in a form no auditor reads, and no lock says which versions.',
    mend: 'Move the packages to [dependency-groups] of pyproject.toml, or name the file under `exclude`.',
  } as const;
  return [unavailable(folder.path, sources, obstacle)];
}

/** What an input compiles to may have another name, but it is shipped when the input is. */
function inputs(folder: PythonFolder, states: readonly Source[]): readonly SetAside[] {
  const sources = ofKind(folder, 'requirements-in').filter(({ path }) => !isCompiled(path, states));
  if (sources.length === 0) return [];
  const obstacle = {
    reason: 'no-lockfile',
    message: 'There is an input for pip-tools and no requirements file compiled from it.',
    mend: 'Compile it (`pip-compile` or `uv pip compile`) and commit the .txt file.',
  } as const;
  return [unavailable(folder.path, sources, obstacle)];
}

function isCompiled(path: string, states: readonly Source[]): boolean {
  return states.some((state) => scopeOfFile(state.path) === scopeOfFile(path));
}

function staleInputs(folder: PythonFolder, states: readonly Source[]): readonly SetAside[] {
  return ofKind(folder, 'requirements-in').flatMap((source) => {
    const name = folder.unheld.get(source.path);
    if (name === undefined || !isCompiled(source.path, states)) return [];
    const obstacle = {
      reason: 'lockfile-stale',
      message: `${visible(source.path)} asks for ${visible(name)}, and no file that was compiled holds it.`,
      mend: 'Compile it anew (`pip-compile` or `uv pip compile`) and commit the .txt file.',
    } as const;
    return [unavailable(folder.path, [source], obstacle)];
  });
}

/**
 * setup.py may state anything, and only running it would tell. With a [project] table that table has the word; beside
 * what is shipped only a name counts that stands nowhere else.
 */
function setup(folder: PythonFolder, isShipped: boolean): readonly SetAside[] {
  const sources = ofKind(folder, 'setup-py').filter(({ path }) => !isShipped || folder.unheld.has(path));
  const overruled = folder.pyproject?.readable === true && folder.pyproject.hasProject;
  if (sources.length === 0 || overruled) return [];
  const names = sources.map((source) => visible(source.path)).join(' and ');
  const unheld = sources.flatMap(({ path }) => folder.unheld.get(path) ?? [])[0];
  const obstacle = {
    reason: 'no-lockfile',
    message:
      isShipped && unheld !== undefined
        ? `${names} asks for ${visible(unheld)}, and no file that an auditor reads holds it.`
        : `${names} may ask for packages; it is never executed, so nothing is known of them.`,
    mend: 'State the packages in [project] of pyproject.toml, or commit a requirements.txt with what is installed.',
  } as const;
  return [unavailable(folder.path, sources, obstacle)];
}
