/** Who is let in to a mirror: the rules of the command, and a real HTTPS server with a token. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveMirror } from '../../src/adapters/http-server/serve-mirror.ts';
import { readExposure } from '../../src/cli/mirror/exposure.ts';
import { makeCertificate } from '../support/certificate.ts';
import { temporaryFolder } from '../support/mirror.ts';

const TOKEN = 'a-token-of-some-length';

function file(text: string): string {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, text);
  return path;
}

describe('an address', () => {
  it.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('of this machine alone needs nothing: %s', async (host) => {
    expect(await readExposure(host, {})).toEqual({});
  });

  it.each(['0.0.0.0', '::', '192.168.0.1', '127.0.0.1.example.org', '', '1270.0.0.1'])(
    'that others may reach needs a token and TLS: %j',
    async (host) => {
      await expect(readExposure(host, {})).rejects.toMatchObject({ code: 'mirror-exposed' });
      await expect(readExposure(host, { token: file(TOKEN) })).rejects.toMatchObject({ code: 'mirror-exposed' });
      await expect(readExposure(host, { cert: 'a', key: 'b' })).rejects.toMatchObject({ code: 'mirror-exposed' });
    },
  );

  it.each([
    ['short', 'secret', 'bad-token'],
    ['empty', '', 'bad-token'],
    ['of two lines', `${TOKEN}\n${TOKEN}`, 'bad-token'],
  ])('is not guarded by a token that is %s', async (_title, text, code) => {
    await expect(readExposure('127.0.0.1', { token: file(text) })).rejects.toMatchObject({ code });
  });

  it('names files that are not there', async () => {
    await expect(readExposure('127.0.0.1', { token: '/nowhere' })).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(readExposure('127.0.0.1', { cert: '/a' })).rejects.toMatchObject({ code: 'tls-incomplete' });
  });
});

describe('a server with a token over TLS', () => {
  const open = async () => {
    const { cert, key } = makeCertificate(temporaryFolder());
    const exposure = await readExposure('0.0.0.0', { token: file(`${TOKEN}\n`), cert, key });
    const handle = () => Promise.resolve({ status: 200, headers: {}, body: 'in' });
    const server = await serveMirror({ host: '127.0.0.1', port: 0, handle, ...exposure });
    onTestFinished(() => server.close());
    const dispatcher = new Agent({ connect: { ca: readFileSync(cert) } });
    onTestFinished(() => dispatcher.close());
    return { url: server.url, dispatcher };
  };

  it.each([
    ['no token', undefined, 401],
    ['a bearer token, as npm sends it', `Bearer ${TOKEN}`, 200],
    ['the token as a password, as pip-audit sends it', `Basic ${btoa(`mirror:${TOKEN}`)}`, 200],
    ['another token', 'Bearer another-token-of-length', 401],
    ['the beginning of it', `Bearer ${TOKEN.slice(0, -1)}`, 401],
    ['a scheme nobody knows', `Digest ${TOKEN}`, 401],
    ['garbage', 'garbage', 401],
  ])('answers %s', async (_title, authorization, status) => {
    const { url, dispatcher } = await open();
    expect(url).toMatch(/^https:/);
    const answer = await request(`${url}/healthz`, {
      dispatcher,
      headers: authorization === undefined ? {} : { authorization },
    });
    expect([answer.statusCode, await answer.body.text()]).toEqual([
      status,
      status === 200 ? 'in' : '{"message":"this mirror wants a token"}',
    ]);
  });

  it('does not speak plain HTTP, and does not start with a certificate that is none', async () => {
    const { url } = await open();
    await expect(request(url.replace('https:', 'http:'))).rejects.toThrow();
    const handle = () => Promise.reject(new Error('unreachable'));
    const tls = { cert: 'x', key: 'y' };
    await expect(serveMirror({ host: '127.0.0.1', port: 0, handle, tls })).rejects.toMatchObject({
      code: 'bad-certificate',
    });
  });
});
