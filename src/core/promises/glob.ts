/** Matches folder patterns with `*` and `**` in linear steps: patterns come from the audited repository. */

/** More of these make matching dear, and no person writes them. */
const MOST_DEEP_WILDCARDS = 3;
const MOST_SEGMENTS = 64;

/** Whether `pattern` covers `path`, both posix without a leading slash, `.` being the top; `null` for a pattern too costly to try. */
export function matchesGlob(pattern: string, path: string): boolean | null {
  if (pattern === path) return true;
  const wanted = pattern.split('/').filter((segment, index, all) => segment !== '**' || all[index - 1] !== '**');
  const given = path === '.' ? [] : path.split('/');
  const deep = wanted.filter((segment) => segment === '**').length;
  if (deep > MOST_DEEP_WILDCARDS || wanted.length > MOST_SEGMENTS || given.length > MOST_SEGMENTS) return null;
  // Every folder, the top among them.
  if (pattern === '**' || pattern === '**/*') return true;
  return matchSegments(wanted, given);
}

function matchSegments(wanted: readonly string[], given: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return given.length === 0;
  if (first === '**') return given.some((_, index) => matchSegments(rest, given.slice(index))) || rest.length === 0;
  const [segment, ...others] = given;
  return segment !== undefined && matchSegment(first, segment) && matchSegments(rest, others);
}

/** `*` stands for any characters. Greedy, going back to the last star only: linear for one star, quadratic at worst. */
function matchSegment(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (pattern[p] === text[t]) [p, t] = [p + 1, t + 1];
    else if (star !== -1) [p, mark, t] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
