/** Reads what file names do not tell: manifests' dependencies, workspaces, and whether a look-alike states packages. */
import type { FileRead } from '../model/file.ts';
import { baseName, joinPath, parentFolder } from '../model/path.ts';
import { readFiles, type Program } from '../model/program.ts';
import type { Source } from '../model/target.ts';
import { readPackageJson, type PackageJson } from './package-json.ts';
import { readPnpmWorkspace } from './pnpm-workspace.ts';
import { readPyproject, type Pyproject } from './pyproject.ts';

/** By folder, but for `silent`. */
export interface Facts {
  readonly manifests: ReadonlyMap<string, PackageJson>;
  readonly pyprojects: ReadonlyMap<string, Pyproject>;
  /** Workspace patterns pnpm keeps in a file of its own. */
  readonly pnpmPatterns: ReadonlyMap<string, readonly string[]>;
  /** Paths of files that bear a manifest's name and state no packages: a linter's setup.cfg, a stray env.yml. */
  readonly silent: ReadonlySet<string>;
}

/** Files a step reads at once: enough to keep a disk busy, few enough to hold in memory. */
const BATCH = 32;

/** A manifest that cannot be read is a fact too; a look-alike that cannot be read counts as stating packages. */
export function* readFacts(sources: readonly Source[]): Program<Facts> {
  const ofKind = (kind: Source['kind']): readonly string[] =>
    sources.filter((source) => source.kind === kind).map(({ path }) => path);
  const pnpmFiles = ofKind('pnpm-lock').map((path) => joinPath(parentFolder(path), 'pnpm-workspace.yaml'));
  const lookAlikes = [
    ...ofKind('conda-environment'),
    ...ofKind('hatch'),
    ...ofKind('setup-py').filter((path) => path.endsWith('.cfg')),
  ];
  return {
    manifests: byFolder(yield* readEach(ofKind('package-json'), readPackageJson)),
    pyprojects: byFolder(yield* readEach(ofKind('pyproject'), readPyproject)),
    pnpmPatterns: byFolder(yield* readEach(pnpmFiles, readPnpmWorkspace)),
    silent: new Set((yield* readEach(lookAlikes, isSilent)).filter(([, silent]) => silent).map(([path]) => path)),
  };
}

/** `paths` with what `interpret` makes of each, in order; no more than a batch of texts is held at a time. */
export function* readEach<T>(
  paths: readonly string[],
  interpret: (file: FileRead) => T,
): Program<readonly (readonly [string, T])[]> {
  const facts: (readonly [string, T])[] = [];
  for (let at = 0; at < paths.length; at += BATCH) {
    const files = yield* readFiles(paths.slice(at, at + BATCH));
    for (const file of files) facts.push([file.path, interpret(file)]);
  }
  return facts;
}

function byFolder<T>(facts: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(facts.map(([path, fact]) => [parentFolder(path), fact]));
}

function isSilent(file: FileRead): boolean {
  return file.status === 'ok' && !signsOf(baseName(file.path)).every((sign) => sign.test(file.text));
}

const DEPENDENCIES = /^(?:"dependencies"|'dependencies'|dependencies)[ \t]*:/m;
const CONDA = /^channels[ \t]*:|^[ \t]*-[ \t]*(?:python|pip|nodefaults|conda-forge)\b/m;

/** What must be found in a file of this name, all of it, for it to state packages; nothing where the name is enough. */
function signsOf(name: string): readonly RegExp[] {
  if (/^environment\.ya?ml$/.test(name)) return [DEPENDENCIES];
  if (name === 'pixi.lock' || /^conda-lock\.ya?ml$/.test(name)) return [];
  if (name.endsWith('.cfg')) {
    return [/^[ \t]*(?:install_requires|setup_requires|extras_require|tests_require)\b|^\[options\.extras_require\]/m];
  }
  return name.endsWith('.toml') ? [/dependencies/] : [DEPENDENCIES, CONDA];
}
