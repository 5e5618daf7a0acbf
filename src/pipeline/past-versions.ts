/** Keeps every version of every file the past held: read from git once a blob, and by its reader once a place it lay in. */
import type { LocatedFile } from '../core/history/past-tree.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import { byText, sortedUnique } from '../core/model/order.ts';
import type { FileChange, PastCommit, PastFile, PastReader } from '../core/model/past.ts';
import type { Problem } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import type { History } from '../ports/history.ts';

export type Readers = ReadonlyMap<Ecosystem, PastReader>;
export type Locate = (path: string) => LocatedFile | null;

interface Version {
  readonly located: LocatedFile;
  readonly commit: string;
  /** `null` for one that could not be read. */
  file: PastFile | null;
  detail: string;
}

export class PastVersions {
  readonly #history: History;
  readonly #readers: Readers;
  readonly #versions = new Map<string, Version>();

  constructor(history: History, readers: Readers) {
    this.#history = history;
    this.#readers = readers;
  }

  /** Reads the versions that are not here yet. */
  async readAll(commits: readonly PastCommit[], locate: Locate): Promise<void> {
    const wanted = new Map<string, Version[]>();
    for (const { id, changes } of commits) {
      for (const change of changes) this.#order(id, change, locate, wanted);
    }
    for await (const blob of this.#history.readBlobs([...wanted.keys()])) {
      for (const version of wanted.get(blob.id) ?? []) {
        if (blob.status === 'unreadable') version.detail = blob.detail;
        else
          version.file = this.#readers.get(version.located.ecosystem)?.read(version.located.source, blob.text) ?? null;
      }
    }
  }

  #order(commit: string, { path, blob }: FileChange, locate: Locate, wanted: Map<string, Version[]>): void {
    const located = blob === undefined ? null : locate(path);
    if (blob === undefined || located === null || this.#versions.has(keyOf(located, blob))) return;
    const version = { located, commit, file: null, detail: 'it is not what its name says.' };
    this.#versions.set(keyOf(located, blob), version);
    wanted.set(blob, [...(wanted.get(blob) ?? []), version]);
  }

  /** `null` for a version that could not be read. */
  find(located: LocatedFile, blob: string): PastFile | null {
    return this.#versions.get(keyOf(located, blob))?.file ?? null;
  }

  /** Those that could be read. */
  files(): readonly (LocatedFile & { readonly file: PastFile })[] {
    return [...this.#versions.values()].flatMap(({ located, file }) => (file === null ? [] : [{ ...located, file }]));
  }

  /** Files that others include, each as if it were of the kind of what includes it. */
  includes(): readonly LocatedFile[] {
    const found = new Map<string, LocatedFile>();
    for (const { source, ecosystem, file } of this.files()) {
      for (const path of file.includes)
        found.set(path, { source: { path, kind: source.kind }, ecosystem, target: null });
    }
    return [...found.values()];
  }

  /** What could not be read, one problem a path. */
  problems(): readonly Problem[] {
    const bad = [...this.#versions.values()].filter(({ file }) => file === null);
    return sortedUnique(bad.map(({ located }) => located.source.path)).map((path) =>
      unreadable(
        path,
        bad.filter(({ located }) => located.source.path === path),
      ),
    );
  }
}

function keyOf({ source }: LocatedFile, blob: string): string {
  return `${blob} ${source.path}`;
}

const NAMED = 3;

function unreadable(path: string, versions: readonly Version[]): Problem {
  const named = versions.slice(0, NAMED).map(({ commit }) => commit.slice(0, 12));
  const more = versions.length > NAMED ? ` and ${versions.length - NAMED} more` : '';
  const [why = ''] = versions.map(({ detail }) => detail).sort(byText);
  return {
    target: versions[0]?.located.target ?? null,
    code: 'history-unreadable',
    message: `${excerpt(path)} as it was in ${named.join(', ')}${more} could not be read (${excerpt(why)}): what it said before was taken to stand.`,
    mend: 'Look at the file in those commits; dates near them may be off.',
    blocks: false,
  };
}
