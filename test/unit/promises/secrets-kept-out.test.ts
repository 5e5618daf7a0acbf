/** Whether secrets stay out of the repository. No key here is real: each was put together for the test. */
import { describe, expect, it } from 'vitest';
import { holdsToken, isSecretPath, realValues } from '../../../src/core/promises/secret-files.ts';
import type { GitQuestion, GitReply } from '../../../src/core/model/git-question.ts';
import { makeCheckout, npmTarget, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

const KIND = 'secrets-kept-out';
const SAYS = 'Never commit `.env` files.';
// Put together at run time, so that no scanner takes this file for a leak.
const TOKEN = ['ghp', 'q7Zr2LmX9vT4bN8kW3sD6fH1jP5cY0aGeUoI'].join('_');
const PRIVATE_KEY = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEow\n'].join(' ');

/** Ignores every path whose last segment is among `names`. */
function ignoring(...names: readonly string[]): (question: GitQuestion) => GitReply {
  return (question) => {
    if (question.about !== 'ignored') return { about: 'unknown', detail: 'not asked' };
    const rule = (path: string) =>
      names.includes(path.slice(path.lastIndexOf('/') + 1)) ? { file: '.gitignore', line: 3, pattern: '.env' } : null;
    return { about: 'ignored', rules: question.paths.map(rule) };
  };
}

function world(tracked: readonly string[], files: Readonly<Record<string, string>> = {}): MadeUp {
  return { files, facts: { checkout: makeCheckout({ tracked }) }, git: ignoring('.env') };
}

describe('ignored', () => {
  it('is kept by a rule, with its line', () => {
    const row = rowOf(KIND, SAYS, world([]));
    expect([row.verdict, proofOf(row)]).toEqual(['kept', expect.stringContaining('git ignores ".env" @.gitignore:3')]);
  });

  it('is broken without one, in each folder it is needed in', () => {
    const row = rowOf(KIND, SAYS, { facts: { targets: [npmTarget('web')] }, git: ignoring() });
    expect(row.verdict).toBe('broken');
    expect(proofOf(row)).toContain('git does not ignore .env ');
    expect(proofOf(row)).toContain('git does not ignore web/.env');
  });

  it('asks for what is named beside it', () => {
    const row = rowOf(KIND, 'Never commit `.env` or `credentials.json`.', { git: ignoring('.env') });
    expect([row.verdict, proofOf(row)]).toEqual([
      'broken',
      expect.stringContaining('git does not ignore credentials.json'),
    ]);
  });

  it('needs no rule for a file nobody uses or names', () => {
    expect(rowOf(KIND, 'All secrets are gitignored.', { git: ignoring() }).verdict).toBe('kept');
    const files = { '.env.example': 'A=\n' };
    expect(rowOf(KIND, 'All secrets are gitignored.', { files, git: ignoring() }).verdict).toBe('broken');
  });

  it('cannot be told without git', () => {
    expect(rowOf(KIND, SAYS, { facts: { checkout: null } }).verdict).toBe('cannot-tell');
    expect(rowOf(KIND, SAYS).verdict).toBe('cannot-tell');
  });
});

describe('tracked', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['.env', { '.env': 'A=1' }, 'broken'],
    ['.env.production with public values', { '.env.production': 'NEXT_PUBLIC_URL=https://app.dev\n' }, 'kept'],
    ['.env.production with a real value', { '.env.production': `API_TOKEN=${TOKEN}\n` }, 'broken'],
    ['a private key', { 'deploy/id_rsa': PRIVATE_KEY }, 'broken'],
    ['a certificate', { 'ca.pem': '-----BEGIN CERTIFICATE-----\nMIID\n' }, 'kept'],
    ['a private key among tests', { 'test/fixtures/server.key': PRIVATE_KEY }, 'cannot-tell'],
  ])('%s', (_what, files, verdict) => {
    const row = rowOf(KIND, SAYS, world(Object.keys(files), files));
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it('leaves a key store, which is no text, to a person', () => {
    const store = { status: 'ok', path: 'a.p12', text: '\uFFFD', encoding: 'lossy', sha256: '' } as const;
    const row = rowOf(KIND, SAYS, { ...world(['a.p12']), files: { 'a.p12': store } });
    expect([row.verdict, row.forAPerson]).toEqual(['cannot-tell', true]);
  });
});

describe('examples', () => {
  it.each([
    ['API_KEY=your-key-here\nDEBUG=true\n', 'kept'],
    ['API_KEY=\nDATABASE_URL=postgresql://app:password@localhost/app\n', 'kept'],
    ['SECRET_KEY=changeme-changeme-changeme-1\n', 'kept'],
    [`GITHUB_TOKEN=${TOKEN}\n`, 'broken'],
    ['SESSION_SECRET=9f86d081884c7d659a2feaa0c55ad015\n', 'broken'],
  ])('with %j is %s', (text, verdict) => {
    const row = rowOf(KIND, SAYS, world([], { '.env.example': text }));
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it('never repeats a value', () => {
    const row = rowOf(KIND, SAYS, world(['.env.local'], { '.env.example': `T=${TOKEN}`, '.env.local': `T=${TOKEN}` }));
    expect(row.verdict).toBe('broken');
    expect(JSON.stringify(row)).not.toContain(TOKEN.slice(4, 14));
  });
});

describe('the past', () => {
  const past = (path: string): MadeUp => ({
    ...world([]),
    facts: {
      checkout: makeCheckout(),
      pastSecrets: [{ path, commit: 'd'.repeat(40), at: '2025-02-03T00:00:00.000Z' }],
    },
  });

  it.each([
    ['web/.env', 'broken'],
    ['ca.pem', 'cannot-tell'],
    ['test/fixtures/a.key', 'kept'],
  ])('with %s is %s', (path, verdict) => {
    expect(rowOf(KIND, SAYS, past(path)).verdict).toBe(verdict);
  });

  it('is open where it cannot be searched', () => {
    expect(rowOf(KIND, SAYS, { ...world([]), facts: { pastSecrets: null } }).verdict).toBe('cannot-tell');
  });
});

describe('sentences', () => {
  it.each([
    '`.env` files are in `.gitignore`',
    'Credentials are not committed to the repository.',
    'No secrets are committed.',
  ])('%s', (text) => {
    expect(rowsOf(KIND, text)).toHaveLength(1);
  });

  it.each(['Secrets are stored in a vault.', 'Never commit directly to main.', 'Do not include secrets in prompts.'])(
    '%s promises nothing of this',
    (text) => {
      expect(rowsOf(KIND, text)).toEqual([]);
    },
  );
});

it.each(['.env', 'a/.env.local', 'id_ed25519', 'x/server.pem', 'credentials.json'])('%s may bear secrets', (path) => {
  expect(isSecretPath(path)).toBe(true);
});

it.each(['.env.example', '.env.sample', 'env.ts', 'id_rsa.pub', 'keys.md', 'package.json'])('%s does not', (path) => {
  expect(isSecretPath(path)).toBe(false);
});

it('sees no token in what only has its shape', () => {
  expect(holdsToken(`ghp_${'A'.repeat(36)}`)).toBe(false);
  expect(realValues('KEY=<your key>\nTOKEN=${TOKEN}\nPASSWORD=password\n')).toEqual([]);
});
