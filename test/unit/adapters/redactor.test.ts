/** No secret enters what is kept: planted ones of every kind are gone, and the rest is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/adapters/lib/redactor.ts';
import { readOperator } from '../../../src/adapters/lib/operator.ts';
import { gatherSecrets } from '../../../src/adapters/lib/secrets.ts';
import { makeRepository } from '../../support/repository.ts';

/** Whatever `SECRET` stands in must be gone. */
const SECRET = 'Zx81planted0Secret';
const unaware = createRedactor([]);

describe('what looks like a secret', () => {
  it.each([
    ['a password in an address', `GET https://ada:${SECRET}@registry.example/left`],
    ['a token as the user of an address', `http://${SECRET}@registry.example/`],
    ['a token of .npmrc', `//registry.example/:_authToken=${SECRET}`],
    ['a pair of .npmrc', `_auth = x\n//r.example/:_auth=${SECRET}`],
    ['a quoted password', `//r.example/:_password="${SECRET}"`],
    ['a query', `https://r.example/?a=1&token=${SECRET}&b=2`],
    ['an environment line', `NPM_TOKEN=${SECRET}`],
    ['a JSON document', `{"name":"left","authToken":"x","token":"${SECRET}"}`],
    ['a JSON field that ends in a telling word', `{"npm_config_password": "${SECRET}"}`],
    ['YAML', `ledger:\n  password: ${SECRET}\n`],
    ['a YAML comment', `# token: ${SECRET}`],
    ['a header', `Authorization: Bearer ${SECRET}`],
    ['a header in JSON', `{"authorization":"Basic ${SECRET}"}`],
    ['a proxy header', `proxy-authorization: ${SECRET}`],
    ['a cookie', `set-cookie: session=${SECRET}; path=/`],
    ['an npm token', `npm_${SECRET}${SECRET}`],
    ['a GitHub token', `ghp_${SECRET}${SECRET}`],
    ['a fine-grained GitHub token', `github_pat_${SECRET}${SECRET}`],
    ['a GitLab token', `glpat-${SECRET}abc`],
    ['a PyPI token', `pypi-${SECRET}${SECRET}${SECRET}`],
    ['a Slack token', `xoxb-${SECRET}`],
    ['a JSON web token', `eyJhbGciOiJub25l.${SECRET}.${SECRET}`],
    ['a private key', `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----`],
    ['a private key that was cut off', `before\n-----BEGIN EC PRIVATE KEY-----\n${SECRET}`],
  ])('is hidden: %s', (_, text) => {
    const { text: safe, count } = unaware(text);
    expect(safe).not.toContain(SECRET);
    expect(safe).toContain('***');
    expect(count).toBeGreaterThan(0);
  });

  it.each([
    'an advisory about password resets and tokens',
    'https://github.com/advisories/GHSA-xxjr-mmjv-4gpg',
    '{"url":"https://registry.example","contact":"ada@example.org"}',
    '{"tokens":3,"via":["left"],"isDirect":true}',
    'sha512-WU4u5RZ9sVL8hnlh+vYDAx5a8d7MTUR9xT3tTLp2Mr5hr4cEBqDwmKUdnTRyWQ3s==',
    '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',
    '@scope/name@1.2.3 //registry.example/path',
  ])('is not seen where there is none: %s', (text) => {
    expect(unaware(text)).toEqual({ text, count: 0 });
  });

  it('leaves the rest of a JSON document readable', () => {
    const document = {
      url: `https://a:${SECRET}@r.example/x`,
      token: SECRET,
      name: 'left',
      nested: [{ _auth: SECRET }],
    };
    const { text, count } = unaware(JSON.stringify(document, null, 2));
    expect(JSON.parse(text)).toEqual({
      url: 'https://***@r.example/x',
      token: '***',
      name: 'left',
      nested: [{ _auth: '***' }],
    });
    expect(count).toBe(3);
  });

  it.each([
    ['a token without an end', `token=${'x'.repeat(2_000_000)}`],
    ['the beginnings of web tokens', 'eyJ-'.repeat(500_000)],
    ['addresses without an end', '//a'.repeat(500_000)],
    ['keys that never end', '-----BEGIN PRIVATE KEY-----'.repeat(50_000)],
    ['a header that never ends', `authorization: ${'a'.repeat(2_000_000)}`],
  ])('is looked for without an end of its own: %s', (_, text) => {
    expect(unaware(text).text.length).toBeLessThanOrEqual(text.length);
  });

  it('is hidden in every one of several keys', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`;
    expect(unaware(`a\n${key}b\n${key}c`)).toEqual({ text: 'a\n***\nb\n***\nc', count: 2 });
  });
});

describe('what is known to be secret', () => {
  const strange = 'p$a.s*s(w)o[r]d"\\/é';
  it.each([
    ['as it is', (secret: string) => secret],
    ['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
    ['in an address', (secret: string) => encodeURIComponent(secret)],
    ['in JSON', (secret: string) => JSON.stringify({ a: secret })],
  ])('is hidden %s', (_, write) => {
    const { text, count } = createRedactor([strange])(`before ${write(strange)} after`);
    expect(text).toContain('***');
    expect(text).not.toContain('o[r]d');
    expect(text).not.toContain(Buffer.from(strange).toString('base64').slice(0, 12));
    expect([text.startsWith('before '), text.endsWith(' after'), count]).toEqual([true, true, 1]);
  });

  it('is hidden wherever it stands, and nothing else changes', () => {
    const secret = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim() === text);
    const harmless = fc.stringMatching(/^[ .,\n]{0,20}$/);
    fc.assert(
      fc.property(secret, harmless, harmless, (word, before, after) => {
        fc.pre(!`${before}${after}`.includes(word));
        expect(createRedactor([word])(`${before}${word}${after}`)).toEqual({ text: `${before}***${after}`, count: 1 });
      }),
    );
  });

  it('is not searched for when it is too short to be told from a word', () => {
    expect(createRedactor(['npm', 'left'])('npm audit left')).toEqual({ text: 'npm audit left', count: 0 });
  });
});

describe('secrets of the surroundings', () => {
  it('are gathered from variables, addresses and files', () => {
    const home = makeRepository({
      '.npmrc': `//r.example/:_authToken=fromHomeNpmrc1\n//r.example/:_password=${Buffer.from('fromBase64Password').toString('base64')}\n`,
      '.netrc': 'machine r.example login ada password fromNetrc12\n',
      '.pypirc': '[pypi]\nusername = __token__\npassword = fromPypirc123\n',
      '.pgpass': 'db.example:5432:ledger:ada:fromPgpass123\n',
      '.config/pip/pip.conf': '[global]\nindex-url = https://ada:fromPipConf12@r.example/simple\n',
    });
    const repository = makeRepository({ '.npmrc': '//r.example/:_authToken=fromProjectNpmrc\n' });
    const variables = {
      NPM_TOKEN: 'fromVariable12',
      HTTPS_PROXY: 'http://ada:fromProxy1234@proxy.example:8080',
      FIXBY_LEDGER_URL: 'postgres://ada:from%20Ledger@db.example/x',
      SLACK_WEBHOOK_URL: 'https://hooks.example/services/fromHook',
      GIT_AUTHOR_NAME: 'Ada Lovelace',
      SSH_KEY: '/home/ada/.ssh/id',
      PATH: '/usr/bin',
    };
    const operator = readOperator(variables, home.dir, repository.dir, process);
    const found = gatherSecrets(operator);
    for (const secret of [
      'fromVariable12',
      'fromProxy1234',
      'from Ledger',
      'https://hooks.example/services/fromHook',
      'fromHomeNpmrc1',
      'fromBase64Password',
      'fromNetrc12',
      'fromPypirc123',
      'fromPgpass123',
      'fromPipConf12',
      'fromProjectNpmrc',
    ])
      expect(found).toContain(secret);
    expect(found.join('\n')).not.toMatch(/Lovelace|\.ssh/);
  });
});
