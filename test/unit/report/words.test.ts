/** The words for dates, states and fixes. */
import { describe, expect, it } from 'vitest';
import {
  calendarOf,
  coverageWords,
  dueWords,
  fixWords,
  likelihoodWords,
  minuteOf,
  packageWords,
  severityWords,
  timelineWords,
} from '../../../src/core/report/words.ts';
import type { JudgedFinding } from '../../../src/core/model/judged-finding.ts';
import { findingRow } from '../../../src/core/report/finding-row.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { docsAside, findingIn, richInput } from './sample.ts';
import { richView } from './views.ts';

function rowOf(finding: JudgedFinding) {
  return findingRow(finding, false);
}

function calendarIn(timeZone: string) {
  return calendarOf({ policy: { ...richView.policy, timeZone } });
}

describe('days', () => {
  it.each([
    ['UTC', '2025-12-05T23:59:59.999Z', '2025-12-05'],
    ['America/Los_Angeles', '2025-12-06T07:59:59.999Z', '2025-12-05'],
    ['Pacific/Auckland', '2025-12-05T11:00:00.000Z', '2025-12-06'],
    ['No/Such_Zone', '2025-12-05T23:59:59.999Z', '2025-12-05'],
    ['UTC', 'not a date', 'not a date'],
    ['UTC', '+275760-09-13T00:00:00.001Z', '+275760-09-13T00:00:00.001Z'],
  ])('end in the zone of the policy: %s', (zone, instant, day) => {
    expect(calendarIn(zone)(instant)).toBe(day);
  });

  it('minutes are UTC', () => {
    expect(minuteOf('2025-12-05T09:30:59.999Z')).toBe('2025-12-05 09:30 UTC');
    expect(minuteOf('soon')).toBe('soon');
  });
});

describe('a finding', () => {
  const utc = calendarIn('UTC');

  it.each([
    ['overdue', '13 days overdue'],
    ['due', 'due 2025-12-05'],
    ['next-release', 'next release'],
    ['awaiting-fix', 'awaiting a fix'],
    ['opportunistic', 'opportunistic'],
    ['accepted', 'accepted until 2026-01-31'],
    ['withdrawn', 'withdrawn'],
  ] as const)('%s is said as "%s"', (state, words) => {
    expect(dueWords(rowOf(findingIn(state, 5)), utc)).toBe(words);
  });

  it('that waits for a fix for so long says until when', () => {
    const { deadline } = findingIn('awaiting-fix', 1);
    const waiting = findingIn('awaiting-fix', 1, { deadline: { ...deadline, dueAt: '2026-05-09T23:59:59.999Z' } });
    expect(dueWords(rowOf(waiting), utc)).toBe('awaiting a fix until 2026-05-09');
  });

  it.each([
    [0, 'overdue today'],
    [1, '1 day overdue'],
    [2, '2 days overdue'],
  ])('%i days late', (overdueByDays, words) => {
    const { deadline } = findingIn('overdue', 1);
    expect(dueWords(rowOf(findingIn('overdue', 1, { deadline: { ...deadline, overdueByDays } })), utc)).toBe(words);
  });

  it.each([
    [{ available: false }, 'none yet'],
    [{ available: true }, 'see advisory'],
    [{ available: true, version: '2.0.0' }, '2.0.0'],
    [{ available: true, version: '2.0.0', kind: 'major' }, '2.0.0 (major)'],
    [
      {
        available: true,
        version: '9.0.7',
        steps: [
          { from: '3.1.2', version: '3.1.3' },
          { from: '9.0.4', version: '9.0.7' },
          { from: '9.0.5', version: '9.0.7' },
        ],
      },
      '3.1.3, 9.0.7',
    ],
  ] as const)('fix %j', (fix, words) => {
    expect(fixWords(rowOf(findingIn('due', 1, { fix })))).toBe(words);
  });

  it.each([
    [[], 'package-1'],
    [['1.0.0'], 'package-1@1.0.0'],
    [['1.0.0', '1.1.0', '2.0.0'], 'package-1@1.0.0 +2'],
  ])('versions %j', (versions, words) => {
    expect(packageWords(rowOf(findingIn('due', 1, { versions })))).toBe(words);
  });

  it('names every known date with its source', () => {
    const timeline = {
      firstSeen: { at: '2025-11-21T00:00:00.000Z', source: 'this run' },
      published: { at: '2025-11-20T00:00:00.000Z', source: 'GHSA-x' },
    };
    expect(timelineWords(rowOf(findingIn('due', 1, { timeline })), utc)).toStrictEqual([
      'published 2025-11-20 (GHSA-x)',
      'first seen 2025-11-21 (this run)',
    ]);
  });

  it.each([
    [undefined, ''],
    [{ score: 0.02398, percentile: 0.82591, date: '2026-05-31' }, 'EPSS 2.4%, more than 82% of all flaws (2026-05-31)'],
    [{ score: 1, percentile: 0.99999 }, 'EPSS 100.0%, more than 99% of all flaws'],
    [{ score: 0, percentile: 0 }, 'EPSS 0.0%, more than 0% of all flaws'],
  ])('says how likely an exploitation is: %j', (epss, words) => {
    expect(likelihoodWords(rowOf(findingIn('due', 1, epss === undefined ? {} : { epss })))).toBe(words);
  });

  it('says who disagrees about the severity', () => {
    const all = [
      { from: 'ghsa-label', by: 'GHSA-x', level: 'high' },
      { from: 'cvss-v3', by: 'PYSEC-1', level: 'critical', score: 9.8 },
    ] as const;
    const severity = { level: 'high', source: 'ghsa-label GHSA-x', disputed: true, all } as const;
    expect(severityWords(rowOf(findingIn('due', 1, { severity })))).toBe(
      'high, decided by ghsa-label GHSA-x; said: high by ghsa-label GHSA-x, critical 9.8 by cvss-v3 PYSEC-1 (they disagree)',
    );
  });
});

describe('folders the configuration hides', () => {
  const excluding = (count: number): readonly string[] => {
    const setAside = Array.from({ length: count }, (_, number) => ({ ...docsAside, path: `old-${number}\u202e` }));
    return coverageWords(assembleReport({ ...richInput, setAside }));
  };

  it.each([
    [1, '1 excluded (old-0\\u{202e})'],
    [3, '3 excluded (old-0\\u{202e}, old-1\\u{202e}, old-2\\u{202e})'],
    [5, '5 excluded (old-0\\u{202e}, old-1\\u{202e}, old-2\\u{202e} and 2 more)'],
  ])('are named: %d', (count, words) => {
    expect(excluding(count)).toContain(words);
  });

  it('are told from what needs no audit', () => {
    const setAside = [docsAside, { ...docsAside, path: 'empty', reason: 'no-dependencies' as const }];
    const said = coverageWords(assembleReport({ ...richInput, setAside }));
    expect(said.slice(1, 3)).toEqual(['1 excluded (docs)', '1 not applicable']);
  });
});
