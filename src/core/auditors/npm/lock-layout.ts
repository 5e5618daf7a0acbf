/** Knows how npm lays out a lock's text, so that its entries can be told apart without reading all of it. */
import { parseJson } from '../../model/json.ts';

/** Where the entries of a lock begin, and what stands between two of them. */
export interface LockLayout {
  /** Position of the first entry's key. */
  readonly start: number;
  /** A comma, a line end and the indentation of an entry. */
  readonly separator: string;
  /** How an entry ends: on a line of its own. */
  readonly ending: string;
}

const OPENING = '"packages": {';

/** `null` for a text that has another layout. */
export function findLayout(text: string): LockLayout | null {
  const opening = text.indexOf(OPENING);
  const layout = /\r?\n[ \t]+(?=")/y;
  layout.lastIndex = opening + OPENING.length;
  const [lineStart] = opening === -1 ? [] : (layout.exec(text) ?? []);
  if (lineStart === undefined) return null;
  return { start: layout.lastIndex, separator: `,${lineStart}`, ending: `${lineStart}}` };
}

const STAND_IN = '"node_modules/entries": 0';

/**
 * Whether what stands around the entries is a version 2 or 3 lock that has them under its only `packages`: read with a
 * stand-in in their place. Then a lock whose entries are members of a JSON object each is a JSON text as a whole, with
 * those as its `packages`: nothing else of it needs to be read.
 */
export function isLockAround(before: string, after: string): boolean {
  // A second `packages`, or one spelled with escapes, would overrule the first.
  if (before.includes('\\') || after.includes('\\') || after.includes('"packages"')) return false;
  const document = parseJson(`${before}${STAND_IN}${after}`);
  if (typeof document !== 'object' || document === null) return false;
  const { packages, lockfileVersion } = document as Partial<Record<string, unknown>>;
  const isOurs = typeof packages === 'object' && JSON.stringify(packages) === `{${STAND_IN.replace(' ', '')}}`;
  return isOurs && (lockfileVersion === 2 || lockfileVersion === 3);
}
