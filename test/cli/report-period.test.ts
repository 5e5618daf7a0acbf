/** `fixby report --period` as an auditor meets it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runReport } from '../../src/cli/commands/report.ts';
import { periodReportSchema } from '../../src/core/model/period-report.ts';
import { recordRun, runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { makePolicy, makeTimeline } from '../support/judge-values.ts';
import { audited, day, observed, sighting } from '../support/observed.ts';
import { makeRepository, SECURITY_MD } from '../support/repository.ts';

const found = sighting(['GHSA-a'], { timeline: makeTimeline({ published: day(1), fixReleased: day(1) }) });
const SCHEDULE = 'version: 1\nschedule: { every: 24 hours }\n';

/** A ledger of the nights of 1 to 31 March 2026 but the 8th and 9th; the one finding is upgraded on the night of `fixed`. */
async function makeFolder(fixed: number, config = SCHEDULE): Promise<string> {
  const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD, '.fixby/config.yaml': config });
  const policy = makePolicy({ kind: 'within', amount: 7, unit: 'days' });
  for (let n = 1; n <= 31; n += 1) {
    if (n === 8 || n === 9) continue;
    const base =
      n < fixed ? observed([found], { policy }) : observed([], { policy, audits: [audited('web', { left: '2.0.0' })] });
    await recordRun(dir, { ...base, run: { ...base.run, id: day(n), asOf: day(n), generatedAt: day(n) } }, day(n));
  }
  return dir;
}

function report(dir: string, options: Readonly<Record<string, unknown>>): Promise<CommandRun> {
  return runInProcess(dir, (world) => runReport(world, '.', { asOf: '2026-04-02', ...options }));
}

describe('report --period', () => {
  it('names the missed nights, and is inconclusive for them', async () => {
    const { code, stdout } = await report(await makeFolder(5), { period: '2026-03' });
    expect(code).toBe(3);
    expect(stdout).toContain('INCONCLUSIVE');
    expect(stdout).toContain('2026-03-08 00:00, 2026-03-09 00:00');
    expect(stdout).toMatch(/1 of 1\s+finding fixed within the window \(100 %\)/);
  });

  it('fails for what was fixed too late', async () => {
    const { code, stdout } = await report(await makeFolder(20), { period: '2026-Q1', format: ['json'] });
    const { verdict, summary, broken } = periodReportSchema.parse(JSON.parse(stdout));
    expect([code, verdict, summary.at(-1)?.share, broken]).toEqual([
      1,
      'fail',
      0,
      ['1 finding was fixed after the window had ended.'],
    ]);
  });

  it('passes a stretch without a gap', async () => {
    expect(await report(await makeFolder(5), { period: '2026-03-08..2026-03-12' })).toMatchObject({ code: 3 });
    expect(await report(await makeFolder(5), { period: '2026-03-10..2026-03-31' })).toMatchObject({ code: 0 });
    expect(await report(await makeFolder(5), { period: '2026-03-01..2026-03-07' })).toMatchObject({ code: 0 });
  });

  it('gives the same bytes after the ledger went on', async () => {
    const dir = await makeFolder(5);
    const options = { period: '2026-03-01..2026-03-20', format: ['markdown'] };
    const text = async (): Promise<string> => (await report(dir, options)).stdout.replace(/event \d+, hash .*/, '');
    const before = await text();
    await recordRun(dir, observed([found], { policy: makePolicy({ kind: 'immediate' }) }), day(35));
    expect(await text()).toBe(before);
  });

  it('writes files named after the period', async () => {
    const dir = await makeFolder(5);
    const { stdout } = await report(dir, { period: '2026-Q1', format: ['json', 'markdown'], output: 'out' });
    expect(readdirSync(join(dir, 'out')).sort()).toEqual(['fixby-2026-Q1.json', 'fixby-2026-Q1.md']);
    expect(stdout).toContain('Written: ');
    await report(dir, { period: '2026-Q1', format: ['markdown'], output: 'quarter.md' });
    expect(readFileSync(join(dir, 'quarter.md'), 'utf8')).toContain('# Compliance report');
  });

  it.each([
    [{ period: 'soon' }, 'is no period that can be read'],
    [{ period: '2027' }, 'has not begun'],
    [{ period: '2026-03', format: ['sarif'] }, 'has no format'],
    [{ period: '2026-03', format: ['json', 'markdown'] }, 'cannot share stdout'],
    [{ period: '2026-03', underCurrentPolicy: true }, 'policies that were in force'],
    [{ period: '2026-03', from: 'x.zip' }, '--from takes everything'],
  ])('refuses %j', async (options, complaint) => {
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
    expect(await report(dir, options)).toMatchObject({ code: 2, stderr: expect.stringContaining(complaint) as string });
  });

  it('is never made of a ledger that was changed', async () => {
    const dir = await makeFolder(5);
    const path = join(dir, '.fixby/ledger.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"severity":"high"', '"severity":"low"'));
    expect(await report(dir, { period: '2026-03' })).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('cannot be relied on') as string,
    });
  });

  it('says what is missing where no run was recorded', async () => {
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
    expect(await report(dir, { period: '2026-03' })).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('No run was recorded') as string,
    });
  });
});
