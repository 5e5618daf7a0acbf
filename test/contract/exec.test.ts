/** What ports/exec.ts promises, held against real programs that misbehave. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { invocation, makeExec, program, runs, until } from '../support/exec-under-test.ts';
import type { ExecUnderTest } from '../support/exec-under-test.ts';

const never = new AbortController().signal;
let under: ExecUnderTest;
beforeEach(() => {
  under = makeExec();
});
afterEach(() => {
  expect(under.leftOvers()).toEqual([]);
  expect(under.messages).toEqual([]);
  under.dispose();
});

describe('what a tool does', () => {
  it.each([0, 1, 2, 70])('exit code %i is told as it is', async (code) => {
    const result = await under.exec.run(invocation({ args: [`${code}`] }), program('exit'), never);
    expect(result).toMatchObject({ status: 'exited', exitCode: code, stdout: 'out', stderr: 'err', version: '1.2.3' });
  });

  it('a hanging tool is ended at the time limit', async () => {
    const result = await under.exec.run(invocation({ timeoutMs: 1000 }), program('hang'), never);
    expect(result).toMatchObject({ status: 'timed-out', stdout: 'waiting' });
  });

  it('a tool that ignores SIGTERM is ended all the same', async () => {
    const result = await under.exec.run(invocation({ args: ['deaf'], timeoutMs: 1000 }), program('hang'), never);
    expect(result).toMatchObject({ status: 'timed-out', exitCode: null, stdout: 'waiting' });
  });

  it.each(['stdout', 'stderr'] as const)('200 MB on %s are cut at the cap', async (stream) => {
    const before = process.memoryUsage.rss();
    const cap = 100_000;
    const result = await under.exec.run(invocation({ args: [stream], maxOutputBytes: cap }), program('flood'), never);
    expect(result.status).toBe('output-too-large');
    expect(result[stream]).toHaveLength(cap);
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
  });

  it('output of exactly the cap is no overflow', async () => {
    const result = await under.exec.run(invocation({ args: ['0'], maxOutputBytes: 3 }), program('exit'), never);
    expect(result).toMatchObject({ status: 'exited', stdout: 'out' });
  });

  it('a page instead of a document is handed on as it is', async () => {
    const result = await under.exec.run(invocation(), program('html'), never);
    expect(result).toMatchObject({ status: 'exited', exitCode: 0 });
    expect(result.stdout).toMatch(/^<!doctype html>/);
  });

  it.each(['SIGKILL', 'SIGSEGV', 'SIGTERM'])('death by %s is no exit', async (signal) => {
    const result = await under.exec.run(invocation({ args: [signal] }), program('die'), never);
    expect(result).toMatchObject({ status: 'signaled', exitCode: null });
    expect(result.detail).toContain(signal);
  });

  it('a crash is an exit with a stack trace', async () => {
    const result = await under.exec.run(invocation(), program('crash'), never);
    expect(result).toMatchObject({ status: 'exited', exitCode: 1, stdout: '' });
    expect(result.stderr).toContain('no such luck');
  });

  it('a grandchild that holds stdout delays nothing and dies', async () => {
    const result = await under.exec.run(invocation({ timeoutMs: 20_000 }), program('grandchild'), never);
    expect(result.status).toBe('exited');
    await until(() => !runs(Number(result.stdout)));
  });

  it('a grandchild that left the group delays nothing', async () => {
    const result = await under.exec.run(invocation({ args: ['apart'] }), program('grandchild'), never);
    expect(result.status).toBe('exited');
    process.kill(Number(result.stdout), 'SIGKILL');
  });

  it('a program that is not there is told as such', async () => {
    const tool = { ...program('exit'), command: ['/no/such/program'] };
    const result = await under.exec.run(invocation(), tool, never);
    expect(result).toMatchObject({ status: 'not-started', exitCode: null });
    expect(result.detail).toContain('/no/such/program');
  });

  it('a program that may not be executed is told as such', async () => {
    const tool = { ...program('exit'), command: [join(import.meta.dirname, 'exec.test.ts')] };
    expect(await under.exec.run(invocation(), tool, never)).toMatchObject({ status: 'not-started' });
  });
});

describe('what a tool is given', () => {
  it('a private folder, the environment as given, no stdin, no shell', async () => {
    const asked = invocation({
      args: ['{workspace}/x', '{python}', '$(id)', 'a b;c'],
      env: { WHERE: '{workspace}', WITH: '{python}' },
      files: { 'package.json': '{}', 'deep/er/é.txt': 'é' },
      collect: ['package.json', 'deep/er/é.txt', 'missing.txt'],
    });
    const result = await under.exec.run(asked, program('surroundings'), never);
    const told = JSON.parse(result.stdout) as Record<string, unknown> & { cwd: string; env: Record<string, string> };
    expect(told.cwd.startsWith(join(under.tempRoot, 'fixby-'))).toBe(true);
    expect(told).toMatchObject({ mode: 0o700, stdin: '' });
    expect(told['args']).toEqual([`${told.cwd}/x`, '/usr/bin/python-of-trust', '$(id)', 'a b;c']);
    expect(told.env).toMatchObject({ WHERE: told.cwd, WITH: '/usr/bin/python-of-trust' });
    expect(Object.keys(told.env).sort()).toEqual(['HOME', 'PATH', 'WHERE', 'WITH']);
    expect(result.files).toEqual({ 'package.json': '{}', 'deep/er/é.txt': 'é' });
  });

  it('the evidence names the folder as a placeholder and no secret', async () => {
    const args = [
      '--cache={workspace}/c',
      '--registry=https://me:hunter2@registry.test/',
      '--//r.test/:_authToken=abc',
    ];
    const { argv } = await under.exec.run(invocation({ args }), program('exit'), never);
    expect(argv.slice(2)).toEqual([
      '--cache={workspace}/c',
      '--registry=https://***@registry.test/',
      '--//r.test/:_authToken=***',
    ]);
  });

  it.each(['../out', '/etc/x', 'a/../../b', '', 'a//b', 'a\\b', './a', 'C:x', 'a\0b'])(
    'a file to be laid at %j is refused',
    async (path) => {
      const result = await under.exec.run(invocation({ files: { [path]: 'x' } }), program('exit'), never);
      expect(result).toMatchObject({ status: 'not-started', stdout: '' });
    },
  );

  it('without a trusted Python, an invocation that needs one does not start', async () => {
    under.dispose();
    under = makeExec({ python: () => Promise.resolve(undefined) });
    const result = await under.exec.run(invocation({ args: ['{python}'] }), program('exit'), never);
    expect(result).toMatchObject({ status: 'not-started', stdout: '' });
  });

  it('nothing runs when temporary files would lie in the audited repository', async () => {
    const { tempRoot } = under;
    const inside = makeExec({ tempRoot, repositoryRoot: tempRoot });
    const result = await inside.exec.run(invocation(), program('exit'), never);
    inside.dispose();
    expect(result).toMatchObject({ status: 'not-started', stdout: '' });
    expect(result.detail).toContain('TMPDIR');
  });
});

describe('what is handed back and what is removed', () => {
  it('only regular files inside the folder come back, and a read-only folder is removed', async () => {
    const outside = join(under.tempRoot, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    const result = await under.exec.run(
      invocation({
        args: [join(outside, 'secret.txt'), outside],
        collect: ['result.txt', 'link.txt', 'linked/secret.txt', 'pipe.txt', 'deep', '../group', '/etc/hosts'],
      }),
      program('litter'),
      never,
    );
    expect(result).toMatchObject({ status: 'exited', exitCode: 0, files: { 'result.txt': 'result' } });
    expect(Object.keys(result.files)).toEqual(['result.txt']);
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
    expect(under.leftOvers()).toEqual(['outside']);
    under.dispose();
    under = makeExec();
  });

  it('a file beyond the cap is not handed back in part', async () => {
    const asked = invocation({ args: ['/nowhere', '/nowhere'], collect: ['deep/large.txt'], maxOutputBytes: 50_000 });
    const result = await under.exec.run(asked, program('litter'), never);
    expect(result).toMatchObject({ status: 'output-too-large', files: {} });
    expect(result.detail).toContain('deep/large.txt');
  });
});

describe('stopping', () => {
  it('an abort ends the tool', async () => {
    const stop = new AbortController();
    const running = under.exec.run(invocation({ args: ['deaf'] }), program('hang'), stop.signal);
    await until(() => groupOf(under) !== undefined);
    const leader = groupOf(under)!;
    stop.abort();
    expect(await running).toMatchObject({ status: 'interrupted' });
    expect(runs(leader)).toBe(false);
  });

  it('an abort before the start starts nothing, and one during a delay ends the delay', async () => {
    const stop = new AbortController();
    const running = under.exec.run(invocation({ delayMs: 3_600_000 }), program('exit'), stop.signal);
    stop.abort();
    expect(await running).toMatchObject({ status: 'interrupted', stdout: '' });
    expect(await under.exec.run(invocation(), program('exit'), stop.signal)).toMatchObject({ status: 'interrupted' });
  });

  it('disposing of everything kills what runs and removes its folder at once', async () => {
    const running = under.exec.run(invocation({ args: ['deaf'] }), program('hang'), never);
    await until(() => groupOf(under) !== undefined);
    const leader = groupOf(under)!;
    under.exec.disposeAll();
    expect(under.leftOvers()).toEqual([]);
    expect(await running).toMatchObject({ status: 'signaled' });
    expect(runs(leader)).toBe(false);
  });

  it('many runs side by side do not meet', async () => {
    const codes = [0, 1, 2, 3, 4, 5];
    const results = await Promise.all(
      codes.map((code) => under.exec.run(invocation({ args: [`${code}`] }), program('exit'), never)),
    );
    expect(results.map((result) => result.exitCode)).toEqual(codes);
  });

  it('no more tools run at once than may; the others wait for their turn', async () => {
    under.dispose();
    under = makeExec({ mostAtOnce: 1 });
    const stop = new AbortController();
    const first = under.exec.run(invocation(), program('hang'), stop.signal);
    const second = under.exec.run(invocation({ args: ['3'] }), program('exit'), never);
    await until(() => groupOf(under) !== undefined);
    expect(under.leftOvers()).toHaveLength(1);
    stop.abort();
    expect(await first).toMatchObject({ status: 'interrupted' });
    expect(await second).toMatchObject({ status: 'exited', exitCode: 3 });
  });
});

/** The process group the only private folder names, once there is one. */
function groupOf({ tempRoot }: ExecUnderTest): number | undefined {
  const [name] = readdirSync(tempRoot);
  const file = name === undefined ? '' : join(tempRoot, name, 'group');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}
