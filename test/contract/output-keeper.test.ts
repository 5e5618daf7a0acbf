/** Keeping outputs: outside of memory, without secrets, said when cut, and gone when the process ends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOutputKeeper } from '../../src/adapters/evidence/keep-outputs.ts';
import type { KeeperOptions } from '../../src/adapters/evidence/keep-outputs.ts';
import { createRedactor } from '../../src/adapters/lib/redactor.ts';
import type { PackageAnswers } from '../../src/core/model/advisory.ts';
import type { Invocation, InvocationResult } from '../../src/core/model/program.ts';
import type { OutputKeeper, ToolExchange } from '../../src/ports/evidence.ts';
import { makeRepository } from '../support/repository.ts';

const SECRET = 'plantedSecret123';

function makeKeeper(over: Partial<KeeperOptions> = {}): { readonly keeper: OutputKeeper; readonly tempRoot: string } {
  const { dir: tempRoot } = makeRepository();
  const keeper = createOutputKeeper({
    tempRoot,
    host: process,
    clock: { now: () => '2026-03-01T02:00:10.000Z' },
    redact: createRedactor([SECRET]),
    variableNames: () => ['PATH', 'NPM_TOKEN'],
    ...over,
  });
  return { keeper, tempRoot };
}

function exchange(over: Partial<InvocationResult> = {}, name: Partial<ToolExchange> = {}): ToolExchange {
  const invocation: Invocation = {
    tool: 'npm',
    args: ['audit'],
    files: { 'package.json': '{}', 'a/package-lock.json': 'é' },
    env: { npm_config_x: '1', PATH: '/bin' },
    collect: [],
    timeoutMs: 1,
    maxOutputBytes: 1,
    delayMs: 0,
  };
  const result: InvocationResult = {
    status: 'exited',
    exitCode: 1,
    stdout: 'out',
    stderr: '',
    files: {},
    detail: '',
    version: '10.8.2',
    argv: ['npm', 'audit'],
    durationMs: 2500,
    ...over,
  };
  return { target: 'web', auditor: 'npm-audit', invocation, result, ...name };
}

describe('an output keeper', () => {
  it('keeps what a tool was given and gave', async () => {
    const { keeper } = makeKeeper();
    await keeper.keep(exchange({ files: { 'b.txt': 'two', 'a.txt': 'one' } }));
    const [run] = keeper.kept().runs;
    expect(run).toMatchObject({
      target: 'web',
      auditor: 'npm-audit',
      tool: 'npm',
      version: '10.8.2',
      exitCode: 1,
      startedAt: '2026-03-01T02:00:07.500Z',
      environment: ['NPM_TOKEN', 'PATH', 'npm_config_x'],
      inputs: [
        { name: 'a/package-lock.json', bytes: 2 },
        { name: 'package.json', bytes: 2 },
      ],
      stdout: { bytes: 3, redactions: 0 },
      collected: [{ name: 'a.txt' }, { name: 'b.txt' }],
    });
    expect(run?.collected.map(({ text }) => readFileSync(text.spooled, 'utf8'))).toEqual(['one', 'two']);
    expect(run?.stdout.receivedCharacters).toBeUndefined();
  });

  it('takes secrets out before anything is written', async () => {
    const { keeper, tempRoot } = makeKeeper();
    await keeper.keep(
      exchange({
        stdout: `a ${SECRET} b`,
        stderr: `token=${SECRET}`,
        argv: ['npm', SECRET],
        detail: SECRET,
        files: { 'f.txt': SECRET },
      }),
    );
    const [run] = keeper.kept().runs;
    expect(JSON.stringify(run)).not.toContain(SECRET);
    expect([run?.stdout.redactions, run?.stderr.redactions]).toEqual([1, 1]);
    for (const folder of readdirSync(tempRoot))
      for (const file of readdirSync(join(tempRoot, folder)))
        expect(readFileSync(join(tempRoot, folder, file), 'utf8')).not.toContain(SECRET);
  });

  it('says how long a text was of which it kept the beginning, and cuts no secret in half', async () => {
    const { keeper } = makeKeeper({ mostCharacters: 10 });
    await keeper.keep(exchange({ stdout: `12345${SECRET}${'x'.repeat(50)}` }));
    const [run] = keeper.kept().runs;
    expect(readFileSync(run?.stdout.spooled ?? '', 'utf8')).toBe('12345***xx');
    expect(run?.stdout).toMatchObject({ bytes: 10, receivedCharacters: 5 + SECRET.length + 50 });
    expect(run?.stderr.receivedCharacters).toBeUndefined();
  });

  it('keeps what a source said, one answer a line', async () => {
    const { keeper } = makeKeeper();
    const lookups = ['left', 'right'].map((name) => ({ status: 'unavailable' as const, name, detail: `no ${SECRET}` }));
    const answers = { lookups, source: `https://ada:${SECRET}@osv.example`, age: {} } as unknown as PackageAnswers;
    await keeper.keepAnswers({ target: 'web', auditor: 'osv', ecosystem: 'npm', answers });
    const [kept] = keeper.kept().answers;
    expect(kept).toMatchObject({
      auditor: 'osv',
      packages: 2,
      source: 'https://***@osv.example',
      text: { redactions: 2 },
    });
    const lines = readFileSync(kept?.text.spooled ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { name: 'left', detail: 'no ***' },
      { name: 'right' },
    ]);
  });

  it('sorts by target and auditor, and keeps the order of one audit', async () => {
    const { keeper } = makeKeeper();
    await keeper.keep(exchange({ version: '1' }, { target: 'web' }));
    await keeper.keep(exchange({ version: '2' }, { target: 'api' }));
    await keeper.keep(exchange({ version: '3' }, { target: 'web' }));
    expect(keeper.kept().runs.map(({ target, version }) => `${target} ${version}`)).toEqual([
      'api 2',
      'web 1',
      'web 3',
    ]);
  });

  it('makes nothing where there is nothing to keep, and leaves nothing behind', async () => {
    const { keeper, tempRoot } = makeKeeper();
    expect([keeper.kept(), readdirSync(tempRoot)]).toEqual([{ runs: [], answers: [] }, []]);
    await keeper.keep(exchange());
    expect(readdirSync(tempRoot)).toHaveLength(1);
    keeper.discard();
    keeper.discard();
    expect(readdirSync(tempRoot)).toEqual([]);
  });

  it('tells at the end what could not be kept', async () => {
    const { dir } = makeRepository();
    const { keeper } = makeKeeper({ tempRoot: join(dir, 'nowhere') });
    await keeper.keep(exchange());
    expect(() => keeper.kept()).toThrow(expect.objectContaining({ code: 'evidence-not-kept' }) as Error);
  });
});
