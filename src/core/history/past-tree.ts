/** Follows a repository's targets through its commits: which files state their packages, and what each commit changed of that. */
import type { Ecosystem } from '../model/ecosystem.ts';
import type { FileChange, PastFile } from '../model/past.ts';
import type { Source, SourceKind } from '../model/target.ts';
import { matchMoves, type MovedFile } from './moves.ts';
import { type Members, type PackageChange, StatementIndex } from './statement-index.ts';

/** A path of the history seen as a source. `target` is `null` for a file that counts only where another includes it. */
export interface LocatedFile {
  readonly source: Source;
  readonly ecosystem: Ecosystem;
  readonly target: string | null;
}

/** What following a history needs to know of the world of packages. */
export interface PastWorld {
  /** `null` for a path nobody reads. */
  locate(path: string): LocatedFile | null;
  /** Those of a folder's sources that state what is installed. */
  choose(ecosystem: Ecosystem, sources: readonly Source[]): readonly Source[];
  /** `null` for a version that cannot be read. */
  read(located: LocatedFile, blob: string): PastFile | null;
}

/** What one commit changed of one target. */
export interface TargetChange {
  readonly ecosystem: Ecosystem;
  readonly target: string;
  /** Targets whose files were moved here. */
  readonly movedFrom: readonly string[];
  /** Whether nothing is left that states the packages, or their versions: what was stated last still stands, unseen. */
  readonly unseen: boolean;
  readonly packages: ReadonlyMap<string, PackageChange>;
}

interface FileState extends MovedFile {
  readonly located: LocatedFile;
}

interface TargetState {
  readonly ecosystem: Ecosystem;
  readonly path: string;
  readonly sources: Map<string, Source>;
  readonly index: StatementIndex;
  members: Members;
}

/** What a commit did to files: where those that came were before, and which targets it touches. */
interface Turn {
  readonly moves: ReadonlyMap<string, string>;
  readonly gone: ReadonlyMap<string, FileState>;
  readonly touched: ReadonlySet<TargetState>;
}

const LOCKS: ReadonlySet<SourceKind> = new Set<SourceKind>(['package-lock', 'npm-shrinkwrap', 'uv-lock', 'pylock']);

/** Includes of one target that are followed; the auditor's own reading stops there too. */
const MOST_MEMBERS = 100;

export class PastTree {
  readonly #world: PastWorld;
  readonly #files = new Map<string, FileState>();
  readonly #targets = new Map<string, TargetState>();
  /** Targets by the files outside their folder that they include, whether those exist or not. */
  readonly #includedBy = new Map<string, Set<TargetState>>();

  constructor(world: PastWorld) {
    this.#world = world;
  }

  /** Takes the next commit's changes; one answer for each target whose files they concern. */
  apply(changes: readonly FileChange[]): readonly TargetChange[] {
    const turn = this.#turn(changes);
    return [...turn.touched].map((target) => this.#update(target, turn));
  }

  #turn(changes: readonly FileChange[]): Turn {
    const gone = new Map<string, FileState>();
    const come: FileState[] = [];
    const touched = new Set<TargetState>();
    for (const { path, blob } of changes) {
      const located = this.#world.locate(path);
      if (located === null) continue;
      const before = this.#files.get(path);
      const now = blob === undefined ? null : this.#read(located, blob);
      if (blob === undefined && before !== undefined) gone.set(path, before);
      if (now !== null && before === undefined) come.push(now);
      if (now !== null || blob === undefined) this.#put(path, located, now);
      for (const target of this.#concernedBy(path, located)) touched.add(target);
    }
    return { moves: matchMoves([...gone.values()], come), gone, touched };
  }

  #read(located: LocatedFile, blob: string): FileState | null {
    const file = this.#world.read(located, blob);
    const { path, kind } = located.source;
    return file === null ? null : { path, kind, blob, file, located };
  }

  #put(path: string, located: LocatedFile, state: FileState | null): void {
    if (state === null) this.#files.delete(path);
    else this.#files.set(path, state);
    const target = this.#targetOf(located);
    if (state === null) target?.sources.delete(path);
    else target?.sources.set(path, located.source);
  }

  #targetOf({ ecosystem, target }: LocatedFile): TargetState | null {
    if (target === null) return null;
    const key = `${ecosystem}:${target}`;
    const state = this.#targets.get(key) ?? {
      ecosystem,
      path: target,
      sources: new Map(),
      index: new StatementIndex(),
      members: new Map(),
    };
    this.#targets.set(key, state);
    return state;
  }

  #concernedBy(path: string, located: LocatedFile): readonly TargetState[] {
    const own = this.#targetOf(located);
    return [...(own === null ? [] : [own]), ...(this.#includedBy.get(path) ?? [])];
  }

  #update(target: TargetState, turn: Turn): TargetChange {
    const stated = this.#membersOf(target);
    const unseen = keepUnseen(target, stated, this.#movedAway(target, turn), (path) => this.#isLock(path));
    const members: Members = new Map([...unseen, ...stated]);
    const packages = target.index.replace(target.members, members);
    target.members = members;
    const { ecosystem, path } = target;
    return { ecosystem, target: path, movedFrom: this.#movedTo(target, turn), unseen: unseen.size > 0, packages };
  }

  /** The chosen sources of its folder with everything they include. */
  #membersOf(target: TargetState): Members {
    const members = new Map<string, PastFile>();
    const chosen = this.#world.choose(target.ecosystem, [...target.sources.values()]);
    const open = chosen.map(({ path }) => path);
    for (let path = open.pop(); path !== undefined && members.size < MOST_MEMBERS; path = open.pop()) {
      const file = this.#files.get(path)?.file;
      if (file === undefined || members.has(path)) continue;
      members.set(path, file);
      for (const include of file.includes) this.#noteInclude(include, target);
      open.push(...file.includes);
    }
    return members;
  }

  #noteInclude(path: string, target: TargetState): void {
    const includers = this.#includedBy.get(path) ?? new Set();
    this.#includedBy.set(path, includers.add(target));
  }

  /** Targets of files that lie in this one since. */
  #movedTo({ ecosystem, path }: TargetState, { moves, gone }: Turn): readonly string[] {
    const here = [...moves].filter(([to]) => {
      const located = this.#files.get(to)?.located;
      return located?.ecosystem === ecosystem && located.target === path;
    });
    const from = here.flatMap(([, source]) => gone.get(source)?.located.target ?? []);
    return [...new Set(from)].filter((other) => other !== path);
  }

  #movedAway({ ecosystem, path }: TargetState, { moves, gone }: Turn): ReadonlySet<string> {
    const from = [...moves.values()].flatMap((source) => gone.get(source) ?? []);
    const own = from.filter(({ located }) => located.ecosystem === ecosystem && located.target === path);
    return new Set(own.map((file) => file.path));
  }

  #isLock(path: string): boolean {
    const kind = this.#world.locate(path)?.source.kind;
    return kind !== undefined && LOCKS.has(kind);
  }
}

/** A lock that was taken away, and every file where none is left, says no more what is installed: what it said last is kept. */
function keepUnseen(
  { members }: TargetState,
  stated: Members,
  movedAway: ReadonlySet<string>,
  isLock: (path: string) => boolean,
): Members {
  if ([...stated.keys()].some(isLock)) return new Map();
  const left = [...members].filter(([path]) => !stated.has(path) && !movedAway.has(path));
  const locks = left.filter(([path]) => isLock(path));
  return new Map(stated.size === 0 ? left : locks);
}
