/** Which of the operator's credentials a registry is greeted with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readNpmCredentials } from '../../../src/adapters/lib/npm-credentials.ts';
import type { Operator } from '../../../src/adapters/lib/operator.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function credentials(npmrc: string, variables: Operator['variables'] = {}, variablesTrusted = true) {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-npmrc-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, '.npmrc'), npmrc);
  return readNpmCredentials({
    variables,
    home: dir,
    repositoryRoot: '/nowhere',
    platform: 'linux',
    folders: [],
    npm: { userConfig: join(dir, '.npmrc'), referenced: [], usesHome: false, variablesTrusted },
    notes: [],
  });
}

it.each([
  ['a token', '//registry.test/:_authToken=abc', 'https://registry.test/', 'Bearer abc'],
  [
    'a token of the folder above',
    '//registry.test/npm/:_authToken=abc',
    'https://registry.test/npm/team/',
    'Bearer abc',
  ],
  ['a token written without a slash', '//registry.test/npm:_authToken=abc', 'https://registry.test/npm/', 'Bearer abc'],
  [
    'a token with spaces and quotes around it',
    ' //registry.test/:_authToken = "abc" ',
    'https://registry.test/',
    'Bearer abc',
  ],
  ['the token of a port', '//registry.test:8080/:_authToken=abc', 'https://registry.test:8080/', 'Bearer abc'],
  ['a pair', `//registry.test/:_auth=${base64('me:secret')}`, 'https://registry.test/', `Basic ${base64('me:secret')}`],
  [
    'a name and a password',
    `//registry.test/:username=me\n//registry.test/:_password=${base64('secret')}`,
    'https://registry.test/',
    `Basic ${base64('me:secret')}`,
  ],
])('finds %s', (_what, npmrc, url, authorization) => {
  expect(credentials(npmrc)(new URL(url))).toEqual({ authorization });
});

it.each([
  ['another host', '//registry.test/:_authToken=abc', 'https://registry.test.evil/'],
  ['another port', '//registry.test/:_authToken=abc', 'https://registry.test:8080/'],
  ['another folder', '//registry.test/npm/:_authToken=abc', 'https://registry.test/other/'],
  ['a folder that begins alike', '//registry.test/npm/:_authToken=abc', 'https://registry.test/npm-evil/'],
  ['a comment', '; //registry.test/:_authToken=abc', 'https://registry.test/'],
  ['a name without a password', '//registry.test/:username=me', 'https://registry.test/'],
  ['nothing', '', 'https://registry.test/'],
])('gives nothing to %s', (_what, npmrc, url) => {
  expect(credentials(npmrc)(new URL(url))).toEqual({});
});

it('fills in the variables a file names', () => {
  const find = credentials('//registry.test/:_authToken=${TOKEN}', { TOKEN: 'abc' });
  expect(find(new URL('https://registry.test/'))).toEqual({ authorization: 'Bearer abc' });
});

it('prefers a variable to a file, unless the project may have set it', () => {
  const variables = { 'npm_config_//registry.test/:_authToken': 'mine' };
  const url = new URL('https://registry.test/');
  expect(credentials('//registry.test/:_authToken=abc', variables)(url)).toEqual({ authorization: 'Bearer mine' });
  expect(credentials('//registry.test/:_authToken=abc', variables, false)(url)).toEqual({
    authorization: 'Bearer abc',
  });
});
