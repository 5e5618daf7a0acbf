import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../src/core/model/deadline.ts';
import type { RiskException } from '../../../src/core/model/exception.ts';
import type { DatedFinding } from '../../../src/core/model/finding.ts';
import type { Policy, Window } from '../../../src/core/model/policy.ts';
import type { JudgeContext } from '../../../src/core/judge/judge-finding.ts';
import { exceptionFor, judgeFinding } from '../../../src/core/judge/judge-finding.ts';
import { makeDated, makePolicy, makeRelease, makeSeverity, makeTimeline } from '../../support/judge-values.ts';

const week: Window = { kind: 'within', amount: 7, unit: 'days' };
const immediate: Window = { kind: 'immediate' };
const someday: Window = { kind: 'opportunistic' };
const release: Window = { kind: 'next-release', level: 'any' };

function judge(
  finding: Partial<DatedFinding>,
  policy: Policy,
  now: string,
  over: Partial<JudgeContext> = {},
): Deadline {
  return judgeFinding(makeDated(finding), { policy, now, releases: [], ...over });
}

describe('judgeFinding', () => {
  it('says in one sentence what a person can check', () => {
    expect(judge({}, makePolicy(week), '2025-06-03T00:00:00.000Z')).toEqual({
      window: week,
      state: 'due',
      dueAt: '2025-06-08T23:59:59.999Z',
      startedAt: '2025-06-01T10:00:00.000Z',
      startedBy: 'published',
      reason:
        'High is to be fixed within 7 days ("high as written", SECURITY.md line 11); the clock started on 2025-06-01 (published); the last day is 2025-06-08 (UTC).',
    });
  });

  it.each([
    ['2025-06-08T23:59:59.999Z', 'due', undefined],
    ['2025-06-09T00:00:00.000Z', 'overdue', 0],
    ['2025-06-09T23:59:59.998Z', 'overdue', 0],
    ['2025-06-09T23:59:59.999Z', 'overdue', 1],
    ['2025-07-20T12:00:00.000Z', 'overdue', 41],
  ])('counts whole days after the due date: %s', (now, state, overdueByDays) => {
    const deadline = judge({}, makePolicy(week), now);
    expect([deadline.state, deadline.overdueByDays]).toEqual([state, overdueByDays]);
  });

  it('counts days late by the wall clock where a day has 25 hours', () => {
    const finding = { timeline: makeTimeline({ published: '2025-10-18T10:00:00Z' }) };
    const policy = makePolicy(week, { timeZone: 'Europe/Warsaw' });
    // Due at the end of the 25th; the 26th lasts 25 hours.
    expect(judge(finding, policy, '2025-10-26T22:30:00.000Z').overdueByDays).toBe(0);
    expect(judge(finding, policy, '2025-10-26T23:00:00.000Z').overdueByDays).toBe(1);
  });

  it('takes the window of the severity, and that of unknownAs for an unknown one', () => {
    const policy = makePolicy(someday, { unknownAs: 'critical' }, { critical: immediate, low: release });
    const state = (level: DatedFinding['severity']['level']): string =>
      judge({ severity: makeSeverity(level) }, policy, '2025-06-10T00:00:00.000Z').state;
    expect(['critical', 'high', 'medium', 'low', 'unknown'].map((level) => state(level as 'high'))).toEqual([
      'overdue',
      'opportunistic',
      'opportunistic',
      'next-release',
      'overdue',
    ]);
    const { reason } = judge({ severity: makeSeverity('unknown') }, policy, '2025-06-10T00:00:00.000Z');
    expect(reason).toContain('Nobody states a severity, so it is judged as critical');
  });

  it('does not judge what was withdrawn, however late it would be', () => {
    const advisory = { ...makeDated().advisory, withdrawn: '2025-06-05T00:00:00.000Z' };
    expect(judge({ advisory }, makePolicy(immediate), '2026-01-01T00:00:00.000Z')).toEqual({
      window: immediate,
      state: 'withdrawn',
      reason: 'The advisory was withdrawn on 2025-06-05.',
    });
  });

  it('breaks on the tag that still carried it', () => {
    const releases = [makeRelease('1.0.0', '2025-06-15T00:00:00.000Z')];
    const deadline = judge({ carriedBy: ['v1.0.0'] }, makePolicy(release), '2025-06-20T00:00:00.000Z', { releases });
    expect(deadline).toMatchObject({ state: 'overdue', dueAt: '2025-06-15T00:00:00.000Z', overdueByDays: 5 });
  });

  it('makes control characters of the policy visible', () => {
    const policy = makePolicy(week);
    const hostile = { ...policy, windows: policy.windows.map((each) => ({ ...each, text: '\u001b[2Jgone' })) };
    expect(judge({}, hostile, '2025-06-03T00:00:00.000Z').reason).toContain('\\u{1b}[2Jgone');
  });

  it('refuses a moment that is none', () => {
    expect(() => judge({}, makePolicy(week), 'tomorrow')).toThrow(TypeError);
  });
});

describe('judgeFinding: no fix', () => {
  const open = { fix: { available: false } };
  const wait = { rule: 'pause', longestWait: { kind: 'within', amount: 30, unit: 'days' } } as const;

  it.each<[string, Window, Policy['noFix'], Partial<DatedFinding>, string, string, string | undefined]>([
    ['waits', week, { rule: 'pause' }, open, '2026-01-01T00:00:00.000Z', 'awaiting-fix', undefined],
    [
      'counts where the policy says so',
      week,
      { rule: 'count' },
      open,
      '2025-06-03T00:00:00.000Z',
      'due',
      '2025-06-08T23:59:59.999Z',
    ],
    [
      'is late where the policy counts',
      week,
      { rule: 'count' },
      open,
      '2026-01-01T00:00:00.000Z',
      'overdue',
      '2025-06-08T23:59:59.999Z',
    ],
    [
      'waits to the last day of the longest wait',
      immediate,
      wait,
      open,
      '2025-07-01T23:59:59.999Z',
      'awaiting-fix',
      '2025-07-01T23:59:59.999Z',
    ],
    ['waits no longer', immediate, wait, open, '2025-07-02T00:00:00.000Z', 'overdue', '2025-07-01T23:59:59.999Z'],
    [
      'has no longest wait where it has no date',
      someday,
      wait,
      open,
      '2026-01-01T00:00:00.000Z',
      'awaiting-fix',
      undefined,
    ],
    [
      'does not wait for a fix of malware',
      immediate,
      { rule: 'pause' },
      { ...open, advisory: { ...makeDated().advisory, malware: true } },
      '2025-06-02T00:00:00.000Z',
      'overdue',
      '2025-06-01T10:00:00.000Z',
    ],
    [
      'waits when only older versions are free of it',
      week,
      { rule: 'pause' },
      { fix: { available: false, kind: 'downgrade' } },
      '2026-01-01T00:00:00.000Z',
      'awaiting-fix',
      undefined,
    ],
  ])('%s', (_, window, noFix, finding, now, state, dueAt) => {
    const deadline = judge(finding, makePolicy(window, { noFix }), now);
    expect([deadline.state, deadline.dueAt]).toEqual([state, dueAt]);
  });

  it('says on which day the longest wait ends', () => {
    const { reason } = judge(open, makePolicy(week, { noFix: wait }), '2025-06-02T00:00:00.000Z');
    expect(reason).toContain(
      'no fixed version is known, and the longest wait is 30 days: the last day is 2025-07-01 (UTC)',
    );
  });

  it('starts the clock when the fix appears', () => {
    const timeline = makeTimeline({ published: '2025-06-01T10:00:00Z', fixReleased: '2025-07-01T10:00:00Z' });
    expect(judge({ timeline }, makePolicy(week), '2025-07-02T00:00:00.000Z')).toMatchObject({
      state: 'due',
      startedBy: 'fix released',
      dueAt: '2025-07-08T23:59:59.999Z',
    });
  });
});

describe('judgeFinding: known exploited', () => {
  const twoDays: Window = { kind: 'within', amount: 2, unit: 'days' };
  const exploited = (at: string, over: Partial<DatedFinding> = {}): Partial<DatedFinding> => ({
    timeline: makeTimeline({ published: '2025-06-01T10:00:00Z', knownExploited: at }),
    ...over,
  });

  it.each<[string, Window, Window | undefined, string, string, string, string | undefined]>([
    [
      'takes the tighter window',
      someday,
      twoDays,
      '2025-06-01T10:00:00Z',
      '2025-06-02T00:00:00.000Z',
      'due',
      '2025-06-03T23:59:59.999Z',
    ],
    [
      'keeps its own when that is tighter',
      immediate,
      twoDays,
      '2025-06-01T10:00:00Z',
      '2025-06-01T10:00:00.000Z',
      'due',
      '2025-06-01T10:00:00.000Z',
    ],
    [
      'starts when the exploitation was known',
      someday,
      twoDays,
      '2025-06-10T00:00:00Z',
      '2025-06-11T00:00:00.000Z',
      'due',
      '2025-06-12T23:59:59.999Z',
    ],
    [
      'is due at the earlier of both',
      week,
      twoDays,
      '2025-06-07T00:00:00Z',
      '2025-06-07T12:00:00.000Z',
      'due',
      '2025-06-08T23:59:59.999Z',
    ],
    [
      'does not count before it is known',
      someday,
      twoDays,
      '2025-06-10T00:00:00Z',
      '2025-06-09T00:00:00.000Z',
      'opportunistic',
      undefined,
    ],
    [
      'does not count where the policy is silent',
      someday,
      undefined,
      '2025-06-01T10:00:00Z',
      '2025-07-01T00:00:00.000Z',
      'opportunistic',
      undefined,
    ],
    [
      'puts a date before a release',
      release,
      twoDays,
      '2025-06-01T10:00:00Z',
      '2025-06-02T00:00:00.000Z',
      'due',
      '2025-06-03T23:59:59.999Z',
    ],
  ])('%s', (_, own, knownExploited, at, now, state, dueAt) => {
    const policy = makePolicy(own, knownExploited === undefined ? {} : { knownExploited });
    const deadline = judge(exploited(at), policy, now);
    expect([deadline.state, deadline.dueAt]).toEqual([state, dueAt]);
  });

  it('names the exploitation in the reason, and reports the window that ruled', () => {
    const deadline = judge(
      exploited('2025-06-01T10:00:00Z'),
      makePolicy(someday, { knownExploited: twoDays }),
      '2025-06-02T00:00:00.000Z',
    );
    expect(deadline.window).toEqual(twoDays);
    expect(deadline.reason).toContain('known exploited since 2025-06-01');
  });
});

describe('judgeFinding: accepted risks', () => {
  const accepted: RiskException = {
    advisory: 'cve-2025-1',
    reason: 'Not reachable',
    owner: 'Ada',
    approver: 'Grace',
    expires: '2025-06-20',
    line: 3,
  };
  const at = (now: string, over: Partial<RiskException> = {}, policy: Partial<Policy> = {}): Deadline =>
    judge({}, makePolicy(week, policy), now, { exceptions: [{ ...accepted, ...over }] });

  it.each<[string, string, Partial<RiskException>, Partial<Policy>, string]>([
    ['holds through its last day', '2025-06-20T23:59:59.999Z', {}, {}, 'accepted'],
    ['holds no longer', '2025-06-21T00:00:00.000Z', {}, {}, 'overdue'],
    ['ends where the policy lives', '2025-06-20T22:00:00.000Z', {}, { timeZone: 'Europe/Warsaw' }, 'overdue'],
    [
      'covers the target it names',
      '2025-06-15T00:00:00.000Z',
      { target: 'web', package: 'left', versions: '<2' },
      {},
      'accepted',
    ],
    ['not another target', '2025-06-15T00:00:00.000Z', { target: 'api' }, {}, 'overdue'],
    ['not another package', '2025-06-15T00:00:00.000Z', { package: 'right' }, {}, 'overdue'],
    ['not another version', '2025-06-15T00:00:00.000Z', { versions: '>=2' }, {}, 'overdue'],
    ['not another advisory', '2025-06-15T00:00:00.000Z', { advisory: 'CVE-2025-2' }, {}, 'overdue'],
    ['never with an expiry that is no day', '2025-06-15T00:00:00.000Z', { expires: 'never' }, {}, 'overdue'],
  ])('%s', (_, now, exception, policy, state) => {
    expect(at(now, exception, policy).state).toBe(state);
  });

  it('brings back the original clock when it expires, and says so', () => {
    const deadline = at('2025-07-20T12:00:00.000Z');
    expect(deadline).toMatchObject({ state: 'overdue', overdueByDays: 41, dueAt: '2025-06-08T23:59:59.999Z' });
    expect(deadline.reason).toContain('formerly accepted until 2025-06-20');
  });

  it('prefers an exception that holds to one that has expired', () => {
    const exceptions = [{ ...accepted, expires: '2025-06-01' }, accepted];
    const context = { policy: makePolicy(week), now: '2025-06-15T00:00:00.000Z', releases: [], exceptions };
    expect(judgeFinding(makeDated(), context).reason).toBe(
      'Accepted by Grace until the end of 2025-06-20 (owner Ada): Not reachable.',
    );
    expect(exceptionFor(makeDated(), context)).toBe(accepted);
    expect(exceptionFor(makeDated(), { ...context, now: '2025-06-21T00:00:00.000Z' })).toBeUndefined();
  });

  it('does not take a range for all of several versions when it covers one', () => {
    const exceptions = [{ ...accepted, versions: '<2' }];
    const deadline = judge({ versions: ['1.0.0', '2.1.0'] }, makePolicy(week), '2025-06-15T00:00:00.000Z', {
      exceptions,
    });
    expect(deadline.state).toBe('overdue');
  });
});

describe('judgeFinding: laws', () => {
  const instant = fc
    .date({ min: new Date('2025-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());
  const window = fc.oneof(
    fc.constant(immediate),
    fc.constant(someday),
    fc.record({ kind: fc.constant('next-release' as const), level: fc.constantFrom('any', 'patch', 'minor', 'major') }),
    fc.record({
      kind: fc.constant('within' as const),
      amount: fc.integer({ min: 0, max: 40 }),
      unit: fc.constantFrom('hours', 'days', 'business-days', 'weeks', 'months'),
    }),
  ) as fc.Arbitrary<Window>;
  const timeline = fc
    .record(
      { introduced: instant, published: instant, fixReleased: instant, firstSeen: instant, knownExploited: instant },
      { requiredKeys: ['firstSeen'] },
    )
    .map((dates) => makeTimeline(dates));
  const policy = fc
    .record({
      window,
      clock: fc.constantFrom<Policy['clock']>('act', 'introduced', 'published', 'fixReleased', 'firstSeen'),
      noFix: fc.constantFrom<Policy['noFix']>(
        { rule: 'pause' },
        { rule: 'count' },
        { rule: 'pause', longestWait: { kind: 'within', amount: 9, unit: 'days' } },
      ),
      knownExploited: fc.option(window, { nil: undefined }),
      timeZone: fc.constantFrom('UTC', 'Europe/Warsaw', 'America/Los_Angeles'),
    })
    .map(({ window: own, knownExploited, ...rest }) =>
      makePolicy(own, { ...rest, ...(knownExploited === undefined ? {} : { knownExploited }) }),
    );
  const releases = [makeRelease('1.0.0', '2025-03-01T00:00:00.000Z'), makeRelease('1.1.0', '2025-08-01T00:00:00.000Z')];
  const carriedBy = fc.subarray(['v1.0.0', 'v1.1.0']);

  it('overdue stays overdue as time passes, and is exactly to be past the due date', () => {
    fc.assert(
      fc.property(timeline, policy, carriedBy, fc.boolean(), instant, instant, (dates, rules, tags, fixable, a, b) => {
        const finding = makeDated({ timeline: dates, carriedBy: tags, fix: { available: fixable } });
        const [before, after] = [a, b]
          .sort()
          .map((now) => ({ now, deadline: judgeFinding(finding, { policy: rules, now, releases }) }));
        if (before!.deadline.state === 'overdue') {
          expect(after!.deadline.state).toBe('overdue');
          expect(after!.deadline.overdueByDays).toBeGreaterThanOrEqual(before!.deadline.overdueByDays!);
        }
        for (const { now, deadline } of [before!, after!]) {
          if (deadline.dueAt !== undefined) expect(deadline.state === 'overdue').toBe(now > deadline.dueAt);
          expect(deadline.overdueByDays === undefined).toBe(deadline.state !== 'overdue');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same deadline for the same facts', () => {
    fc.assert(
      fc.property(timeline, policy, instant, (dates, rules, now) => {
        const finding = makeDated({ timeline: dates });
        const context = { policy: rules, now, releases };
        expect(judgeFinding(structuredClone(finding), context)).toEqual(judgeFinding(finding, context));
      }),
    );
  });
});
