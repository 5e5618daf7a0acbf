/** An audit against an imported mirror: it stands in for a source that fails, and only while it is fresh. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/core/model/report.ts';
import { auditFiles } from '../support/audit-files.ts';
import { importExample } from '../support/example-mirror.ts';
import { temporaryFolder } from '../support/mirror.ts';
import { makeRepository, npmProject } from '../support/repository.ts';
import { answers } from '../support/source.ts';

const VULNERABLE = npmProject({ 'form-data': '4.0.3' });
const CLEAN = npmProject({ ms: '2.1.3' });
const NO_ENDPOINT = { bulk: answers(405, '') };

/** `npm-audit: unavailable source-refused (beside)`, in the order of the report. */
function rows(view: ReportView | null): readonly string[] {
  return (view?.targets ?? []).map(({ auditor, outcome, reason, secondOpinion, standsInFor }) => {
    const how =
      secondOpinion === true ? ['(beside)'] : standsInFor === undefined ? [] : [`(for ${standsInFor.join()})`];
    return [`${auditor}:`, outcome, ...(reason === undefined ? [] : [reason]), ...how].join(' ');
  });
}

describe('a fresh mirror', () => {
  it('answers for a target whose registry has no audit endpoint, and the report says so', async () => {
    const args = ['--mirror', await importExample(1)];
    const { code, view } = await auditFiles(VULNERABLE, { faults: NO_ENDPOINT, args });
    expect([code, rows(view)]).toEqual([
      1,
      ['npm-audit: unavailable source-refused (beside)', 'osv: audited (for npm-audit)'],
    ]);
    expect(view?.findings.map(({ package: name, seenBy }) => [name, seenBy])).toEqual([['form-data', ['osv']]]);
    const [replaced] = view?.problems.filter(({ code: each }) => each === 'auditor-replaced') ?? [];
    expect(replaced).toMatchObject({ target: '.', blocks: false });
    expect(replaced?.message).toMatch(
      /^npm-audit could not look \(source-refused\).*osv answers .* from the mirror in /,
    );
  });

  it('lets a clean target pass', async () => {
    const { code, view } = await auditFiles(CLEAN, { faults: NO_ENDPOINT, args: ['--mirror', await importExample(1)] });
    expect([code, view?.summary.coverage]).toMatchObject([0, { targets: 1, audited: 1, packagesAudited: 1 }]);
  });

  it('is asked instead of an OSV API, which hears nothing', async () => {
    const { code, source } = await auditFiles(CLEAN, { args: ['--mirror', await importExample(1), '--offline'] });
    expect(code).toBe(0);
    expect(source.asked.filter((asked) => / \/v1\//.test(asked))).toEqual([]);
  });

  it('audits a lock that npm cannot read', async () => {
    const lock = '# yarn lockfile v1\n\n\nform-data@4.0.3:\n  version "4.0.3"\n';
    const files = { 'package.json': '{"dependencies":{"form-data":"4.0.3"}}', 'yarn.lock': lock };
    const { code, view } = await auditFiles(files, { args: ['--mirror', await importExample(1)] });
    expect([code, rows(view)]).toEqual([1, ['osv: audited']]);
    expect(view?.findings).toMatchObject([{ package: 'form-data', versions: ['4.0.3'], direct: true, scope: 'prod' }]);
    expect(view?.findings[0]?.location).toEqual({ file: 'yarn.lock', line: 4 });
  });
});

describe('a mirror that proves nothing', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['is too old', () => importExample(49), 'source-stale'],
    ['holds no npm', () => importExample(1, ['PyPI']), 'source-blind'],
    ['is not there', () => Promise.resolve(temporaryFolder()), 'source-unreachable'],
  ])('because it %s stands in for nobody', async (_title, mirror, reason) => {
    const { code, view } = await auditFiles(CLEAN, { faults: NO_ENDPOINT, args: ['--mirror', await mirror()] });
    expect([code, rows(view)]).toEqual([
      3,
      ['npm-audit: unavailable source-refused', `osv: unavailable ${reason} (beside)`],
    ]);
  });

  it('is a problem of a report that npm answered for, and blocks nothing', async () => {
    const { code, view } = await auditFiles(VULNERABLE, { args: ['--mirror', await importExample(49)] });
    expect([code, view?.findings.map(({ seenBy }) => seenBy)]).toEqual([1, [['npm-audit', 'osv']]]);
    const [old] = view?.problems.filter(({ code: each }) => each === 'second-opinion-missing') ?? [];
    expect(old?.message).toMatch(/its records of npm are of \d{4}-\d\d-\d\d, 49 hours ago/);
  });

  it.each(['[npm-audit, osv]', '[npm-audit]'])('is a problem of its own when %s are asked', async (auditors) => {
    const text = `version: 1\naudit: { auditors: ${auditors}, attempts: 1 }\n`;
    const config = join(makeRepository({ 'config.yaml': text }).dir, 'config.yaml');
    const oldOnes = async (hours: number): Promise<readonly unknown[]> => {
      const { view } = await auditFiles(VULNERABLE, {
        args: ['--mirror', await importExample(hours), '--config', config],
      });
      return view?.problems.filter(({ code }) => code === 'mirror-old') ?? [];
    };
    expect(await oldOnes(49)).toMatchObject([
      { target: null, blocks: false, mend: expect.stringContaining('fixby mirror import npm') as string },
    ]);
    expect(await oldOnes(1)).toEqual([]);
  });
});
