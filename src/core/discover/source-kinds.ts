/** Decides by its path alone whether a file is a manifest or lock, of which kind, and to which folder it belongs. */
import type { Ecosystem } from '../model/ecosystem.ts';
import { baseName, parentFolder } from '../model/path.ts';
import type { Source, SourceKind } from '../model/target.ts';
import { isUncovered } from './uncovered.ts';

const KIND_BY_NAME: ReadonlyMap<string, SourceKind> = new Map([
  ['package.json', 'package-json'],
  ['package-lock.json', 'package-lock'],
  ['npm-shrinkwrap.json', 'npm-shrinkwrap'],
  ['yarn.lock', 'yarn-lock'],
  ['pnpm-lock.yaml', 'pnpm-lock'],
  ['bun.lock', 'bun-lock'],
  ['bun.lockb', 'bun-lock'],
  ['pylock.toml', 'pylock'],
  ['uv.lock', 'uv-lock'],
  ['pyproject.toml', 'pyproject'],
  ['poetry.lock', 'poetry-lock'],
  ['pdm.lock', 'pdm-lock'],
  ['Pipfile', 'pipfile'],
  ['Pipfile.lock', 'pipfile-lock'],
  ['setup.py', 'setup-py'],
  ['setup.cfg', 'setup-py'],
  ['environment.yml', 'conda-environment'],
  ['environment.yaml', 'conda-environment'],
  ['pixi.toml', 'conda-environment'],
  ['pixi.lock', 'conda-environment'],
  ['hatch.toml', 'hatch'],
]);

const NPM_KINDS: ReadonlySet<SourceKind> = new Set<SourceKind>([
  'package-json',
  'package-lock',
  'npm-shrinkwrap',
  'yarn-lock',
  'pnpm-lock',
  'bun-lock',
]);

/** Folder whose text files, at any depth, are requirements whatever they are called, as `requirements/dev.txt`. */
const REQUIREMENTS_FOLDER = 'requirements';

/** Endings of files in pip's format: Rye writes `.lock`, and older projects `.pip`. */
const REQUIREMENTS_ENDINGS: readonly string[] = ['.txt', '.lock', '.pip'];

/** The kind of the file at `path`, or `null` for one discovery does not care about. */
export function sourceKindOf(path: string): SourceKind | null {
  const name = baseName(path);
  return KIND_BY_NAME.get(name) ?? kindByShape(name) ?? requirementsKind(path, name.toLowerCase());
}

// https://packaging.python.org/en/latest/specifications/pylock-toml/#file-name
function kindByShape(name: string): SourceKind | null {
  if (/^pylock\.[^.]+\.toml$/.test(name)) return 'pylock';
  // `environment-dev.yml`, `conda-lock.yml`, `prod.env.yaml`: what they hold tells whether they are conda's.
  return /(?:^|[-_.])(?:conda|env|environment)(?:[-_.].*)?\.ya?ml$/.test(name) ? 'conda-environment' : null;
}

/** Whether discovery cares about an entry of this path, if only to say that no auditor does. */
export function isManifestPath(path: string): boolean {
  return sourceKindOf(path) !== null || isUncovered(path);
}

/** The package world a source belongs to. */
export function ecosystemOf(kind: SourceKind): Ecosystem {
  return NPM_KINDS.has(kind) ? 'npm' : 'PyPI';
}

/** The folder whose packages a source states: its own, or the parent of a `requirements/` folder. */
export function folderOf(source: Source): string {
  const folder = parentFolder(source.path);
  const isRequirements = source.kind === 'requirements' || source.kind === 'requirements-in';
  return isRequirements && baseName(folder) === REQUIREMENTS_FOLDER ? parentFolder(folder) : folder;
}

function requirementsKind(path: string, name: string): SourceKind | null {
  const stated = name.includes('requirements');
  const folders = path.split('/').slice(0, -1);
  if (name.startsWith('constraints') || !(stated || folders.includes(REQUIREMENTS_FOLDER))) return null;
  if (REQUIREMENTS_ENDINGS.some((ending) => name.endsWith(ending))) return 'requirements';
  // What lies deeper may be compiled into another folder.
  return name.endsWith('.in') && (stated || folders.at(-1) === REQUIREMENTS_FOLDER) ? 'requirements-in' : null;
}
