/** What happened between two reports, and above all what may be called fixed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffReports } from '../../../src/core/diff/diff-reports.ts';
import { DEADLINE_STATES } from '../../../src/core/model/deadline.ts';
import type { DeadlineState } from '../../../src/core/model/deadline.ts';
import type { ReportDiff } from '../../../src/core/model/report-diff.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../../../src/core/model/report.ts';
import { cleanView, emptyView, richView } from '../report/views.ts';

const overdue = findingOf('overdue');
const due = findingOf('due');
const [audited] = cleanView.targets as [ReportTarget];
const silent: ReportTarget = { ...audited, outcome: 'unavailable', reason: 'source-unreachable' };

function findingOf(state: DeadlineState): ReportFinding {
  const found = richView.findings.find(({ deadline }) => deadline.state === state);
  if (found === undefined) throw new Error(`the rich view has no ${state} finding`);
  return found;
}

function view(findings: readonly ReportFinding[], over: Partial<ReportView> = {}): ReportView {
  return { ...cleanView, findings: [...findings], problems: [], ...over };
}

function diff(before: ReportView, after: ReportView): ReportDiff {
  return diffReports({ name: 'A', view: before }, { name: 'B', view: after });
}

function changes(before: ReportView, after: ReportView): readonly string[] {
  return diff(before, after).changes.map(({ change, package: name }) => `${change} ${name}`);
}

const at = (finding: ReportFinding, state: DeadlineState, dueAt?: string): ReportFinding => ({
  ...finding,
  deadline: { ...finding.deadline, state, ...(dueAt === undefined ? {} : { dueAt }) },
});
const rated = (finding: ReportFinding, level: ReportFinding['severity']['level']): ReportFinding => ({
  ...finding,
  severity: { ...finding.severity, level },
});

describe('what is gone', () => {
  const gap = { target: null, code: 'folder-unreadable', message: '', mend: '', blocks: true };
  const aside: ReportTarget = { ...silent, auditor: 'none', outcome: 'not-applicable', reason: 'excluded' };
  it.each<[string, Partial<ReportView>, string]>([
    ['its folder was audited in full', {}, 'fixed'],
    ['its folder is gone', { targets: [] }, 'fixed'],
    ['the auditor did not answer', { targets: [silent] }, 'unknown'],
    ['the auditor was not asked', { targets: [{ ...audited, auditor: 'other' }] }, 'unknown'],
    ['the folder was excluded', { targets: [aside] }, 'unknown'],
    [
      'something beside it was set aside for good reason',
      { targets: [audited, { ...aside, reason: 'no-lock' }] },
      'fixed',
    ],
    ['something beside it could not be read', { targets: [audited, { ...silent, auditor: 'none' }] }, 'unknown'],
    ['its folder is gone and the walk has a gap', { targets: [], problems: [gap] }, 'unknown'],
    [
      'the package was left out',
      {
        targets: [
          { ...audited, coverage: { ...audited.coverage, skipped: [{ name: overdue.package, reason: 'git' }] } },
        ],
      },
      'unknown',
    ],
  ])('is judged by whether somebody looked: %s', (_, over, change) => {
    expect(changes(view([overdue]), view([], over))).toEqual([`${change} ${overdue.package}`]);
  });

  it('is fixed only when every auditor that saw it looked again', () => {
    const seen = { ...overdue, seenBy: ['npm-audit', 'second'] };
    const second = { ...audited, auditor: 'second' };
    expect(diff(view([seen]), view([], { targets: [audited, second] })).summary.fixed).toBe(1);
    expect(diff(view([seen]), view([], { targets: [audited, { ...silent, auditor: 'second' }] })).summary.unknown).toBe(
      1,
    );
  });

  it('is passed over when it had been withdrawn before', () => {
    expect(diff(view([findingOf('withdrawn')]), view([])).changes).toEqual([]);
  });
});

describe('what appeared', () => {
  const back = {
    ledgerId: 'x',
    firstSeenAt: '2025-01-01T00:00:00.000Z',
    closedAt: '2025-02-01T00:00:00.000Z',
    closedBy: 'upgraded',
  };
  it.each<[string, ReportFinding, Partial<ReportView>, string]>([
    ['where the earlier report looked', overdue, {}, 'new'],
    ['in a new folder', overdue, { targets: [] }, 'new'],
    ['where the earlier report could not look', overdue, { targets: [silent] }, 'uncovered'],
    ['after a change had ended it', { ...overdue, back }, {}, 'reopened'],
    [
      'after it had been gone without a change',
      { ...overdue, timeline: { ...overdue.timeline, firstSeen: '2025-06-01T00:00:00.000Z' } },
      {},
      'reopened',
    ],
  ])('is told apart: %s', (_, finding, earlier, change) => {
    expect(changes(view([], earlier), view([finding]))).toEqual([`${change} ${finding.package}`]);
  });

  it('is passed over when it is withdrawn', () => {
    expect(diff(view([]), view([findingOf('withdrawn')])).changes).toEqual([]);
  });
});

describe('what is in both', () => {
  const noon = '2025-12-05T12:00:00.000Z';
  it.each<[string, ReportFinding, ReportFinding, string, string]>([
    ['rated higher', rated(due, 'medium'), due, 'worsened', 'severity medium → high.'],
    ['rated lower', due, rated(due, 'low'), 'eased', 'severity high → low.'],
    ['late', due, at(due, 'overdue'), 'worsened', 'due → overdue.'],
    ['accepted', due, at(due, 'accepted'), 'eased', 'due → accepted.'],
    ['no longer accepted', at(due, 'accepted'), at(due, 'overdue'), 'worsened', 'accepted → overdue.'],
    ['due earlier', due, at(due, 'due', '2025-12-01T00:00:00.000Z'), 'worsened', 'due 2025-12-05 → 2025-12-01.'],
    [
      'due later',
      at(due, 'due', noon),
      at(due, 'due', '2025-12-09T12:00:00.000Z'),
      'eased',
      'due 2025-12-05 → 2025-12-09.',
    ],
    [
      'worse and better at once',
      due,
      at(rated(due, 'critical'), 'accepted'),
      'worsened',
      'severity high → critical, due → accepted.',
    ],
    ['withdrawn', due, at(due, 'withdrawn'), 'withdrawn', 'due → withdrawn.'],
  ])('is %s', (_, before, after, change, why) => {
    expect(diff(view([before]), view([after])).changes).toMatchObject([{ change, why }]);
  });

  it('counts what nobody rates as the policy does', () => {
    expect(diff(view([rated(due, 'unknown')]), view([due])).changes).toEqual([]);
    expect(changes(view([rated(due, 'unknown')]), view([rated(due, 'critical')]))).toEqual([`worsened ${due.package}`]);
  });

  it('is known again under another id, by an alias or by the ledger', () => {
    const renamed: ReportFinding = {
      ...due,
      key: 'other',
      advisory: { ...due.advisory, id: due.advisory.aliases[0] ?? '', aliases: [] },
    };
    expect(diff(view([due]), view([renamed])).summary).toMatchObject({ unchanged: 1, new: 0, fixed: 0 });
    const [then, now] = [due, { ...overdue, target: 'moved' }].map((finding) => ({ ...finding, ledgerId: 'f-1' }));
    expect(diff(view([then as ReportFinding]), view([now as ReportFinding])).summary).toMatchObject({
      new: 0,
      fixed: 0,
    });
  });

  it('is not the same flaw of another package or folder', () => {
    const other = { ...due, target: 'elsewhere', key: 'other' };
    expect(
      diff(view([due]), view([other], { targets: [audited, { ...audited, path: 'elsewhere' }] })).summary,
    ).toMatchObject({
      new: 1,
      fixed: 1,
    });
  });
});

it('says what a reader must know', () => {
  const policy = { ...richView.policy, source: { ...richView.policy.source, sha256: 'f'.repeat(64) } };
  const later = { ...cleanView, asOf: '2026-01-01T00:00:00.000Z' };
  expect(diff(later, richView).notes[0]).toContain('the older one');
  expect(diff(cleanView, { ...cleanView, policy }).notes).toEqual([expect.stringContaining('not the same in both')]);
  expect(diff(cleanView, richView).notes).toEqual([expect.stringContaining('could not look everywhere')]);
  expect(diff(emptyView, emptyView)).toMatchObject({
    sentence: 'Nothing changed (0 unchanged).',
    notes: expect.anything() as unknown,
  });
});

it('accounts for every finding once, whatever the reports', () => {
  const findings = fc
    .subarray(richView.findings)
    .chain((some) =>
      fc.tuple(...some.map((finding) => fc.constantFrom(...DEADLINE_STATES).map((state) => at(finding, state)))),
    );
  fc.assert(
    fc.property(findings, findings, fc.boolean(), (before, after, looked) => {
      const { changes: rows, summary } = diff(view(before), view(after, looked ? {} : { targets: [silent] }));
      const { unchanged, ...rest } = summary;
      expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(rows.length);
      const standing = (list: readonly ReportFinding[]): readonly string[] =>
        list.filter(({ deadline }) => deadline.state !== 'withdrawn').map(({ key }) => key);
      const inBoth = before.filter(({ key }) => after.some((other) => other.key === key)).length;
      const gone = standing(before).filter((key) => after.every((other) => other.key !== key)).length;
      const come = standing(after).filter((key) => before.every((other) => other.key !== key)).length;
      expect(rows.length + unchanged).toBe(inBoth + gone + come);
      expect(looked ? summary.unknown : summary.fixed).toBe(0);
    }),
  );
});
