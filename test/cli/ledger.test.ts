/** `fixby ledger` as a user meets it, and the scripts that verify a ledger without fixby. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLedger } from '../../src/cli/commands/ledger.ts';
import type { LedgerAction } from '../../src/cli/commands/ledger.ts';
import type { World } from '../../src/cli/world.ts';
import { format, makeLines } from '../support/ledger-values.ts';
import { ROOT } from '../support/fixby.ts';
import { makeRepository } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

const CHAIN = makeLines([1, 3, 1]);
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const EDITED = CHAIN.map((line, at) => (at === 2 ? line.replace('left', 'loft') : line));

function withLedger(lines: readonly string[], more: FileTree = {}): string {
  return makeRepository({ '.fixby/ledger.jsonl': textOf(lines), ...more }).dir;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  action: LedgerAction,
  dir: string,
  options: Record<string, unknown> = {},
  env: World['env'] = {},
): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const world: World = {
    argv: [],
    env,
    cwd: dir,
    stdout: { write: (text) => (said.stdout += text) },
    stderr: { write: (text) => (said.stderr += text) },
    pid: process.pid,
    platform: process.platform,
    home: '/nonexistent',
    tempRoot: tmpdir(),
    execPath: process.execPath,
    entry: import.meta.url,
    kill: (pid, signal) => process.kill(pid, signal),
    interrupted: new AbortController().signal,
    onEnd: () => undefined,
  };
  const code = await runLedger(world, action, '.', options);
  return { code, ...said };
}

function usage(code: string): Error {
  return expect.objectContaining({ name: 'UsageError', code }) as Error;
}

async function anchorOf(lines: readonly string[], options: Record<string, unknown> = {}): Promise<string> {
  return (await run('anchor', withLedger(lines), options)).stdout;
}

describe('verify', () => {
  it('says that a sound chain is sound, and what that does not prove', async () => {
    const { code, stdout } = await run('verify', withLedger(CHAIN));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✔ 5 events of acme\/shop/);
    expect(stdout).toMatch(/! Not proven: .*cut its end off/);
  });

  it.each<[string, readonly string[], string, string]>([
    ['an edit', EDITED, '', 'Line 4 does not carry the hash of line 3'],
    ['a removal', CHAIN.filter((_, at) => at !== 2), '', 'event 3 is missing before it'],
    ['a text at the end', CHAIN, 'note', 'Line 6 is no event: "note"'],
    [
      'a fact that is none',
      CHAIN.with(4, CHAIN[4]!.replace('"high"', '"huge"')),
      '',
      'The facts of line 5 cannot be read',
    ],
    ['other bytes', CHAIN.with(4, CHAIN[4]!.replace('"at":', '"at": ')), '', 'not in the bytes that fixby writes'],
  ])('fails on %s, and names the line', async (_, lines, rest, words) => {
    const dir = makeRepository({ '.fixby/ledger.jsonl': `${textOf(lines)}${rest}` }).dir;
    const { code, stdout } = await run('verify', dir);
    expect([code, stdout]).toEqual([1, expect.stringContaining(words)]);
  });

  it('holds the chain against anchors from a text and a file', async () => {
    const [first, last] = [await anchorOf(CHAIN.slice(0, 1)), await anchorOf(CHAIN)];
    const dir = withLedger(CHAIN, { 'anchors.jsonl': `Release 1.0.0\n${first}${last}` });
    expect(await run('verify', dir, { anchor: [first, 'anchors.jsonl'] })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('✔ The anchor of event 5') as string,
    });
    expect(await run('verify', withLedger(CHAIN.slice(0, 4)), { anchor: [last] })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('its end was cut off') as string,
    });
    expect(await run('verify', withLedger(makeLines([2, 3])), { anchor: [last] })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('was rewritten') as string,
    });
    expect(await run('verify', withLedger([]), { anchor: [last] })).toMatchObject({ code: 1 });
  });

  it.each([[['{"schema":1}']], [['missing.jsonl']], [['empty.txt']]])('refuses %j for an anchor', async (anchor) => {
    await expect(run('verify', withLedger(CHAIN, { 'empty.txt': 'nothing' }), { anchor })).rejects.toThrow(
      /anchor|cannot be read/,
    );
  });

  it.each<[string, FileTree]>([
    ['no ledger', {}],
    ['an empty one', { '.fixby/ledger.jsonl': '' }],
    ['one of a later fixby', { '.fixby/ledger.jsonl': '{"schema":"fixby.ledger/v2"}\n' }],
    ['one that is no file', { '.fixby/ledger.jsonl/x': '' }],
  ])('cannot look at %s', async (_, files) => {
    expect((await run('verify', makeRepository(files).dir)).code).toBe(3);
  });

  it('leaves a torn end where it is, and says so', async () => {
    const dir = makeRepository({ '.fixby/ledger.jsonl': `${textOf(CHAIN)}{"at":"20` }).dir;
    expect(await run('verify', dir)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The last 9 bytes of the ledger') as string,
    });
    expect(readFileSync(join(dir, '.fixby/ledger.jsonl'), 'utf8')).toMatch(/\{"at":"20$/);
  });

  it('answers in JSON', async () => {
    const { code, stdout } = await run('verify', withLedger(EDITED), { format: 'json' });
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      { schema: 'fixby.ledger-proof/v1', events: 5, sound: false, faults: [{ line: 4, kind: 'wrong-link' }] },
    ]);
  });
});

describe('signed anchors', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const other = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const dir = () =>
    withLedger(CHAIN, {
      key: privateKey,
      'key.pub': publicKey,
      'other.pub': other.publicKey,
      'rsa.pub': rsa.publicKey,
      rsa: rsa.privateKey,
    });

  it('hold with the right key only, and only unchanged', async () => {
    const at = dir();
    const { stdout: anchor } = await run('anchor', at, { key: 'key' });
    const plain = (await run('anchor', at)).stdout;
    const verify = async (text: string, publicKeyFile: string) =>
      (await run('verify', at, { anchor: [text], publicKey: publicKeyFile })).code;
    expect(await verify(anchor, 'key.pub')).toBe(0);
    expect(await verify(anchor, 'other.pub')).toBe(1);
    expect(await verify(plain, 'key.pub')).toBe(1);
    expect(await verify(anchor.replace('2026-03-01', '2026-03-02'), 'key.pub')).toBe(1);
  });

  it('need an Ed25519 key and an anchor, and never repeat a key', async () => {
    await expect(run('anchor', dir(), { key: 'rsa' })).rejects.toThrow(usage('key-unusable'));
    await expect(run('anchor', dir(), { key: 'key.pub' })).rejects.toThrow(usage('key-unusable'));
    await expect(run('verify', dir(), { publicKey: 'rsa.pub', anchor: [await anchorOf(CHAIN)] })).rejects.toThrow(
      usage('key-unusable'),
    );
    await expect(run('verify', dir(), { publicKey: 'key.pub' })).rejects.toThrow(usage('no-anchor'));
  });
});

describe('anchor', () => {
  it('is one line, the same each time', async () => {
    const first = await anchorOf(CHAIN);
    expect(JSON.parse(first)).toEqual({
      schema: 'fixby.anchor/v1',
      repository: 'acme/shop',
      seq: 5,
      hash: format.hash(CHAIN[4]!),
      at: '2026-03-01T02:00:00.000Z',
    });
    expect(await anchorOf(CHAIN)).toBe(first);
  });

  it('is not made of a broken chain, nor of none', async () => {
    expect(await run('anchor', withLedger(EDITED))).toMatchObject({ code: 1, stdout: '' });
    expect(await run('anchor', withLedger([]))).toMatchObject({ code: 3, stdout: '' });
  });
});

describe('export and import', () => {
  it('carry a ledger over with the same bytes', async () => {
    const from = withLedger(CHAIN);
    const to = makeRepository().dir;
    expect(await run('export', from)).toEqual({ code: 0, stdout: textOf(CHAIN), stderr: '' });
    await run('export', from, { output: join(to, 'out.jsonl') });
    expect(await run('import', to, { from: 'out.jsonl' })).toEqual({
      code: 0,
      stdout: '5 events were imported into .fixby/ledger.jsonl\n',
      stderr: '',
    });
    expect(readFileSync(join(to, '.fixby/ledger.jsonl'), 'utf8')).toBe(textOf(CHAIN));
  });

  it('refuse what is broken, half, missing, or in the way', async () => {
    const dir = withLedger(CHAIN, { edited: textOf(EDITED), half: textOf(CHAIN).slice(0, -9), fine: textOf(CHAIN) });
    expect(await run('export', withLedger(EDITED))).toMatchObject({ code: 1, stdout: '' });
    expect(await run('import', dir, { from: 'edited' })).toMatchObject({ code: 2, stdout: '' });
    expect(await run('import', dir, { from: 'fine' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('already holds 5 events') as string,
    });
    await expect(run('import', dir, { from: 'half' })).rejects.toThrow(usage('import-torn'));
    await expect(run('import', dir, { from: 'missing' })).rejects.toThrow(usage('import-unreadable'));
  });
});

describe('a PostgreSQL ledger', () => {
  it('needs a name for the repository, and says where it could not be reached', async () => {
    const env = { FIXBY_LEDGER_URL: 'postgresql://me:Gehe1m@127.0.0.1:1/ledger' };
    await expect(run('verify', makeRepository().dir, {}, env)).rejects.toThrow(usage('ledger-without-name'));
    const named = makeRepository({ '.fixby/config.yaml': 'ledger: { repository: acme/shop }' }).dir;
    const { code, stderr } = await run('verify', named, {}, env);
    expect([code, stderr]).toEqual([3, expect.stringContaining('PostgreSQL 127.0.0.1:1/ledger could not be used')]);
    expect(stderr).not.toContain('Gehe1m');
  });
});

describe('the scripts of docs/ledger.md', () => {
  const page = readFileSync(join(ROOT, 'docs/ledger.md'), 'utf8');
  const script = (language: string): string =>
    new RegExp(`\`\`\`${language}\\n([^\`]*(?:\`[^\`]+\`[^\`]*)*?)\`\`\``).exec(page)?.[1] ?? '';

  it.each([
    ['python', 'verify.py', 'python3'],
    ['js', 'verify.cjs', process.execPath],
  ])('find what fixby finds: %s', (language, name, program) => {
    const dir = withLedger(CHAIN, {
      [name]: script(language),
      'edited.jsonl': textOf(EDITED),
      'removed.jsonl': textOf(CHAIN.toSpliced(3, 1)),
    });
    const verify = (file: string) => spawnSync(program, [join(dir, name), join(dir, file)], { encoding: 'utf8' });
    expect(verify('.fixby/ledger.jsonl')).toMatchObject({ status: 0, stdout: `${format.hash(CHAIN[4]!)}\n` });
    expect(verify('edited.jsonl')).toMatchObject({ status: 1, stderr: expect.stringContaining('line 4') as string });
    expect(verify('removed.jsonl')).toMatchObject({ status: 1, stderr: expect.stringContaining('line 4') as string });
  });

  it('agree with sha256sum', () => {
    const dir = makeRepository().dir;
    writeFileSync(join(dir, 'line'), CHAIN[0]!);
    expect(execFileSync('sha256sum', [join(dir, 'line')], { encoding: 'utf8' }).slice(0, 64)).toBe(
      (JSON.parse(CHAIN[1]!) as { prev: string }).prev,
    );
  });
});
