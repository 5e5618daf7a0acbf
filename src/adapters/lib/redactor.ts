/** Takes secrets out of whole outputs: those the operator is known to have, and whatever looks like one. */
import type { Redactor } from '../../core/model/evidence.ts';

const HIDDEN = '***';

/** Shorter values stand in too many innocent words to be searched for. */
const SHORTEST = 8;

/** No secret is longer. Without a bound a hostile word of megabytes would exhaust the matcher's stack. */
const LONGEST = 16_384;

const NAMES =
  '_authtoken|_auth|_password|password|passwd|token|access_token|secret|client_secret|api[-_]?key|private[-_]?key';

/** Each keeps its first group and hides the rest. None can be made to look at a text more than a few times. */
const PATTERNS: readonly RegExp[] = [
  // Credentials in an address.
  /(\/\/)[^/\s?#"'<>\\]{1,1000}(?=@)/g,
  // Settings, as in .npmrc, an address or a JSON document.
  new RegExp(`((?<![a-z0-9])(?:${NAMES})=["']?)[^&\\s"']{1,${LONGEST}}`, 'gi'),
  new RegExp(`("(?:[a-z0-9_.-]{0,40}[_.-])?(?:${NAMES})"\\s{0,20}:\\s{0,20}")[^"]{1,${LONGEST}}`, 'gi'),
  new RegExp(`(^[ \\t#-]{0,40}(?:${NAMES})[ \\t]{0,20}:[ \\t]{1,20})\\S{1,${LONGEST}}`, 'gim'),
  // Header fields.
  /((?:proxy-)?authorization["']?\s{0,20}[:=]\s{0,20}["']?(?:bearer|basic|token|digest)?\s{0,20})[^\s"',;]{6,16384}/gi,
  /((?:set-)?cookie["']?\s{0,20}:\s{0,20}["']?)[^\r\n"']{1,16384}/gi,
  // Tokens that say whose they are.
  /((?<![A-Za-z0-9_-]))(?:npm_[A-Za-z0-9]{30,100}|gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255}|pypi-[\w-]{50,2000}|xox[abprs]-[\w-]{10,255}|sk_(?:live|test)_\w{16,255}|AKIA[A-Z0-9]{16})/g,
  /((?<![\w-]))eyJ[\w-]{8,16384}\.[\w-]{8,16384}\.[\w-]{8,16384}/g,
];

/** A redactor that knows `secrets` by heart, also in base64, in an address and in a JSON document. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const known = knownPattern(secrets);
  return (text) => {
    let count = 0;
    const hide = (whole: string, kept: unknown): string => {
      const hidden = `${typeof kept === 'string' ? kept : ''}${HIDDEN}`;
      // What one pattern hid another need not count again.
      if (whole !== hidden) count += 1;
      return hidden;
    };
    const plain = known === null ? text : text.replace(known, () => hide('', ''));
    const safe = PATTERNS.reduce(
      (rest, pattern) => rest.replace(pattern, hide),
      hideKeys(plain, () => hide('', '')),
    );
    return { text: safe, count };
  };
}

function knownPattern(secrets: readonly string[]): RegExp | null {
  const forms = new Set(secrets.filter(({ length }) => length >= SHORTEST).flatMap(formsOf));
  if (forms.size === 0) return null;
  // The longest first: one secret may begin with another.
  const words = [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

/** As it is, and as it looks where it was written into something else. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

const KEY_BEGINS = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/g;
const KEY_ENDS = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g;

/** Private keys in PEM form; one without an end reaches to the end of the text. */
function hideKeys(text: string, hidden: () => string): string {
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    KEY_BEGINS.lastIndex = from;
    const begin = KEY_BEGINS.exec(text);
    if (begin === null) return from === 0 ? text : `${pieces.join('')}${text.slice(from)}`;
    KEY_ENDS.lastIndex = KEY_BEGINS.lastIndex;
    const end = KEY_ENDS.exec(text);
    pieces.push(text.slice(from, begin.index), hidden());
    from = end === null ? text.length : KEY_ENDS.lastIndex;
  }
}
