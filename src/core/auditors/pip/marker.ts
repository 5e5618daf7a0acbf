/** Decides whether the text behind a `;` is an environment marker made of nothing but marker words. */

const LONGEST_MARKER = 2000;

const TOKEN = /\s+|\(|\)|===|==|~=|!=|<=|>=|<|>|'[^'\\]*'|"[^"\\]*"|[A-Za-z_.]+/y;

const WORDS = new Set([
  'and',
  'or',
  'not',
  'in',
  'python_version',
  'python_full_version',
  'os_name',
  'sys_platform',
  'platform_release',
  'platform_system',
  'platform_version',
  'platform_machine',
  'platform_python_implementation',
  'implementation_name',
  'implementation_version',
  'extra',
]);

/**
 * Whether `text` is safe to hand to a resolver as a marker: known words, operators, quoted strings, balanced
 * parentheses. https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
 */
export function isMarker(text: string): boolean {
  if (text.length > LONGEST_MARKER || text.trim() === '') return false;
  const tokens = readTokens(text);
  return tokens !== undefined && isBalanced(tokens) && tokens.every(isKnown);
}

function readTokens(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    tokens.push(match[0]);
  }
  return tokens;
}

function isBalanced(tokens: readonly string[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function isKnown(token: string): boolean {
  if (/^['"]/.test(token)) return /^[\x20-\x7e]*$/.test(token);
  return !/^[A-Za-z_.]/.test(token) || WORDS.has(token);
}
