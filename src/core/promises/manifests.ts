/** Lists the manifests of a repository that an updater or a scanner must cover, and what Dependabot calls their worlds. */
import { joinPath, parentFolder } from '../model/path.ts';
import type { PromiseFacts } from '../model/promise.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { Source } from '../model/target.ts';

/** One folder with packages of one ecosystem. */
export interface Manifest {
  /** Posix folder; `.` is the repository itself. */
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly sources: readonly Source[];
}

/** Every folder that discovery found packages in, whether or not an auditor can read it; other people's code is left out. */
export function manifestsOf({ targets, setAside }: Pick<PromiseFacts, 'targets' | 'setAside'>): readonly Manifest[] {
  const known = new Set(targets.map(({ path, ecosystem }) => `${ecosystem}:${path}`));
  const others = setAside.filter(
    ({ outcome, path, ecosystem, sources }) =>
      outcome === 'unavailable' && sources.length > 0 && !known.has(`${ecosystem}:${path}`),
  );
  return [...targets, ...others];
}

/** The `package-ecosystem` values under which Dependabot updates a manifest. */
export function dependabotNames({ ecosystem, sources }: Manifest): readonly string[] {
  const kinds = new Set(sources.map(({ kind }) => kind));
  if (ecosystem === 'npm') return kinds.has('bun-lock') ? ['bun', 'npm'] : ['npm'];
  if (kinds.size === 1 && kinds.has('conda-environment')) return ['conda'];
  return ['pip', 'uv'];
}

/**
 * The folders in which an entry finds a manifest: its own, and for requirements the one above, as Dependabot looks into
 * the folders directly below the one it is given.
 */
export function foldersFinding({ path, sources }: Manifest): readonly string[] {
  const listed = sources.every(({ kind }) => kind === 'requirements' || kind === 'requirements-in');
  return listed && path !== '.' ? [path, parentFolder(path)] : [path];
}

/** What lies in a folder for each ecosystem of Dependabot that fixby knows by its files. */
const FILES_OF: Readonly<Record<string, RegExp>> = {
  npm: /^package\.json$/,
  bun: /^package\.json$/,
  pip: /^(?:.*requirements.*\.(?:txt|in)|.*\.(?:txt|in)|setup\.(?:py|cfg)|pyproject\.toml|Pipfile(?:\.lock)?)$/,
  uv: /^(?:uv\.lock|pyproject\.toml|.*\.(?:txt|in))$/,
  'github-actions': /^action\.ya?ml$/,
  docker: /^(?:.*dockerfile.*|.*containerfile.*|.*\.ya?ml)$/i,
  'docker-compose': /^(?:.*compose.*\.ya?ml)$/i,
  gomod: /^go\.mod$/,
  cargo: /^Cargo\.toml$/,
  bundler: /^(?:Gemfile|.*\.gemspec|gems\.rb)$/,
  composer: /^composer\.json$/,
  maven: /^pom\.xml$/,
  gradle: /^(?:build|settings)\.gradle(?:\.kts)?$/,
  terraform: /^.*\.(?:tf|hcl)$/,
  gitsubmodule: /^\.gitmodules$/,
  pub: /^pubspec\.yaml$/,
  swift: /^Package\.swift$/,
  mix: /^mix\.exs$/,
  elm: /^elm\.json$/,
};

/** Whether a folder holds something of an ecosystem; `null` for an ecosystem fixby does not know by its files. */
export function holdsAny(ecosystem: string, folder: string, paths: readonly string[]): boolean | null {
  const pattern = Object.hasOwn(FILES_OF, ecosystem) ? FILES_OF[ecosystem] : undefined;
  if (pattern === undefined) return null;
  const workflows = joinPath(folder, '.github/workflows');
  return paths.some((path) => {
    const within = parentFolder(path);
    const name = path.slice(within === '.' ? 0 : within.length + 1);
    if (ecosystem === 'github-actions' && within === workflows) return true;
    const below = /^(?:pip|uv)$/.test(ecosystem) && within !== '.' && parentFolder(within) === folder;
    return (within === folder && pattern.test(name)) || (below && /\.(?:txt|in)$/.test(name));
  });
}
