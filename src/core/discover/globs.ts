/** Matches workspace patterns against folders in time linear in both, so that a hostile pattern cannot stall a run. */

/** A pattern cut at its slashes; `null` stands for `**`. */
type Glob = readonly (readonly Token[] | null)[];

type Token =
  | { readonly kind: 'many' }
  | { readonly kind: 'one' }
  | { readonly kind: 'text'; readonly char: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly members: string };

const MAX_ALTERNATIVES = 64;
const MAX_PATTERN = 1024;

/**
 * A test for the folders `patterns` name, as npm reads `workspaces`: later patterns overrule earlier ones, `!` takes
 * away. `*`, `?`, `[…]`, `**` and `{a,b}` are understood, none of them matches a leading dot. A pattern of absurd length
 * names nothing.
 */
export function folderMatcher(patterns: readonly string[]): (folder: string) => boolean {
  const rules = patterns.map(compile);
  return (folder) => {
    const path = folder.split('/');
    const last = rules.findLast(({ globs }) => globs.some((glob) => matchSequence(path, glob, matchName, isHidden)));
    return last?.adds ?? false;
  };
}

function compile(pattern: string): { readonly adds: boolean; readonly globs: readonly Glob[] } {
  const marks = /^!*/.exec(pattern)?.[0].length ?? 0;
  const globs = pattern.length > MAX_PATTERN ? [] : expandBraces(pattern.slice(marks)).map(compileOne);
  return { adds: marks % 2 === 0, globs };
}

function compileOne(pattern: string): Glob {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return segments.map((segment) => (segment === '**' ? null : tokenize(segment)));
}

function expandBraces(pattern: string): readonly string[] {
  let open = [pattern];
  for (let found = true; found && open.length <= MAX_ALTERNATIVES;) {
    const next = open.flatMap(expandInnermost);
    found = next.length > open.length;
    open = next;
  }
  return open.slice(0, MAX_ALTERNATIVES);
}

function expandInnermost(pattern: string): string[] {
  const brace = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
  if (brace === null) return [pattern];
  const [before, after] = [pattern.slice(0, brace.index), pattern.slice(brace.index + brace[0].length)];
  return (brace[1] ?? '').split(',').map((choice) => before + choice + after);
}

function tokenize(segment: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = segment; rest !== '';) {
    const set = /^\[(!|\^)?(\]?[^\]]+)\]/.exec(rest);
    tokens.push(set === null ? single(rest) : { kind: 'set', negated: set[1] !== undefined, members: set[2] ?? '' });
    rest = rest.slice(set === null ? width(rest) : set[0].length);
  }
  return tokens;
}

function width(rest: string): number {
  return rest.startsWith('\\') && rest.length > 1 ? 2 : 1;
}

function single(rest: string): Token {
  if (rest.startsWith('*')) return { kind: 'many' };
  if (rest.startsWith('?')) return { kind: 'one' };
  return { kind: 'text', char: rest.charAt(width(rest) - 1) };
}

function matchName(name: string, tokens: readonly Token[]): boolean {
  if (isHidden(name) && tokens[0]?.kind !== 'text') return false;
  const pattern = tokens.map((token) => (token.kind === 'many' ? null : token));
  return matchSequence(Array.from(name), pattern, matchChar, () => false);
}

function matchChar(char: string, token: Exclude<Token, { kind: 'many' }>): boolean {
  if (token.kind === 'one') return true;
  if (token.kind === 'text') return token.char === char;
  return inSet(char, token.members) !== token.negated;
}

function inSet(char: string, members: string): boolean {
  const ranges = [...members.matchAll(/(.)-(.)|(.)/gsu)];
  return ranges.some(([, from, to, one]) => (from === undefined ? one === char : from <= char && char <= (to ?? '')));
}

function isHidden(name: string): boolean {
  return name.startsWith('.');
}

/**
 * Whether `items` match `pattern`, in which `null` stands for any run of items that are not `barred`.
 * Returning to the last `null` alone is enough: what an earlier one could take, the last one can take too.
 */
function matchSequence<I, P>(
  items: readonly I[],
  pattern: readonly (P | null)[],
  matches: (item: I, part: P) => boolean,
  barred: (item: I) => boolean,
): boolean {
  let at = 0;
  let part = 0;
  let anchor: { at: number; part: number } | null = null;
  while (at < items.length) {
    const [item, wanted] = [items[at] as I, pattern[part]];
    if (wanted === null) anchor = { at, part: ++part };
    else if (wanted !== undefined && matches(item, wanted)) [at, part] = [at + 1, part + 1];
    else if (anchor === null || barred(items[anchor.at] as I)) return false;
    else {
      anchor = { at: anchor.at + 1, part: anchor.part };
      ({ at, part } = anchor);
    }
  }
  return pattern.slice(part).every((rest) => rest === null);
}
