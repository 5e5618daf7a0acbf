/** `fixby diff` as a user meets it: reports, days and tags, and what its exit code says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDiff } from '../../src/cli/commands/diff.ts';
import { reportDiffSchema } from '../../src/core/model/report-diff.ts';
import { jsonFormat } from '../../src/core/report/json.ts';
import { makeEvidence, zipOf } from '../support/evidence.ts';
import { recordRun, runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { makeTimeline } from '../support/judge-values.ts';
import { audited, day, failed, observed, sighting } from '../support/observed.ts';
import { makeGitRepository, makeRepository, SECURITY_MD } from '../support/repository.ts';
import type { TestRepository } from '../support/repository.ts';
import { cleanView, plainOptions, richView } from '../unit/report/views.ts';

const published = { timeline: makeTimeline({ published: day(1), fixReleased: day(1) }) };
const [first, second] = [sighting(['GHSA-a'], published), sighting(['GHSA-b'], published)];

/** A ledger in which GHSA-a is there from the first of March, and GHSA-b in its place from the sixth. */
async function makeLedger(
  repository: TestRepository = makeRepository({ 'SECURITY.md': SECURITY_MD }),
): Promise<string> {
  const { dir } = repository;
  const record = async (n: number, over: ReturnType<typeof observed>): Promise<void> => {
    const run = { ...over.run, asOf: day(n), generatedAt: day(n) };
    await recordRun(dir, { ...over, run }, day(n));
  };
  await record(1, observed([first]));
  await record(6, observed([second], { audits: [audited('web', { left: '2.0.0' })] }));
  await record(12, observed([second], { audits: [failed()] }));
  return dir;
}

function diff(
  dir: string,
  before: string,
  after: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<CommandRun> {
  return runInProcess(dir, (world) => runDiff(world, { before, after, dir: '.' }, { format: 'table', ...options }));
}

async function summary(dir: string, before: string, after: string): Promise<unknown> {
  const { code, stdout } = await diff(dir, before, after, { format: 'json' });
  const { changes } = reportDiffSchema.parse(JSON.parse(stdout));
  return [code, changes.map(({ change, advisory }) => `${change} ${advisory.id}`)];
}

describe('days', () => {
  it('are compared by what the ledger knew then', async () => {
    const dir = await makeLedger();
    expect(await summary(dir, '2026-03-02', '2026-03-06')).toEqual([0, ['new GHSA-b', 'fixed GHSA-a']]);
    expect(await summary(dir, '2026-03-02', '2026-03-02')).toEqual([0, []]);
  });

  it('show what time alone made worse', async () => {
    expect(await summary(await makeLedger(), '2026-03-02', '2026-03-05T23:00:00Z')).toEqual([0, []]);
    expect(await summary(await makeLedger(), '2026-03-07', '2026-03-20')).toEqual([0, ['worsened GHSA-b']]);
  });

  it('are refused where the ledger knows nothing', async () => {
    expect(await diff(await makeLedger(), '2026-01-01', 'now')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no run by') as string,
    });
  });
});

it('takes a release tag for the day it was cut', async () => {
  const repository = makeGitRepository({ 'SECURITY.md': SECURITY_MD }, '2026-03-02T00:00:00Z');
  repository.git(['tag', '-a', '-m', 'x', 'v1.0.0'], '2026-03-03T00:00:00Z');
  expect(await summary(await makeLedger(repository), 'v1.0.0', '2026-03-06')).toEqual([
    0,
    ['new GHSA-b', 'fixed GHSA-a'],
  ]);
});

describe('reports', () => {
  /** A folder that holds the clean report and the rich one. */
  function makeFolder(): string {
    const { dir } = makeRepository({
      'clean.json': jsonFormat.render(cleanView, plainOptions),
      'rich.json': jsonFormat.render(richView, plainOptions),
      'blind.json': jsonFormat.render(
        {
          ...cleanView,
          targets: cleanView.targets.map((row) => ({ ...row, outcome: 'unavailable', reason: 'timed-out' })),
        },
        plainOptions,
      ),
      'garbage.json': '{"schema":"fixby.report/v1"',
    });
    return dir;
  }

  it('say by their code whether anything got worse, only when asked', async () => {
    const dir = makeFolder();
    expect((await diff(dir, 'clean.json', 'rich.json')).code).toBe(0);
    expect((await diff(dir, 'clean.json', 'rich.json', { failOn: 'worse' })).code).toBe(1);
    expect((await diff(dir, 'rich.json', 'clean.json', { failOn: 'worse' })).code).toBe(0);
  });

  it('are inconclusive where an auditor did not answer, and nothing is called fixed', async () => {
    const { code, stdout } = await diff(makeFolder(), 'rich.json', 'blind.json');
    expect(code).toBe(3);
    expect(stdout).toContain('No longer known (6)');
    expect(stdout).toContain('npm-audit gave no answer (timed-out)');
    expect(stdout).not.toContain('Fixed');
  });

  it.each([
    ['garbage.json', 'it is no JSON'],
    ['nowhere.json', 'is no file, no day and no release tag'],
    ['v1.0.0', 'This is no git checkout, so releases and history are not known'],
    ['2026-13-45', 'no date that can be read'],
  ])('that are none are refused: %s', async (name, complaint) => {
    expect(await diff(makeFolder(), 'clean.json', name)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(complaint) as string,
    });
  });

  it('come out of archives as well, as long as nobody changed them', async () => {
    const dir = makeFolder();
    const { entries } = makeEvidence({ view: richView, folder: join(dir, 'kept') });
    writeFileSync(join(dir, 'rich.zip'), zipOf(entries));
    writeFileSync(join(dir, 'changed.zip'), zipOf(entries, { 'sources/policy.md': 'x' }));
    expect((await diff(dir, 'clean.json', 'rich.zip')).stdout).toContain('New (6)');
    expect(await diff(dir, 'clean.json', 'changed.zip')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('it was changed') as string,
    });
  });

  it('have three formats', async () => {
    expect((await diff(makeFolder(), 'clean.json', 'rich.json', { format: 'markdown' })).stdout).toContain(
      '# What changed',
    );
    expect(await diff(makeFolder(), 'clean.json', 'rich.json', { format: 'html' })).toMatchObject({ code: 2 });
  });
});

it('compares nothing with a ledger that was changed', async () => {
  const dir = await makeLedger();
  writeFileSync(join(dir, '.fixby/ledger.jsonl'), '{}\n');
  const { code, stderr } = await diff(dir, '2026-03-02', 'now');
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be relied on')]);
});
