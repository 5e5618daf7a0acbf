/** `fixby report` as a user meets it: the ledger alone, nobody asked, the same bytes for ever. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runReport } from '../../src/cli/commands/report.ts';
import { reportSchema } from '../../src/core/model/report.ts';
import { makePolicy, makeTimeline } from '../support/judge-values.ts';
import { recordRun, runInProcess } from '../support/in-process.ts';
import type { CommandRun } from '../support/in-process.ts';
import { audited, day, observed, sighting } from '../support/observed.ts';
import { schemaErrors } from '../support/published-schema.ts';
import { makeRepository, SECURITY_MD } from '../support/repository.ts';

const found = sighting(['GHSA-a', 'CVE-2026-1'], {
  timeline: makeTimeline({ introduced: day(1), published: day(1), fixReleased: day(1) }),
});

/** A folder with a ledger: found on the first of March under a policy of 30 days, upgraded on the sixth. */
async function makeFolder(): Promise<string> {
  const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
  const policy = makePolicy({ kind: 'within', amount: 30, unit: 'days' });
  const run = (at: string, over: ReturnType<typeof observed>): typeof over => ({
    ...over,
    policy,
    run: { ...over.run, asOf: at, generatedAt: at },
  });
  await recordRun(dir, run(day(1), observed([found])), day(1));
  await recordRun(dir, run(day(6), observed([], { audits: [audited('web', { left: '2.0.0' })] })), day(6));
  return dir;
}

function report(root: string, options: Readonly<Record<string, unknown>>): Promise<CommandRun> {
  return runInProcess(root, (world) => runReport(world, '.', options));
}

describe('report', () => {
  it('shows what was known on a day, and asks nobody', async () => {
    const root = await makeFolder();
    const states = async (asOf: string): Promise<unknown> => {
      const { code, stdout } = await report(root, { asOf, format: ['json'] });
      const view = reportSchema.parse(JSON.parse(stdout));
      return [code, view.command, view.findings.map(({ deadline, timeline }) => [deadline.state, timeline.firstSeen])];
    };
    expect(await states('2026-03-02')).toEqual([0, 'report', [['due', day(1)]]]);
    expect(await states('2026-03-06')).toEqual([0, 'report', []]);
  });

  it('gives the same bytes after the ledger went on', async () => {
    const root = await makeFolder();
    const options = { asOf: '2026-03-02', format: ['markdown'], verbose: true };
    const before = await report(root, options);
    await recordRun(root, observed([found], { policy: makePolicy({ kind: 'immediate' }) }), day(20));
    expect(await report(root, options)).toEqual(before);
  });

  it('shows both judgements where the policy of today is asked for too', async () => {
    const root = await makeFolder();
    writeFileSync(join(root, 'SECURITY.md'), '## Updates\n\n- Critical, high, medium, low: immediately\n');
    const { code, stdout } = await report(root, { asOf: '2026-03-03', underCurrentPolicy: true, format: ['json'] });
    const { underPolicyThen, underCurrentPolicy } = JSON.parse(stdout) as Record<string, unknown>;
    expect(schemaErrors('report-pair.v1', JSON.parse(stdout))).toBeNull();
    const verdicts = [underPolicyThen, underCurrentPolicy].map((view) => reportSchema.parse(view).verdict);
    expect([code, verdicts]).toEqual([0, ['pass', 'fail']]);
    const { stdout: table } = await report(root, { asOf: '2026-03-03', underCurrentPolicy: true });
    expect(table.indexOf('Under the policy that was in force')).toBeLessThan(table.indexOf('Under the current policy'));
  });

  it('writes files where it is told', async () => {
    const root = await makeFolder();
    const { dir: output } = makeRepository();
    expect((await report(root, { asOf: '2026-03-02', output })).code).toBe(0);
    expect(readdirSync(output).sort()).toEqual(['fixby.json', 'fixby.md']);
  });

  it.each([
    ['a day before the ledger began', '2026-02-28', 'The ledger holds no run by'],
    ['a day that is none', 'soon', 'no date that can be read'],
  ])('refuses %s', async (_, asOf, complaint) => {
    expect(await report(await makeFolder(), { asOf })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(complaint) as string,
    });
  });

  it('is never made of a ledger that was changed', async () => {
    const root = await makeFolder();
    const path = join(root, '.fixby/ledger.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"severity":"high"', '"severity":"low"'));
    const { code, stdout, stderr } = await report(root, { asOf: '2026-03-02' });
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('cannot be relied on')]);
  });

  it('says that there is nothing where no run was recorded', async () => {
    const { dir } = makeRepository({ 'SECURITY.md': SECURITY_MD });
    expect(await report(dir, {})).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no run') as string });
  });
});
