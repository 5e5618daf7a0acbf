/** Decides what of a repository will be audited: targets out of manifests and locks, and why the rest is set aside. */
import type { Ecosystem } from '../model/ecosystem.ts';
import type { FileListing, FileRead } from '../model/file.ts';
import { byEach, byText } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import type { Program } from '../model/program.ts';
import type { SetAside, Source, Target } from '../model/target.ts';
import { readEach, readFacts, type Facts } from './facts.ts';
import type { FolderVerdict } from './folder.ts';
import { groupBy } from '../model/group-by.ts';
import { isAnyLock, judgeNpmFolder } from './npm-folder.ts';
import { mayAskForPackages } from './pyproject.ts';
import { judgePythonFolder } from './python-folder.ts';
import { unreadable } from './set-aside.ts';
import { sortEntries } from './sort-entries.ts';
import { ecosystemOf, folderOf } from './source-kinds.ts';
import { readUnheldNames } from './unheld-names.ts';
import { workspaceRootOf } from './workspaces.ts';

/** Sorted by path, then ecosystem. Three empty lists mean that nothing was found, which is never the same as clean. */
export interface Discovery {
  readonly targets: readonly Target[];
  readonly setAside: readonly SetAside[];
  /** Those of the listing, and what discovery itself met. */
  readonly problems: readonly Problem[];
}

/** Reads manifests where names do not decide, and nothing else. */
export function* discover(listing: FileListing): Program<Discovery> {
  const sorted = sortEntries(listing.entries);
  const tracked = yield* readTracked(sorted.trackedOnly);
  const found = [...sorted.sources, ...tracked.readable];
  const facts = yield* readFacts(found);
  const unheld = yield* readUnheldNames(found);
  const folders = groupByFolder(found.filter(({ path }) => !facts.silent.has(path)));
  const verdicts = [...judgeNpm(folders.npm, facts), ...judgePython(folders.PyPI, facts, unheld)];
  const setAside = [...sorted.setAside, ...tracked.setAside, ...verdicts.flatMap((verdict) => verdict.setAside)];
  return {
    targets: verdicts.flatMap((verdict) => verdict.targets).sort(byPlace),
    setAside: setAside.sort(byEach<SetAside>(byPlace, (a, b) => byText(a.reason, b.reason), byFirstSource)),
    problems: [...listing.problems, ...sorted.problems],
  };
}

interface Tracked {
  readonly readable: readonly Source[];
  readonly setAside: readonly SetAside[];
}

/** What git tracks and the work tree lacks could not be looked at. */
function* readTracked(sources: readonly Source[]): Program<Tracked> {
  const details = new Map(
    yield* readEach(
      sources.map(({ path }) => path),
      hindrance,
    ),
  );
  const readable = sources.filter(({ path }) => details.get(path) === null);
  const rest = sources.filter(({ path }) => details.get(path) !== null);
  return {
    readable,
    setAside: rest.map((source) => unreadable(folderOf(source), source, details.get(source.path) ?? '')),
  };
}

function hindrance(file: FileRead): string | null {
  if (file.status === 'ok') return null;
  return file.status === 'missing' ? 'git tracks it, and it is not in the work tree.' : file.detail;
}

type Folders = Readonly<Record<Ecosystem, ReadonlyMap<string, readonly Source[]>>>;

function groupByFolder(sources: readonly Source[]): Folders {
  const sorted = sources.toSorted((a, b) => byText(a.path, b.path));
  const of = (ecosystem: Ecosystem): ReadonlyMap<string, readonly Source[]> =>
    groupBy(
      sorted.filter(({ kind }) => ecosystemOf(kind) === ecosystem),
      folderOf,
    );
  return { npm: of('npm'), PyPI: of('PyPI') };
}

function judgeNpm(folders: Folders['npm'], facts: Facts): readonly FolderVerdict[] {
  const locked = foldersWith(folders, isAnyLock);
  const rootOf = workspaceRootOf([...locked].map((path) => ({ path, patterns: npmPatterns(path, facts) })));
  const membersThat = (ask: boolean): ReadonlyMap<string | null, readonly string[]> => {
    const stated = [...folders.keys()].filter((path) => {
      const manifest = facts.manifests.get(path);
      return !locked.has(path) && manifest?.readable === true && manifest.hasDependencies === ask;
    });
    return groupBy(stated, rootOf);
  };
  const [members, idle] = [membersThat(true), membersThat(false)];
  return [...folders].map(([path, sources]) =>
    judgeNpmFolder({
      path,
      sources,
      manifest: facts.manifests.get(path) ?? null,
      lockedRoot: rootOf(path),
      members: members.get(path) ?? [],
      idleMembers: idle.get(path) ?? [],
    }),
  );
}

function npmPatterns(path: string, { manifests, pnpmPatterns }: Facts): readonly string[] {
  const manifest = manifests.get(path);
  return [...(manifest?.readable === true ? manifest.workspaces : []), ...(pnpmPatterns.get(path) ?? [])];
}

function judgePython(
  folders: Folders['PyPI'],
  { pyprojects }: Facts,
  unheld: ReadonlyMap<string, string>,
): readonly FolderVerdict[] {
  const locked = foldersWith(folders, ({ kind }) => kind === 'uv-lock');
  const rootOf = workspaceRootOf(
    [...locked].map((path) => {
      const root = pyprojects.get(path);
      return { path, patterns: root?.readable === true ? root.workspaces : [] };
    }),
  );
  const asking = [...folders.keys()].filter((path) => !locked.has(path) && mayAskForPackages(pyprojects.get(path)));
  const members = groupBy(asking, rootOf);
  return [...folders].map(([path, sources]) =>
    judgePythonFolder({
      path,
      sources,
      pyproject: pyprojects.get(path) ?? null,
      unheld,
      lockedRoot: rootOf(path),
      members: members.get(path) ?? [],
    }),
  );
}

function foldersWith(
  folders: ReadonlyMap<string, readonly Source[]>,
  isLock: (source: Source) => boolean,
): ReadonlySet<string> {
  return new Set([...folders].filter(([, sources]) => sources.some(isLock)).map(([path]) => path));
}

function byPlace(a: Target | SetAside, b: Target | SetAside): number {
  return byText(a.path, b.path) || byText(a.ecosystem, b.ecosystem);
}

function byFirstSource(a: SetAside, b: SetAside): number {
  return byText(a.sources[0]?.path ?? '', b.sources[0]?.path ?? '');
}
