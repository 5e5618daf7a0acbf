/**
 * Reads the address of a PostgreSQL ledger, and decides which password may go to it. An address in the repository's own
 * configuration may not carry a password, and no password of the operator goes to a host that only the repository named.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientConfig } from 'pg';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Variables } from '../lib/host.ts';
import { findPassword } from './pgpass.ts';

export interface ConnectionRequest {
  /** `postgresql://[user[:password]@]host[:port]/database[?sslmode=…&sslrootcert=…&host=…&port=…]`. */
  readonly url: string;
  /** `environment` is the operator's word; `configuration` came with the audited repository. */
  readonly origin: 'environment' | 'configuration';
  readonly variables: Variables;
  /** The operator's home folder, for `.pgpass`. */
  readonly home: string;
}

export interface Connection {
  /** For reports, without credentials. */
  readonly place: string;
  readonly config: ClientConfig;
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sslmode: string | undefined;
  readonly sslrootcert: string | undefined;
}

const PARAMETERS = new Set(['sslmode', 'sslrootcert', 'host', 'port']);

/** Throws a UsageError `ledger-url` that never holds the address itself. */
export function readConnection({ url, origin, variables, home }: ConnectionRequest): Connection {
  const address = readAddress(url, variables);
  if (origin === 'configuration') refuseRepositorySecrets(address);
  const { host, port, database, user } = address;
  const config: ClientConfig = {
    host,
    port,
    database,
    user,
    // Always given, so that pg looks for none itself.
    password: choosePassword(address, origin, variables, home),
    ssl: readTls(address),
    application_name: 'fixby',
    connectionTimeoutMillis: 10_000,
  };
  return { place: `PostgreSQL ${host.startsWith('/') ? '' : `${host}:${port}/`}${database}`, config };
}

function readAddress(text: string, variables: Variables): Address {
  const url = parseUrl(text);
  for (const name of url.searchParams.keys()) {
    if (!PARAMETERS.has(name)) throw badUrl(`it has a parameter "${excerpt(name, 40)}" that fixby does not know`);
  }
  const host = url.searchParams.get('host') ?? decode(url.hostname).replace(/^\[|\]$/g, '');
  const user = decode(url.username) || variables['PGUSER'] || variables['USER'] || '';
  const database = decode(url.pathname.slice(1));
  if (host === '') throw badUrl('it names no host');
  if (user === '') throw badUrl('it names no user, and neither does PGUSER');
  if (database === '') throw badUrl('it names no database');
  const port = Number(url.searchParams.get('port') ?? (url.port === '' ? 5432 : url.port));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw badUrl('its port is none');
  return {
    host,
    port,
    database,
    user,
    password: decode(url.password),
    sslmode: url.searchParams.get('sslmode') ?? undefined,
    sslrootcert: url.searchParams.get('sslrootcert') ?? undefined,
  };
}

function parseUrl(text: string): URL {
  // A URL of an unknown scheme may have an empty host only without a user, which a socket address needs.
  const spelled = text.replace(/^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)(?=[/?])/, '$1socket.invalid');
  const url = URL.canParse(spelled) ? new URL(spelled) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol)) throw badUrl('it is no postgresql:// address');
  if (url.hostname === 'socket.invalid' && !url.searchParams.has('host')) throw badUrl('it names no host');
  return url;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badUrl('a part of it is not percent-encoded as it must be');
  }
}

function refuseRepositorySecrets({ password, sslrootcert }: Address): void {
  if (password !== '') throw badUrl('a password has no place in the configuration; use FIXBY_LEDGER_URL or ~/.pgpass');
  if (sslrootcert !== undefined) throw badUrl('sslrootcert is read from FIXBY_LEDGER_URL only');
}

function choosePassword(
  { password, host, port, database, user }: Address,
  origin: ConnectionRequest['origin'],
  variables: Variables,
  home: string,
): string {
  if (password !== '') return password;
  const ambient = variables['PGPASSWORD'];
  if (ambient !== undefined && (origin === 'environment' || variables['PGHOST'] === host)) return ambient;
  return (
    findPassword(readPrivate(variables['PGPASSFILE'] ?? join(home, '.pgpass')), { host, port, database, user }) ?? ''
  );
}

/** Empty for a file that others may read, as libpq has it. https://www.postgresql.org/docs/15/libpq-pgpass.html */
function readPrivate(path: string): string {
  try {
    const found = statSync(path);
    return found.isFile() && (found.mode & 0o077) === 0 ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

/** Without `sslmode`, a host that is not this machine must prove who it is. */
function readTls({ host, sslmode, sslrootcert }: Address): NonNullable<ClientConfig['ssl']> {
  const ca = sslrootcert === undefined ? {} : { ca: readCertificate(sslrootcert) };
  switch (sslmode ?? (isLocal(host) ? 'disable' : 'verify-full')) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case 'verify-full':
      return { ...ca, rejectUnauthorized: true };
    default:
      throw badUrl('sslmode must be disable, require, verify-ca or verify-full');
  }
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw badUrl('its sslrootcert cannot be read');
  }
}

function isLocal(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function badUrl(why: string): UsageError {
  const mend =
    'Write postgresql://user@host:5432/database, in FIXBY_LEDGER_URL or as `ledger.url` in the configuration.';
  return new UsageError('ledger-url', `The address of the ledger cannot be used: ${why}.`, mend);
}
