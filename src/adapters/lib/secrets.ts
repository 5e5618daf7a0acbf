/** Gathers the secrets the operator's surroundings hold, so that they can be searched for in what is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operator } from './operator.ts';

/** Variables whose values are nobody's business. AUTHOR is none of them. */
const SECRET_NAME =
  /token|secret|passw|passphrase|api_?key|private|credential|auth(?!or)|(?:^|_)(?:key|pat|pass)$|sign_key|webhook|_authtoken|:_auth/i;

/** What a variable of such a name may hold without being a secret. */
const NO_SECRET = /^(?:true|false|\d+|\/[\w./-]+)$/;

/**
 * Values of variables with a telling name, user parts of addresses in any variable, and what npm, pip and netrc files of the
 * operator and the project's own .npmrc hold. Longer ones are surer: short ones are left to whoever searches.
 */
export function gatherSecrets({ variables, home, repositoryRoot, npm }: Operator): readonly string[] {
  const values = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [...(isSecret(name, value) ? [value] : []), ...credentialsIn(value)],
  );
  const files = [
    npm.userConfig,
    npm.globalConfig,
    variables['NETRC'],
    ...['.npmrc', '.netrc', '.pypirc', '.pgpass', '.config/pip/pip.conf'].map((name) => join(home, name)),
    join(repositoryRoot, '.npmrc'),
  ];
  const written = files.flatMap((file) => (file === undefined ? [] : secretsOf(readText(file))));
  return [...new Set([...values, ...written].map((secret) => secret.trim()).filter((secret) => secret !== ''))];
}

function isSecret(name: string, value: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET.test(value);
}

/** User names stand for tokens as often as passwords do. */
function credentialsIn(text: string): readonly string[] {
  return [...text.matchAll(/\/\/([^/\s?#"'@:]*)(?::([^/\s?#"'@]*))?@/g)].flatMap(([, user = '', password = '']) =>
    [password === '' ? user : password].flatMap((secret) => [secret, decode(secret)]),
  );
}

function secretsOf(text: string): readonly string[] {
  const set = [...text.matchAll(/(?:_authToken|_auth|_password|password)\s*[=:]\s*["']?([^\s"'$]+)/gi)];
  const spoken = [...text.matchAll(/\bpassword\s+(\S+)/gi)];
  const rows = [...text.matchAll(/^(?:[^:\n#]*:){4}(.+)$/gm)];
  const named = [...set, ...spoken, ...rows].flatMap(([, secret = '']) => [secret, ...fromBase64(secret)]);
  return [...named, ...credentialsIn(text)];
}

/** npm keeps passwords, and pairs of user and password, in base64. */
function fromBase64(secret: string): readonly string[] {
  if (!/^[A-Za-z0-9+/]{8,}={0,2}$/.test(secret)) return [];
  const text = Buffer.from(secret, 'base64').toString('utf8');
  // What is no text is no password.
  if (/[\u0000-\u001f\ufffd]/.test(text)) return [];
  return [text, text.slice(text.indexOf(':') + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 1_000_000);
  } catch {
    return '';
  }
}
