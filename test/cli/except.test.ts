/** `fixby except` as a user meets it: the file it edits, what it prints, its exit codes. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExcept } from '../../src/cli/commands/except.ts';
import type { ExceptAction } from '../../src/cli/commands/except.ts';
import { recordRun, runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { audited, observed, sighting } from '../support/observed.ts';
import { makeRepository, SECURITY_MD } from '../support/repository.ts';

const RISK = {
  advisory: 'GHSA-2222-3333-4444',
  target: 'web',
  reason: 'not reachable',
  owner: 'ada',
  approver: 'grace',
  expires: '2099-06-30',
};

function makeFolder(exceptions?: string): string {
  const files = exceptions === undefined ? {} : { '.fixby/exceptions.yaml': exceptions };
  return makeRepository({ 'SECURITY.md': SECURITY_MD, ...files }).dir;
}

function entry(over: Readonly<Record<string, string>> = {}): string {
  const keys = Object.entries({ ...RISK, ...over }).map(([key, value]) => `${key}: "${value}"`);
  return `  - ${keys.join('\n    ')}\n`;
}

function except(
  root: string,
  action: ExceptAction,
  options: Readonly<Record<string, unknown>> = {},
): Promise<CommandRun> {
  return runInProcess(root, (world) => runExcept(world, action, '.', options));
}

function fileIn(root: string): string {
  return readFileSync(join(root, '.fixby/exceptions.yaml'), 'utf8');
}

/** Records one run that found the flaw in `web`, and nothing in `api`. */
function recordFound(root: string): Promise<void> {
  const found = sighting(['GHSA-2222-3333-4444', 'CVE-2025-1']);
  const audits = [audited(), audited('api', {})];
  return recordRun(root, observed([found], { audits }), new Date().toISOString());
}

describe('add', () => {
  it('makes the file, then adds to it and keeps its comments', async () => {
    const root = makeFolder();
    const { code, stdout } = await except(root, 'add', RISK);
    expect([code, stdout]).toEqual([0, expect.stringContaining('is accepted until the end of 2099-06-30')]);
    writeFileSync(join(root, '.fixby/exceptions.yaml'), `${fileIn(root)}  # keep me\n`);
    expect((await except(root, 'add', { ...RISK, target: 'api' })).code).toBe(0);
    expect(fileIn(root)).toContain('# keep me');
    const { exceptions } = JSON.parse((await except(root, 'list', { format: 'json' })).stdout) as {
      exceptions: unknown[];
    };
    expect(exceptions).toMatchObject([
      { ...RISK, holds: true },
      { ...RISK, target: 'api', holds: true },
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['what is missing', { owner: '' }, '--owner is ""'],
    ['a day that is past', { expires: '2020-01-01' }, 'It would have ended on 2020-01-01'],
    ['a range nobody can read', { versions: '<<1' }, '--versions is "<<1"'],
  ])('refuses %s and writes nothing', async (_, over, complaint) => {
    const root = makeFolder();
    const { code, stderr } = await except(root, 'add', { ...RISK, ...over });
    expect([code, stderr]).toEqual([2, expect.stringContaining(complaint)]);
    expect(() => fileIn(root)).toThrow('ENOENT');
  });

  it('refuses what is accepted already, however it is written', async () => {
    const root = makeFolder(`exceptions:\n${entry()}`);
    const { code, stderr } = await except(root, 'add', { ...RISK, advisory: 'ghsa-2222-3333-4444', target: './web/' });
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('.fixby/exceptions.yaml:2: GHSA-2222-3333-4444 is accepted'),
    ]);
  });

  it('leaves a file alone that cannot be used', async () => {
    const root = makeFolder('exceptions: [{advisory: x}]\n');
    const { code, stderr } = await except(root, 'add', RISK);
    expect([code, stderr]).toEqual([2, expect.stringContaining('.fixby/exceptions.yaml:1:')]);
    expect(fileIn(root)).toBe('exceptions: [{advisory: x}]\n');
  });

  it('writes through no link that leaves the repository', async () => {
    const { dir: outside } = makeRepository();
    const root = makeFolder();
    symlinkSync(outside, join(root, '.fixby'));
    expect((await except(root, 'add', RISK)).code).toBe(2);
    expect(() => readFileSync(join(outside, 'exceptions.yaml'))).toThrow('ENOENT');
  });
});

describe('list', () => {
  it('prints what is accepted, the next to end first, and nothing that could move a cursor', async () => {
    const root = makeFolder(
      `exceptions:\n${entry({ reason: 'later' })}${entry({ target: 'api', expires: '2020-01-01', reason: '\\u202Eabc' })}`,
    );
    const { stdout } = await except(root, 'list');
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split(/ {2,}/)[0])).toEqual(['Until', '2020-01-01 expired', '2099-06-30']);
    expect(rows[1]).toContain('\\u{202e}abc');
  });

  it('says so when there is nothing', async () => {
    expect((await except(makeFolder(), 'list')).stdout).toBe('No risk is accepted.\n');
  });
});

describe('check', () => {
  it('finds nothing wrong with what is needed', async () => {
    const root = makeFolder(`exceptions:\n${entry()}`);
    await recordFound(root);
    expect(await except(root, 'check')).toMatchObject({ code: 0, stdout: 'Nothing is wrong with 1 accepted risk.\n' });
  });

  it('says of each what is wrong', async () => {
    const root = makeFolder(
      `exceptions:\n${entry({ expires: '2020-01-01' })}${entry({ target: 'api' })}${entry({ advisory: 'CVE-2025-1', target: '.' })}`,
    );
    await recordFound(root);
    const { code, stdout } = await except(root, 'check', { format: 'json' });
    const { problems } = JSON.parse(stdout) as { problems: { code: string }[] };
    expect([code, problems.map((problem) => problem.code)]).toEqual([
      2,
      ['exception-expired', 'exception-unused', 'exception-unused'],
    ]);
  });

  it('knows of no finding before the first run, and says that', async () => {
    const { code, stdout } = await except(makeFolder(`exceptions:\n${entry()}`), 'check');
    expect([code, stdout]).toEqual([0, expect.stringContaining('No run is recorded')]);
  });

  it('only warns of what ends soon', async () => {
    const expires = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const root = makeFolder(`exceptions:\n${entry({ expires })}`);
    const { code, stdout } = await except(root, 'check');
    expect([code, stdout]).toEqual([0, expect.stringContaining('holds for the last time in 3 days')]);
  });
});
