/** What becomes of a deadline when a finding's severity changes: raised it may come nearer, lowered it never goes away. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deadline } from '../../../src/core/model/deadline.ts';
import type { DatedFinding, SeverityChange } from '../../../src/core/model/finding.ts';
import type { Policy, Window } from '../../../src/core/model/policy.ts';
import type { SeverityLevel } from '../../../src/core/model/severity.ts';
import { judgeFinding } from '../../../src/core/judge/judge-finding.ts';
import { makeDated, makePolicy, makeRelease, makeSeverity, makeTimeline } from '../../support/judge-values.ts';

const days = (amount: number): Window => ({ kind: 'within', amount, unit: 'days' });
const minor: Window = { kind: 'next-release', level: 'minor' };
const major: Window = { kind: 'next-release', level: 'major' };
const immediate: Window = { kind: 'immediate' };
const someday: Window = { kind: 'opportunistic' };

/** Critical at once, high in 7 days, medium in 30, low when there is an occasion. The clock starts on 1 June at ten. */
const policy = makePolicy(someday, {}, { critical: immediate, high: days(7), medium: days(30) });

/** `01 low, 10 high`: the levels from those days of June on. */
function history(text: string): readonly SeverityChange[] {
  return text.split(', ').map((entry) => {
    const [day = '', level] = entry.split(' ');
    return { at: `2025-06-${day}T12:00:00.000Z`, level: level as SeverityLevel };
  });
}

function judge(text: string, now: string, over: Partial<DatedFinding> = {}, rules: Policy = policy): Deadline {
  const severityHistory = history(text);
  const level = severityHistory.filter(({ at }) => at <= now).at(-1)?.level ?? 'high';
  const finding = makeDated({ severity: makeSeverity(level), severityHistory, ...over });
  return judgeFinding(finding, { policy: rules, now, releases: [] });
}

describe('a changed severity', () => {
  it.each<[string, string, string, string, string | undefined]>([
    ['never changed: counts from the clock', '01 high', '06-05', 'due', '2025-06-08T23:59:59.999Z'],
    ['raised: the new time counts from the raise', '01 low, 10 high', '06-11', 'due', '2025-06-17T23:59:59.999Z'],
    ['raised: not overdue on the day of the raise', '01 medium, 20 high', '06-20', 'due', '2025-06-27T23:59:59.999Z'],
    ['raised: overdue after the new time', '01 low, 10 high', '06-18', 'overdue', '2025-06-17T23:59:59.999Z'],
    ['raised late: the old date is earlier', '01 medium, 28 high', '06-29', 'due', '2025-07-01T23:59:59.999Z'],
    [
      'raised when overdue: stays overdue since then',
      '01 high, 20 critical',
      '06-21',
      'overdue',
      '2025-06-08T23:59:59.999Z',
    ],
    ['raised to no time at all: due that moment', '01 medium, 10 critical', '06-10', 'due', '2025-06-10T12:00:00.000Z'],
    [
      'raised to no time at all: overdue after it',
      '01 medium, 10 critical',
      '06-11',
      'overdue',
      '2025-06-10T12:00:00.000Z',
    ],
    ['raised twice: the earliest of all', '01 low, 05 medium, 10 high', '06-11', 'due', '2025-06-17T23:59:59.999Z'],
    ['lowered: the old date stands', '01 high, 05 medium', '06-06', 'due', '2025-06-08T23:59:59.999Z'],
    ['lowered: and can be missed', '01 high, 05 low', '06-09', 'overdue', '2025-06-08T23:59:59.999Z'],
    ['lowered when overdue: stays overdue', '01 high, 20 low', '06-21', 'overdue', '2025-06-08T23:59:59.999Z'],
    [
      'raised and lowered again: the time of the raise stands',
      '01 low, 05 high, 07 low',
      '06-08',
      'due',
      '2025-06-12T23:59:59.999Z',
    ],
    [
      'lowered and raised again: nothing is won',
      '01 high, 03 low, 05 high',
      '06-06',
      'due',
      '2025-06-08T23:59:59.999Z',
    ],
    ['to unknown, judged as high: no change', '01 high, 05 unknown', '06-06', 'due', '2025-06-08T23:59:59.999Z'],
    ['from unknown to critical: a raise', '01 unknown, 05 critical', '06-05', 'due', '2025-06-05T12:00:00.000Z'],
    ['a change to come does not count yet', '01 low, 20 critical', '06-10', 'opportunistic', undefined],
  ])('%s (%s, judged on %s)', (_what, text, day, state, dueAt) => {
    const now = `2025-${day}T12:00:00.000Z`;
    const deadline = judge(text, now);
    expect([deadline.state, deadline.dueAt]).toEqual([state, dueAt]);
  });

  it('counts from now where the history does not know of it yet', () => {
    const over = { severity: makeSeverity('high') };
    expect(judge('01 low', '2025-06-20T12:00:00.000Z', over)).toMatchObject({
      state: 'due',
      dueAt: '2025-06-27T23:59:59.999Z',
      countedFrom: '2025-06-20T12:00:00.000Z',
    });
  });

  it('gives nothing and takes nothing while the clock had not started', () => {
    const timeline = makeTimeline({ published: '2025-06-01T10:00:00Z', fixReleased: '2025-06-15T10:00:00Z' });
    expect(judge('01 critical, 10 medium', '2025-06-16T00:00:00.000Z', { timeline })).toMatchObject({
      window: days(30),
      dueAt: '2025-07-15T23:59:59.999Z',
    });
    const raised = judge('01 low, 10 high', '2025-06-16T00:00:00.000Z', { timeline });
    expect(raised.dueAt).toBe('2025-06-22T23:59:59.999Z');
    expect(raised.countedFrom).toBeUndefined();
  });

  it('does not touch a finding that waits for a fix, but for its longest wait', () => {
    const fix = { available: false };
    const wait = { rule: 'pause', longestWait: { kind: 'within', amount: 30, unit: 'days' } } as const;
    expect(judge('01 medium, 10 critical', '2025-06-20T00:00:00.000Z', { fix }).state).toBe('awaiting-fix');
    expect(judge('01 high, 05 low', '2025-07-20T00:00:00.000Z', { fix }, { ...policy, noFix: wait })).toMatchObject({
      state: 'overdue',
      dueAt: '2025-07-01T23:59:59.999Z',
    });
  });

  it('keeps the release it was due in', () => {
    const rules = makePolicy(someday, {}, { medium: minor, low: major });
    const releases = [
      makeRelease('1.0.0', '2025-05-01T00:00:00.000Z'),
      makeRelease('1.1.0', '2025-06-20T00:00:00.000Z'),
    ];
    const at = (now: string, carriedBy: readonly string[]): Deadline =>
      judgeFinding(
        makeDated({ severity: makeSeverity('low'), severityHistory: history('01 medium, 05 low'), carriedBy }),
        { policy: rules, now, releases: releases.filter((release) => release.at <= now) },
      );
    expect(at('2025-06-10T00:00:00.000Z', [])).toMatchObject({ state: 'next-release', window: minor });
    expect(at('2025-06-21T00:00:00.000Z', ['v1.1.0'])).toMatchObject({ state: 'overdue', window: minor });
  });

  it('says in one sentence what a raise and a lowering did', () => {
    expect(judge('01 low, 10 high', '2025-06-11T00:00:00.000Z').reason).toBe(
      'High is to be fixed within 7 days ("high as written", SECURITY.md line 11); the clock started on 2025-06-01 (published); high since 2025-06-10 and counted from there: the last day is 2025-06-17 (UTC).',
    );
    expect(judge('01 high, 05 medium', '2025-06-06T00:00:00.000Z').reason).toBe(
      'Medium is to be fixed within 30 days ("medium as written", SECURITY.md line 12); the clock started on 2025-06-01 (published); it was high until 2025-06-05, and the time that gave stands (within 7 days): the last day is 2025-06-08 (UTC).',
    );
  });

  it('passes over moments that are none', () => {
    const severityHistory = [{ at: 'soon', level: 'critical' as const }, ...history('01 high')];
    expect(judge('01 high', '2025-06-05T00:00:00.000Z', { severityHistory })).toMatchObject({
      state: 'due',
      dueAt: '2025-06-08T23:59:59.999Z',
    });
  });
});

describe('laws of changed severities', () => {
  const level = fc.constantFrom<SeverityLevel>('critical', 'high', 'medium', 'low', 'unknown');
  const day = fc
    .integer({ min: 0, max: 120 })
    .map((offset) => new Date(Date.UTC(2025, 5, 1 + offset, 12)).toISOString());
  const changes = fc.array(fc.record({ at: day, level }), { maxLength: 5 });
  const windows = fc.record({
    critical: fc.constantFrom(immediate, days(1)),
    high: fc.constantFrom(days(7), minor),
    medium: fc.constantFrom(days(30), minor, major),
    low: fc.constantFrom(days(90), major, someday),
  });
  const releases = [makeRelease('1.0.0', '2025-05-01T00:00:00.000Z'), makeRelease('2.0.0', '2025-07-20T00:00:00.000Z')];
  const at = (known: readonly SeverityChange[], present: SeverityLevel, rules: Policy, now: string): Deadline =>
    judgeFinding(makeDated({ severity: makeSeverity(present), severityHistory: known, carriedBy: ['v2.0.0'] }), {
      policy: rules,
      now,
      releases,
    });
  /** The earlier end of two: overdue first, then dates, then releases, then none. */
  const endOf = ({ state, dueAt }: Deadline): string => dueAt ?? (state === 'next-release' ? '8' : '9');

  it('overdue stays overdue, whatever is re-scored later', () => {
    fc.assert(
      fc.property(changes, windows, day, day, level, level, (known, bySeverity, a, b, then, later) => {
        const rules = makePolicy(someday, {}, bySeverity);
        const [before = '', after = ''] = [a, b].sort();
        const past = known.filter((change) => change.at <= before);
        const first = at(past, then, rules, before);
        const second = at(
          [...past, { at: before, level: then }, ...known.filter((change) => change.at > before)],
          later,
          rules,
          after,
        );
        if (first.state === 'overdue') expect(second.state).toBe('overdue');
        if (first.dueAt !== undefined) expect(endOf(second) <= first.dueAt).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('a re-score never gives more time than there was', () => {
    fc.assert(
      fc.property(windows, day, level, level, (bySeverity, now, was, is) => {
        const rules = makePolicy(someday, {}, bySeverity);
        const before = at([], was, rules, now);
        const after = at([{ at: '2025-06-01T12:00:00.000Z', level: was }], is, rules, now);
        expect(endOf(after) <= endOf(before)).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the history', () => {
    fc.assert(
      fc.property(changes, windows, day, level, (known, bySeverity, now, present) => {
        const rules = makePolicy(someday, {}, bySeverity);
        const distinct = [...new Map(known.map((change) => [change.at, change])).values()];
        expect(at([...distinct].reverse(), present, rules, now)).toEqual(at(distinct, present, rules, now));
      }),
    );
  });
});
