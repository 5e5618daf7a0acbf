/** Answers for the few forms that nearly all requests of a lock have; a lock makes thousands, and parsing them is most of checking it. */

/** Short enough to be exact as a number. */
const PLAIN = /^(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})\.(0|[1-9]\d{0,14})$/;

/** Whether a version is in a range such as `^1.2.3`, `~1.2.3`, `>=1.2.3` or `1.2.3`; `undefined` for what semver has to say. */
export function isInPlainRange(version: string, range: string): boolean | undefined {
  const [, sign = '', bound = ''] = /^(\^|~|>=|)(\d.*)$/.exec(range) ?? [];
  const [, ...at] = (PLAIN.exec(version) ?? []).map(Number);
  const [, ...from] = (PLAIN.exec(bound) ?? []).map(Number);
  if (at.length === 0 || from.length === 0) return undefined;
  const differing = at.findIndex((number, index) => number !== from[index]);
  if (differing === -1) return true;
  const isNewer = (at[differing] ?? 0) > (from[differing] ?? 0);
  return isNewer && differing >= FIRST_FREE[sign as keyof typeof FIRST_FREE](from);
}

/** The first of the three numbers that may grow; 3 where none may. */
const FIRST_FREE = {
  '': () => 3,
  '>=': () => 0,
  '~': () => 2,
  // Left of the first number that is not zero, and that number itself, nothing may change.
  '^': (from: readonly number[]) => {
    const first = from.findIndex((number) => number > 0);
    return first === -1 ? 3 : first + 1;
  },
};
