/** Makes statements about packages such that equal ones are the same object, so that versions of a file compare quickly. */
import type { Statement } from '../../model/past.ts';

export interface Statements {
  pin(name: string, version: string): Statement;
  range(name: string, range: string): Statement;
}

/** A maker with a memory of its own. */
export function createStatements(): Statements {
  const known = new Map<string, Statement>();
  const intern = (key: string, make: () => Statement): Statement => {
    const statement = known.get(key) ?? make();
    known.set(key, statement);
    return statement;
  };
  return {
    pin: (name, version) => intern(`${name}\0=${version}`, () => ({ name, version })),
    range: (name, range) => intern(`${name}\0~${range}`, () => ({ name, range })),
  };
}
