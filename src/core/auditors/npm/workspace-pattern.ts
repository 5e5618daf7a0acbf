/** Decides whether a folder is a workspace, by npm's patterns: `*`, `**`, `?`, `{a,b}` and a leading `!`. */

// A pattern is the repository's own text: what it may cost is bounded here, and matching never backtracks twice.
const MOST_PATTERNS = 1000;
const MOST_ALTERNATIVES = 64;
const LONGEST_PATTERN = 1000;

/** Whether `folder` (posix, relative) matches the list; a later `!pattern` takes away what an earlier one gave, and back. */
export function isWorkspace(folder: string, patterns: readonly string[]): boolean {
  let matched = false;
  for (const written of patterns.slice(0, MOST_PATTERNS)) {
    const bangs = /^!*/.exec(written)?.[0].length ?? 0;
    const pattern = written
      .slice(bangs)
      .replace(/^\.?\/+/, '')
      .replace(/\/+$/, '');
    if (expandBraces(pattern).some((plain) => matchFolders(plain.split('/'), folder.split('/')))) {
      matched = bangs % 2 === 0;
    }
  }
  return matched;
}

function expandBraces(pattern: string): readonly string[] {
  if (pattern.length > LONGEST_PATTERN) return [];
  let open = [pattern];
  while (open.length <= MOST_ALTERNATIVES && open.some((text) => /\{[^{}]*\}/.test(text))) {
    open = open.flatMap(expandFirst);
  }
  return open;
}

function expandFirst(pattern: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (found === null) return [pattern];
  const before = pattern.slice(0, found.index);
  const after = pattern.slice(found.index + found[0].length);
  return (found[1] ?? '').split(',').map((choice) => `${before}${choice}${after}`);
}

function matchFolders(pattern: readonly string[], folder: readonly string[]): boolean {
  return matchSequence(pattern, folder, '**', matchName);
}

function matchName(pattern: string, name: string): boolean {
  return matchSequence(pattern.split(''), name.split(''), '*', (mark, char) => mark === '?' || mark === char);
}

/** Matches with `many` standing for any run of items. Only the last `many` is ever widened, which is enough. */
function matchSequence(
  pattern: readonly string[],
  items: readonly string[],
  many: string,
  matchOne: (pattern: string, item: string) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let lastMany = -1;
  let resumeAt = 0;
  while (item < items.length) {
    const mark = pattern[at];
    if (mark === many) {
      lastMany = at++;
      resumeAt = item;
    } else if (mark !== undefined && matchOne(mark, items[item] ?? '')) {
      at++;
      item++;
    } else if (lastMany >= 0) {
      at = lastMany + 1;
      item = ++resumeAt;
    } else return false;
  }
  return pattern.slice(at).every((mark) => mark === many);
}
