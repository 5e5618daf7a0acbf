/** Where a PostgreSQL ledger lies, and which password may go there. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConnection } from '../../../src/adapters/ledger-postgres/connection.ts';
import type { ConnectionRequest } from '../../../src/adapters/ledger-postgres/connection.ts';
import { findPassword } from '../../../src/adapters/ledger-postgres/pgpass.ts';
import { makeRepository } from '../../support/repository.ts';

function read(url: string, over: Partial<ConnectionRequest> = {}) {
  return readConnection({ url, origin: 'environment', variables: {}, home: '/nonexistent', ...over });
}

describe('the address', () => {
  it.each([
    [
      'postgresql://me@db.example.test/ledger',
      'db.example.test',
      5432,
      'ledger',
      'PostgreSQL db.example.test:5432/ledger',
    ],
    ['postgres://me:pw@127.0.0.1:6000/a%20b', '127.0.0.1', 6000, 'a b', 'PostgreSQL 127.0.0.1:6000/a b'],
    ['postgresql://me@[::1]/x', '::1', 5432, 'x', 'PostgreSQL ::1:5432/x'],
    ['postgresql://me@/x?host=/run/pg&port=5433', '/run/pg', 5433, 'x', 'PostgreSQL x'],
    ['postgresql:///x?host=/run/pg', '/run/pg', 5432, 'x', 'PostgreSQL x'],
  ])('is read: %s', (url, host, port, database, place) => {
    const connection = read(url, { variables: { PGUSER: 'me' } });
    expect(connection).toMatchObject({ place, config: { host, port, database, user: 'me' } });
  });

  it.each([
    ['nonsense', /no postgresql/],
    ['mysql://me@h/x', /no postgresql/],
    ['postgresql://me@/x', /names no host/],
    ['postgresql://h/x', /names no user/],
    ['postgresql://me@h', /names no database/],
    ['postgresql://me@h:0/x', /port/],
    ['postgresql://me@h/x?options=-c', /parameter "options"/],
    ['postgresql://me@h/x?sslmode=prefer', /sslmode must be/],
    ['postgresql://me:%zz@h/x', /percent-encoded/],
    ['postgresql://me@h/x?sslmode=verify-full&sslrootcert=/nonexistent', /sslrootcert cannot be read/],
  ])('is refused without being repeated: %s', (url, message) => {
    expect(() => read(url)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'ledger-url',
        message: expect.stringMatching(message) as string,
      }) as Error,
    );
  });

  it('of the repository holds no secrets', () => {
    expect(() => read('postgresql://me:pw@h/x', { origin: 'configuration' })).toThrow(/no place in the configuration/);
    expect(() => read('postgresql://me@h/x?sslrootcert=/etc/passwd', { origin: 'configuration' })).toThrow(
      /FIXBY_LEDGER_URL only/,
    );
  });
});

describe('encryption', () => {
  it.each([
    ['postgresql://me@db.example.test/x', { rejectUnauthorized: true }],
    ['postgresql://me@localhost/x', false],
    ['postgresql://me@127.0.0.1/x', false],
    ['postgresql://me@/x?host=/run', false],
    ['postgresql://me@localhost/x?sslmode=verify-full', { rejectUnauthorized: true }],
    ['postgresql://me@db.example.test/x?sslmode=require', { rejectUnauthorized: false }],
    ['postgresql://me@db.example.test/x?sslmode=disable', false],
  ])('%s', (url, ssl) => {
    expect(read(url).config.ssl).toEqual(ssl);
  });
});

describe('the password', () => {
  const url = 'postgresql://me@db.example.test/ledger';
  const home = (text: string, mode = 0o600): string => {
    const { dir } = makeRepository({ '.pgpass': text });
    chmodSync(join(dir, '.pgpass'), mode);
    return dir;
  };
  it.each<[string, Partial<ConnectionRequest> & { url?: string }, string]>([
    ['of the address', { url: 'postgresql://me:a%3Ab@h/x', variables: { PGPASSWORD: 'no' } }, 'a:b'],
    ['of the environment', { variables: { PGPASSWORD: 'env' } }, 'env'],
    [
      'of the environment, not for a host that the repository named',
      { origin: 'configuration', variables: { PGPASSWORD: 'env' } },
      '',
    ],
    [
      'of the environment, for a host that the operator named too',
      { origin: 'configuration', variables: { PGPASSWORD: 'env', PGHOST: 'db.example.test' } },
      'env',
    ],
    ['nowhere', {}, ''],
  ])('%s', (_, over, password) => {
    expect(read(over.url ?? url, over).config.password).toBe(password);
  });

  it('of the password file, if it is private', () => {
    const text = '# comment\nother:5432:*:me:no\ndb.example.test:*:ledger:me:fi\\:le\\\\\n';
    expect(read(url, { origin: 'configuration', home: home(text) }).config.password).toBe('fi:le\\');
    expect(read(url, { home: home(text, 0o644) }).config.password).toBe('');
  });

  it.each([
    ['h:5432:d:u:pw', 'pw'],
    ['*:*:*:*:pw', 'pw'],
    ['h:5432:d:u:pw:with:colons', 'pw'],
    ['h:5433:d:u:pw', undefined],
    ['h:5432:d:u', undefined],
    ['h:5432:d:u:', ''],
    ['', undefined],
    ['#h:5432:d:u:pw', undefined],
  ])('in the line %s', (line, password) => {
    expect(findPassword(line, { host: 'h', port: 5432, database: 'd', user: 'u' })).toBe(password);
  });

  it('of a socket is that of localhost', () => {
    expect(findPassword('localhost:5432:d:u:pw', { host: '/run/pg', port: 5432, database: 'd', user: 'u' })).toBe('pw');
  });
});
