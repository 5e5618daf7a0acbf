/** Answers for the few forms that nearly all requests of a lock have; a lock makes thousands, and parsing them is most of checking it. */
import { isPlainSemver } from '../../match/version.ts';

/** Whether a version is in a range such as `^1.2.3`, `~1.2.3`, `>=1.2.3`, `1.2.3` or `*`; `undefined` for what semver has to say. */
export function isInPlainRange(version: string, range: string): boolean | undefined {
  if (range === '*') return true;
  const [sign = ''] = /^(?:\^|~|>=)/.exec(range) ?? [];
  const bound = range.slice(sign.length);
  if (!isPlainSemver(bound) || !isPlainSemver(version)) return undefined;
  const [at, from] = [version.split('.'), bound.split('.')];
  const differing = at.findIndex((number, index) => number !== from[index]);
  if (differing === -1) return true;
  const isNewer = Number(at[differing]) > Number(from[differing]);
  return isNewer && differing >= FIRST_FREE[sign as keyof typeof FIRST_FREE](from);
}

/** The first of the three numbers that may grow; 3 where none may. */
const FIRST_FREE = {
  '': () => 3,
  '>=': () => 0,
  '~': () => 2,
  // Left of the first number that is not zero, and that number itself, nothing may change.
  '^': (from: readonly string[]) => {
    const first = from.findIndex((number) => number !== '0');
    return first === -1 ? 3 : first + 1;
  },
};
