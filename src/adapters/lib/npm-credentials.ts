/** Finds the operator's credentials for a registry, where npm itself looks for them. */
import { readFileSync } from 'node:fs';
import type { Operator } from './operator.ts';

/** Header fields that greet the registry at `url`; none where the operator has no credentials for it. */
export type CredentialsFor = (url: URL) => Readonly<Record<string, string>>;

/**
 * Reads the operator's user and global npm configuration, and `npm_config_//…` variables, once. The project's own .npmrc is
 * never looked at. https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration
 */
export function readNpmCredentials({ npm, variables }: Operator): CredentialsFor {
  const files = [npm.globalConfig, npm.userConfig].flatMap((file) => (file === undefined ? [] : readLines(file)));
  const settings = npm.variablesTrusted ? Object.entries(variables).flatMap(readVariable) : [];
  const known = new Map([...files, ...settings]);
  const valueOf = (key: string): string | undefined => known.get(key)?.replace(REFERENCE, expand);
  const expand = (_whole: string, name: string): string => variables[name] ?? '';
  return (url) => {
    for (let place = `//${url.host}${url.pathname}`; place.length > 2; place = place.replace(LAST_PIECE, '')) {
      const value = authorizationAt(place, valueOf);
      if (value !== undefined) return { authorization: value };
    }
    return {};
  };
}

const REFERENCE = /\$\{([^${}?\s]+)\??\}/g;

/** npm walks up an address by taking off one name, then one slash. */
const LAST_PIECE = /(?:[^/]+|\/)$/;

function authorizationAt(place: string, valueOf: (key: string) => string | undefined): string | undefined {
  const token = valueOf(`${place}:_authToken`);
  if (token !== undefined) return `Bearer ${token}`;
  const pair = valueOf(`${place}:_auth`);
  if (pair !== undefined) return `Basic ${pair}`;
  const [user, password] = [valueOf(`${place}:username`), valueOf(`${place}:_password`)];
  if (user === undefined || password === undefined) return undefined;
  // npm keeps the password alone in base64.
  return `Basic ${Buffer.from(`${user}:${Buffer.from(password, 'base64').toString('utf8')}`).toString('base64')}`;
}

type Setting = readonly [key: string, value: string];

function readLines(file: string): readonly Setting[] {
  return readText(file)
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, key, value] = /^\s*(\/\/[^=]+?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value.replace(/^(["'])(.*)\1$/, '$2')] as const];
    });
}

function readVariable([name, value]: readonly [string, string | undefined]): readonly Setting[] {
  const key = /^npm_config_(\/\/.+)$/i.exec(name)?.[1];
  return key === undefined || value === undefined ? [] : [[key, value]];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
