/** The view: sorted, counted, complete, and the same whatever order its parts arrive in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEADLINE_STATES } from '../../../src/core/model/deadline.ts';
import { reportSchema } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { apiAudit, docsAside, emptyInput, findingIn, richInput, webAudit } from './sample.ts';

describe('assembleReport', () => {
  it.each([
    ['rich', richInput],
    ['empty', emptyInput],
  ])('makes a view the schema accepts unchanged: %s', (_, input) => {
    const view = assembleReport(input);
    expect(reportSchema.parse(view)).toStrictEqual(view);
    expect(JSON.stringify(reportSchema.parse(view))).toBe(JSON.stringify(view));
  });

  it('does not depend on the order of its input', () => {
    const findings = DEADLINE_STATES.flatMap((state, index) => [findingIn(state, index), findingIn(state, index + 50)]);
    const problems = [1, 2, 3].map((number) => ({
      target: 'web',
      code: `c${number}`,
      message: 'm',
      mend: 'do',
      blocks: number === 2,
    }));
    const input = { ...richInput, findings, problems };
    const expected = assembleReport(input);
    const shuffled = (items: readonly unknown[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    fc.assert(
      fc.property(shuffled(findings), shuffled(problems), shuffled(richInput.audits), (f, p, a) => {
        const mixed = {
          ...input,
          findings: f as typeof findings,
          problems: p as typeof problems,
          audits: a as typeof input.audits,
        };
        expect(assembleReport(mixed)).toStrictEqual(expected);
      }),
    );
  });

  it('lists what wants action first: state, date, severity, target, package, id', () => {
    const late = findingIn('due', 1, {
      deadline: { ...findingIn('due', 1).deadline, dueAt: '2026-01-01T00:00:00.000Z' },
    });
    const lower = findingIn('due', 2, { severity: { level: 'low', source: 'none', disputed: false, all: [] } });
    const otherTarget = findingIn('due', 3, { target: 'api' });
    const findings = [
      late,
      findingIn('withdrawn', 9),
      lower,
      findingIn('due', 4),
      otherTarget,
      findingIn('overdue', 8),
    ];
    const order = assembleReport({ ...richInput, findings }).findings.map((finding) => finding.package);
    expect(order).toStrictEqual(['package-8', 'package-3', 'package-4', 'package-2', 'package-1', 'package-9']);
  });

  it('marks what made the run fail: as the judgement says, or what counts and is overdue', () => {
    const findings = [findingIn('overdue', 1), findingIn('overdue', 2, { counts: false }), findingIn('due', 3)];
    const marked = (brokenKeys?: readonly string[]) => {
      const judgement = { ...richInput.judgement, ...(brokenKeys === undefined ? {} : { brokenKeys }) };
      return assembleReport({ ...richInput, findings, judgement })
        .findings.filter(({ breaks }) => breaks)
        .map((finding) => finding.package);
    };
    expect(marked()).toStrictEqual(['package-1']);
    expect(marked([findings[2]?.key ?? ''])).toStrictEqual(['package-3']);
    expect(marked([])).toStrictEqual([]);
  });

  it('counts states, severities and coverage, zeros included', () => {
    expect(assembleReport(richInput).summary).toStrictEqual({
      byState: {
        overdue: 1,
        due: 1,
        'next-release': 1,
        'awaiting-fix': 1,
        opportunistic: 1,
        accepted: 1,
        withdrawn: 1,
      },
      bySeverity: { critical: 1, high: 2, medium: 2, low: 1, unknown: 1 },
      coverage: { targets: 3, audited: 1, unavailable: 1, notApplicable: 1, packages: 160, packagesAudited: 118 },
    });
  });

  it('leaves out what is not known', () => {
    const view = assembleReport({
      ...emptyInput,
      findings: [findingIn('awaiting-fix', 1, { timeline: {}, fix: { available: false } })],
    });
    expect(view.repository).toStrictEqual({});
    expect(view.nextRelease).toStrictEqual({});
    expect(Object.keys(view.findings[0] ?? {})).not.toContain('exception');
    expect(view.findings[0]?.timeline).toStrictEqual({});
    expect(view.findings[0]?.timelineSources).toStrictEqual({});
  });

  it('keeps each date with who says it', () => {
    const published = { at: '2025-11-01T00:00:00.000Z', source: 'GHSA-x' };
    const [finding] = assembleReport({
      ...richInput,
      findings: [findingIn('due', 1, { timeline: { published } })],
    }).findings;
    expect(finding?.timeline).toStrictEqual({ published: published.at });
    expect(finding?.timelineSources).toStrictEqual({ published: 'GHSA-x' });
  });

  it('names the auditing tool, not the resolver that ran before or after it', () => {
    const runs = apiAudit.runs.toReversed();
    const { targets } = assembleReport({ ...emptyInput, audits: [{ ...apiAudit, runs }] });
    expect(targets[0]?.tool).toStrictEqual({ version: '2.9.0', argv: ['pip-audit', '--locked'] });
    expect(targets[0]?.lockfile?.path).toBe('api/requirements.txt');
  });

  it('shows a target no tool ran for with empty strings and zeros', () => {
    const { targets } = assembleReport({ ...emptyInput, audits: [{ ...webAudit, runs: [] }], setAside: [docsAside] });
    expect(targets.map(({ path, tool, outcome }) => [path, tool.version, outcome])).toStrictEqual([
      ['docs', '', 'not-applicable'],
      ['web', '', 'audited'],
    ]);
  });

  it('gathers the problems of the run, the audits and their locks, each once, blocking ones first', () => {
    const problem = { target: 'web', code: 'lock-link', message: 'a link', mend: 'none', blocks: false };
    const inventory = { ...webAudit.inventory, problems: [problem] };
    const audits = [{ ...webAudit, inventory, problems: [problem] }, apiAudit];
    const whole = { target: null, code: 'osv-unreachable', message: 'no answer', mend: 'retry', blocks: false };
    const { problems } = assembleReport({ ...emptyInput, audits, problems: [problem, whole] });
    expect(problems.map(({ code }) => code)).toStrictEqual(['source-blind', 'osv-unreachable', 'lock-link']);
  });
});
