/** Decides by name which files may bear secrets, and by content whether a value looks real. */
import { baseName } from '../model/path.ts';

const EXAMPLE = /(?:^|[.-])(?:example|sample|template|dist|defaults?|tpl|schema)(?:[.-]|$)/i;
const ENVIRONMENT = /^\.env(?:\..+)?$/i;
const KEY =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)|.*\.(?:pem|key|p12|pfx|jks|keystore|ppk|kdbx)|credentials\.json|service[-_]?account.*\.json|secrets?\.(?:ya?ml|json|toml)|\.netrc|\.pypirc|\.htpasswd|terraform\.tfstate)$/i;

/** Whether a file is an example of an environment file, meant to be committed. */
export function isExample(path: string): boolean {
  const name = baseName(path);
  return /^(?:\.?env|dotenv)\b/i.test(name) && EXAMPLE.test(name);
}

/** Whether a file is an environment file of a machine or a stage. */
export function isEnvironment(path: string): boolean {
  const name = baseName(path);
  return ENVIRONMENT.test(name) && !EXAMPLE.test(name);
}

/** Whether a file bears a name that keys and credentials bear. */
export function isKeyFile(path: string): boolean {
  return KEY.test(baseName(path)) && !EXAMPLE.test(baseName(path));
}

/** Either of the last two. */
export function isSecretPath(path: string): boolean {
  return isEnvironment(path) || isKeyFile(path);
}

/** Whether a file lies among tests or examples, where keys are made up more often than not. */
export function isMadeUpPlace(path: string): boolean {
  return path
    .split('/')
    .some((segment) =>
      /^(?:tests?|__tests__|spec|fixtures?|testdata|test-data|examples?|samples?|docs?|mocks?)$/i.test(segment),
    );
}

/** Shapes that only real credentials have; their services publish them so that they can be found. */
const TOKENS: readonly RegExp[] = [
  /\bsk-ant-[\w-]{24,}/,
  /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_\w{30,}/,
  /\bglpat-[\w-]{20,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[\w-]{35}\b/,
  /\bxox[abprs]-[\w-]{20,}/,
  /\b[rs]k_live_[A-Za-z0-9]{20,}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bpypi-[\w-]{40,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
];

const PLACEHOLDER =
  /your|xxx|example|change[-_ ]?me|placeholder|replace|dummy|sample|fake|secret[-_]?here|here$|todo|insert|generate|abc123|123456|^<.*>$|^\[.*\]$|^\$\{?.*\}?$|^%.*%$|\.\.\.|^\*+$|password|localhost/i;
const SECRET_NAME = /key|token|secret|passw|credential|private|dsn|auth/i;

/** A variable with a value that looks real: its name and line, never its value. */
export interface RealValue {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** The values of an environment file that look like nobody made them up. */
export function realValues(text: string): readonly RealValue[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const [, name = '', raw = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w{0,100})\s*[:=]\s*(.{0,2000})/.exec(row) ?? [];
    const value = raw
      .replace(/\s+#.*$/, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2');
    return name !== '' && looksReal(name, value) ? [{ name, line: index + 1 }] : [];
  });
}

/** Whether a text holds a credential of a known shape. */
export function holdsToken(text: string): boolean {
  return TOKENS.some((shape) =>
    [...text.matchAll(new RegExp(shape, 'g'))].some(([token]) => !PLACEHOLDER.test(token) && !isMonotone(token)),
  );
}

function looksReal(name: string, value: string): boolean {
  if (value === '' || PLACEHOLDER.test(value)) return false;
  if (holdsToken(value)) return true;
  const random = /^[\w+/=~.-]{20,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && entropy(value) > 3.5;
  return SECRET_NAME.test(name) && random;
}

/** `sk-AAAAAAAA…` has the shape of a key and is none. */
function isMonotone(token: string): boolean {
  return !token.startsWith('-----') && entropy(token.slice(-20)) < 2.5;
}

/** Shannon's, in bits a character: words have less than 3.5, random keys more. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
