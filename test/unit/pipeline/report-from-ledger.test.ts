/** A report out of the ledger alone: what was known that day, judged as it was judged that day, in the same bytes. */
import { describe, expect, it } from 'vitest';
import { judgeFinding } from '../../../src/core/judge/judge-finding.ts';
import { judgeRun } from '../../../src/core/judge/judge-run.ts';
import type { Policy, Window } from '../../../src/core/model/policy.ts';
import type { ReportView } from '../../../src/core/model/report.ts';
import { dateFindings } from '../../../src/core/reconcile/date-findings.ts';
import { stateAsOf } from '../../../src/core/reconcile/fold-ledger.ts';
import type { Observation } from '../../../src/core/reconcile/observation.ts';
import { jsonFormat } from '../../../src/core/report/json.ts';
import { completeReport } from '../../../src/pipeline/complete-report.ts';
import { reportFromLedger } from '../../../src/pipeline/report-from-ledger.ts';
import type { LedgerReportRequest } from '../../../src/pipeline/report-from-ledger.ts';
import { makePolicy, makeRelease, makeTimeline } from '../../support/judge-values.ts';
import { aside, audited, createTestLedger, day, failed, observed, sighting } from '../../support/observed.ts';
import type { TestLedger } from '../../support/observed.ts';

const days = (amount: number): Window => ({ kind: 'within', amount, unit: 'days' });
const look = { color: false, width: 100, verbose: true };

function asOf(ledger: TestLedger, now: string, over: Partial<LedgerReportRequest> = {}): ReportView {
  return reportFromLedger({ state: stateAsOf(ledger.events, now), now, problems: [], ...over });
}

function bytes(view: ReportView): string {
  return jsonFormat.render(view, look);
}

/** A flaw published and introduced on the first of March, and fixable. */
const found = sighting(['GHSA-a', 'CVE-2026-1'], {
  timeline: makeTimeline({ introduced: day(1), published: day(1), fixReleased: day(1) }),
  paths: [['top', 'left']],
});

function nightly(at: string, over: Parameters<typeof observed>[1] = {}): Observation {
  const run = observed([found], over);
  return { ...run, run: { ...run.run, asOf: at, generatedAt: at, commit: 'c'.repeat(40), branch: 'main' } };
}

/** The report a run itself makes. */
function reportOf(run: Observation, ledger: TestLedger): ReportView {
  const { policy, releases, audits } = run;
  const { asOf: now, generatedAt, tool, commit = '', branch = '', problems } = run.run;
  const { setAside } = run.discovery;
  const dated = dateFindings(
    ledger.state(),
    run.sightings.map(({ finding }) => finding),
    run,
    now,
  );
  const findings = dated.map((each) => ({
    ...each,
    deadline: judgeFinding(each, { policy, now, releases }),
    counts: true,
  }));
  const judgement = judgeRun({ findings, audits, setAside, problems, rule: { kind: 'audit' }, policy });
  const repository = { commit, branch };
  const whole = { asOf: now, generatedAt, version: tool, repository, policy, releases, audits, setAside, findings };
  return completeReport({ command: 'report', ...whole, judgement, problems }, ledger.state());
}

describe('a report as of a moment', () => {
  const ledger = createTestLedger();
  const audits = [{ ...audited(), notes: ['resolved for Python 3.12'], durationMs: 12 }, failed('api')];
  const problem = { target: 'api', code: 'c', message: 'm', mend: 'n', blocks: true };
  const second = {
    ...nightly(day(2), {
      audits,
      setAside: [aside('lib', 'workspace-member')],
      releases: [makeRelease('1.0.0', day(1))],
    }),
  };
  const run = { ...second, run: { ...second.run, problems: [problem] } };
  ledger.record(nightly(day(1)), day(1));
  ledger.record(run, day(2));

  it('is the very report the run made', () => {
    expect(asOf(ledger, day(2))).toEqual(reportOf(run, ledger));
  });

  it('stays the same byte for byte, whatever is appended later', () => {
    const before = bytes(asOf(ledger, day(2)));
    const later = createTestLedger();
    later.events.push(...ledger.events);
    later.record(observed([], { audits: [audited('web', {})], policy: makePolicy(days(1)) }), day(5));
    expect(bytes(asOf(later, day(2)))).toBe(before);
    expect(asOf(later, day(5)).findings).toEqual([]);
  });

  it('lets the clock run on where nothing was looked at since', () => {
    expect(asOf(ledger, day(7)).findings.map(({ deadline }) => deadline.state)).toEqual(['due']);
    expect(asOf(ledger, day(10)).findings.map(({ deadline }) => [deadline.state, deadline.overdueByDays])).toEqual([
      ['overdue', 1],
    ]);
  });

  it('says so where the last look is too old to tell', () => {
    const codes = (now: string): readonly string[] => asOf(ledger, now).problems.map(({ code }) => code);
    expect([codes(day(10)).includes('ledger-stale'), codes(day(12)).includes('ledger-stale')]).toEqual([false, true]);
    const quiet = createTestLedger();
    quiet.record(observed([]), day(1));
    expect([asOf(quiet, day(2)).verdict, asOf(quiet, day(20)).verdict]).toEqual(['pass', 'inconclusive']);
  });

  it('is refused where nothing was known', () => {
    expect(() => asOf(ledger, day(0))).toThrow('The ledger holds no run by');
  });

  it.each([{ clock: 'moon' }, { timeZone: 'Moon/Base' }, { windows: 'soon' }])(
    'is refused where the policy then was %j',
    (change) => {
      const broken = createTestLedger();
      const policy = { ...nightly(day(1)).policy, ...change } as Policy;
      broken.record({ ...nightly(day(1)), policy }, day(1));
      expect(() => asOf(broken, day(1))).toThrow('in a form this fixby cannot read');
    },
  );
});

describe('a policy that changed meanwhile', () => {
  const month = makePolicy(days(30));
  const daily = makePolicy(days(1));
  const ledger = createTestLedger();
  ledger.record(nightly(day(1), { policy: month }), day(1));
  ledger.record(nightly(day(4), { policy: daily }), day(4));
  ledger.record(nightly(day(6), { policy: month }), day(6));
  const state = (now: string, policy?: Policy): string | undefined =>
    asOf(ledger, now, policy === undefined ? {} : { current: { policy, maxDays: {} } }).findings[0]?.deadline.state;

  it.each([
    [day(3), 'due'],
    [day(5), 'overdue'],
    [day(7), 'due'],
  ])('judges %s by the one in force: %s', (now, expected) => {
    expect(state(now)).toBe(expected);
  });

  it('judges by the present one where that is asked for', () => {
    expect([state(day(3), daily), state(day(5), month)]).toEqual(['overdue', 'due']);
  });
});

describe('an accepted risk', () => {
  const exception = {
    advisory: 'CVE-2026-1',
    target: 'web',
    reason: 'not reachable',
    owner: 'ada',
    approver: 'grace',
    expires: '2026-03-12',
    line: 7,
  };
  const ledger = createTestLedger();
  ledger.record(nightly(day(1)), day(1));
  ledger.record(nightly(day(9), { exceptions: [exception] }), day(9));
  const row = (now: string, from = ledger): unknown => {
    const [finding] = asOf(from, now).findings;
    return [finding?.deadline.state, finding?.deadline.overdueByDays, finding?.exception?.owner];
  };

  it.each([
    [day(2), ['due', undefined, undefined]],
    [day(9), ['accepted', undefined, 'ada']],
    ['2026-03-12T23:59:59.999Z', ['accepted', undefined, 'ada']],
    ['2026-03-13T00:00:00.000Z', ['overdue', 4, undefined]],
  ])('at %s: %j', (now, expected) => {
    expect(row(now)).toEqual(expected);
  });

  it('has held only as long as it could be accepted then', () => {
    const limited = createTestLedger();
    limited.record(nightly(day(9), { exceptions: [exception], maxDays: { high: 2 } }), day(9));
    limited.record(nightly(day(14), { exceptions: [exception], maxDays: { high: 90 } }), day(14));
    expect([row('2026-03-11T23:00:00.000Z', limited), row(day(12), limited)]).toEqual([
      ['accepted', undefined, 'ada'],
      ['overdue', 3, undefined],
    ]);
  });

  it('is gone once it left the file', () => {
    const dropped = createTestLedger();
    dropped.record(nightly(day(9), { exceptions: [exception] }), day(9));
    dropped.record(nightly(day(10)), day(10));
    expect([row(day(9), dropped), row(day(10), dropped)]).toEqual([
      ['accepted', undefined, 'ada'],
      ['overdue', 1, undefined],
    ]);
  });
});

describe('facts that came late', () => {
  it('an import of an old report is first seen when it came, and counts from its own dates', () => {
    const ledger = createTestLedger();
    ledger.record(nightly(day(20)), day(20));
    const [finding] = asOf(ledger, day(20)).findings;
    expect([finding?.timeline.firstSeen, finding?.deadline.startedAt, finding?.deadline.overdueByDays]).toEqual([
      day(20),
      day(1),
      11,
    ]);
  });

  it('a ledger that tells only what it must is read all the same', () => {
    const ledger = createTestLedger();
    ledger.record(nightly(day(1)), day(1));
    const bare = ledger.events.map((event) => {
      if (event.body.type !== 'finding-opened') return event;
      const { type, finding } = event.body;
      return { ...event, body: { type, finding } };
    });
    const [finding] = reportFromLedger({ state: stateAsOf(bare, day(1)), now: day(1), problems: [] }).findings;
    expect(finding).toMatchObject({ key: found.finding.key, severity: { level: 'high', source: 'ledger' }, paths: [] });
  });
});
