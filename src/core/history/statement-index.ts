/** Counts which statements a target's files make of each package, and tells what a change of files changes. */
import type { PastFile, Statement } from '../model/past.ts';

/** What was said of a package before a commit, and after it. Both may be empty. */
export interface PackageChange {
  readonly before: readonly Statement[];
  readonly after: readonly Statement[];
}

/** Files by path, each as it last could be read. */
export type Members = ReadonlyMap<string, PastFile>;

const NOTHING: readonly Statement[] = [];

export class StatementIndex {
  /** How many files make each statement, by package. */
  readonly #counts = new Map<string, Map<Statement, number>>();

  /** Takes the files from `before` to `after`; gives the packages of which other things are said now. The work grows with the files that differ. */
  replace(before: Members, after: Members): ReadonlyMap<string, PackageChange> {
    const said = new Map<string, readonly Statement[]>();
    const turn = (statement: Statement, by: 1 | -1): void => {
      if (!said.has(statement.name)) said.set(statement.name, this.#of(statement.name));
      this.#count(statement, by);
    };
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(path), after.get(path)];
      if (old === now) continue;
      for (const statement of without(now, old)) turn(statement, 1);
      for (const statement of without(old, now)) turn(statement, -1);
    }
    return this.#differences(said);
  }

  #differences(said: ReadonlyMap<string, readonly Statement[]>): ReadonlyMap<string, PackageChange> {
    const changes = new Map<string, PackageChange>();
    for (const [name, before] of said) {
      const after = this.#of(name);
      const same = before.length === after.length && before.every((statement) => after.includes(statement));
      if (!same) changes.set(name, { before, after });
    }
    return changes;
  }

  #of(name: string): readonly Statement[] {
    return [...(this.#counts.get(name)?.keys() ?? [])];
  }

  #count(statement: Statement, by: 1 | -1): void {
    const counts = this.#counts.get(statement.name) ?? new Map<Statement, number>();
    const count = (counts.get(statement) ?? 0) + by;
    if (count > 0) counts.set(statement, count);
    else counts.delete(statement);
    if (counts.size > 0) this.#counts.set(statement.name, counts);
    else this.#counts.delete(statement.name);
  }
}

/** The statements of `file` that `other` does not make. */
function without(file: PastFile | undefined, other: PastFile | undefined): readonly Statement[] {
  if (file === undefined) return NOTHING;
  if (other === undefined) return file.statements;
  const known = new Set(other.statements);
  return file.statements.filter((statement) => !known.has(statement));
}
