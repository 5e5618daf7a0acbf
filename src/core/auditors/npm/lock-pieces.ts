/**
 * Cuts the text of a lock into its entries where npm laid them out, so that entries that were read before need not be
 * read again. Whatever is not laid out so is left to the whole reading.
 */

/** `pieces` are members of `packages`, each one or several of the form `"location": {…}`; joined with commas they are all of it. */
export interface LockPieces {
  readonly lockfileVersion: 2 | 3;
  readonly pieces: readonly string[];
}

const OPENING = '"packages": {';
const STAND_IN = '"node_modules/entries": 0';

/**
 * The pieces of a version 2 or 3 lock; `null` when it has another layout. Line ends and indentation are npm's, and a JSON
 * text holds no line end inside a string, so a cut never falls into one. That the pieces are members of the lock's own
 * `packages` is proven by reading the rest with a stand-in in their place; whoever reads a piece proves the piece.
 */
export function cutLock(text: string): LockPieces | null {
  const opening = text.indexOf(OPENING);
  const layout = /\r?\n([ \t]+)(?=")/y;
  layout.lastIndex = opening + OPENING.length;
  const [lineStart] = opening === -1 ? [] : (layout.exec(text) ?? []);
  if (lineStart === undefined) return null;
  const start = layout.lastIndex;
  const closing = `${lineStart}}`;
  const end = text.indexOf(`${closing}${lineStart.startsWith('\r') ? '\r\n' : '\n'}`, start) + closing.length;
  if (end < start) return null;
  const lockfileVersion = versionAround(text.slice(0, start), text.slice(end));
  return lockfileVersion === null ? null : { lockfileVersion, pieces: cut(text.slice(start, end), lineStart) };
}

function cut(entries: string, lineStart: string): readonly string[] {
  const boundary = `${lineStart}},${lineStart}"`;
  const pieces: string[] = [];
  let from = 0;
  for (let at = entries.indexOf(boundary); at !== -1; at = entries.indexOf(boundary, from)) {
    const end = at + lineStart.length + 1;
    pieces.push(entries.slice(from, end));
    from = end + 1 + lineStart.length;
  }
  return [...pieces, entries.slice(from)];
}

/** The lock's version, when what stands around the entries is a lock that has them under its only `packages`. */
function versionAround(before: string, after: string): 2 | 3 | null {
  // A second `packages`, or one spelled with escapes, would overrule the first.
  if (before.includes('\\') || after.includes('\\') || after.includes('"packages"')) return null;
  const document = parse(`${before}${STAND_IN}${after}`);
  if (typeof document !== 'object' || document === null) return null;
  const { packages, lockfileVersion } = document as Partial<Record<string, unknown>>;
  const proven = typeof packages === 'object' && JSON.stringify(packages) === `{${STAND_IN.replace(' ', '')}}`;
  return proven && (lockfileVersion === 2 || lockfileVersion === 3) ? lockfileVersion : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
