/** What people are told of a run, and what must never be left out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestSchema } from '../../../src/core/model/digest.ts';
import { digestOf } from '../../../src/core/notify/digest.ts';
import { LONG, SHORT, writeLetter } from '../../../src/core/notify/letter.ts';
import { plainText } from '../../../src/core/notify/media/plain.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { emptyView, manyView, richView } from '../report/views.ts';
import { findingIn, richInput } from '../report/sample.ts';
import { calmDigest, calmView, newsDigest, newsView } from './digests.ts';

const DAY = 86_400_000;

describe('the digest of a run with news', () => {
  it('sorts what there is to tell', () => {
    const { overdue, opened, back, expiring, cleared, unchecked, missedRuns, allWell } = newsDigest;
    expect(overdue.map((each) => [each.package, each.isNew])).toEqual([['package-0', true]]);
    expect(opened.map((each) => each.package)).toEqual(['package-0']);
    expect(back.map((each) => [each.package, each.isBack])).toEqual([['package-1', true]]);
    expect(expiring.map((each) => [each.expires, each.owner])).toEqual([['2026-01-31', 'ada@example.org']]);
    expect(cleared.map((each) => each.how)).toEqual(['upgraded']);
    expect(unchecked.map((each) => each.place)).toContain('api');
    expect(missedRuns).toContain('3 days ago');
    expect(allWell).toBe(false);
  });

  it('has the form that is published', () => {
    for (const digest of [newsDigest, calmDigest, digestOf(emptyView, 'x'), digestOf(manyView, 'x')])
      expect(digestSchema.parse(digest)).toEqual(digest);
  });

  it('is the same for the same report', () => {
    expect(JSON.stringify(digestOf(newsView, 'acme/shop'))).toBe(JSON.stringify(newsDigest));
  });
});

describe('the heartbeat', () => {
  it('says that all is well, and what is open though', () => {
    expect(calmDigest.allWell).toBe(true);
    expect(writeLetter(calmDigest, SHORT).subject).toBe('[fixby] acme/shop: all is well');
    expect(plainText(writeLetter(calmDigest, SHORT))).toMatch(/^✔ All is well with acme\/shop: nothing overdue/);
    const later = assembleReport({ ...richInput, findings: [findingIn('due', 1)] }).findings;
    const { nextDue, allWell } = digestOf({ ...calmView, asOf: '2025-11-01T00:00:00.000Z', findings: later }, 'x');
    expect([nextDue, allWell]).toEqual(['2025-12-05T23:59:59.999Z', true]);
  });

  it.each<[string, Partial<typeof calmView>]>([
    ['a verdict that is no pass', { verdict: 'inconclusive' }],
    ['a broken policy', { verdict: 'fail' }],
    ['something overdue', { findings: richView.findings.filter(({ deadline }) => deadline.state === 'overdue') }],
    ['an open question', { open: ['Nobody knows whether the advisory source was asked.'] }],
    ['a target nobody looked at', { targets: richView.targets }],
    ['missed runs', { problems: newsView.problems.filter(({ code }) => code === 'runs-missed') }],
    ['a new finding', { findings: richView.findings, changes: { ...newsView.changes!, cleared: [] } }],
  ])('is not sent with %s', (_what, over) => {
    expect(digestOf({ ...calmView, ...over }, 'x').allWell).toBe(false);
  });

  it('is sent on a night on which something was cleared', () => {
    const changes = { ...calmView.changes!, cleared: newsView.changes!.cleared };
    expect(digestOf({ ...calmView, changes }, 'x').allWell).toBe(true);
  });
});

describe('what is due soon', () => {
  const due = (asOf: number) => {
    const findings = assembleReport({ ...richInput, findings: [findingIn('due', 1)] }).findings;
    return digestOf({ ...calmView, asOf: new Date(asOf).toISOString(), findings }, 'x').dueSoon.length;
  };
  const end = Date.parse('2025-12-05T23:59:59.999Z');

  it.each([
    [3 * DAY + 1, 0],
    [3 * DAY, 1],
    [1, 1],
  ])('%s ms before its end: %s', (before, told) => {
    expect(due(end - before)).toBe(told);
  });
});

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Omit<T, K>;
}

describe('what was compared', () => {
  const words = (view: typeof newsView): string => plainText(writeLetter(digestOf(view, 'x'), LONG));

  it('is said, and said to be unknown where the run was not recorded', () => {
    expect(words(newsView)).toContain('compared with the run of 2025-11-30 02:00 UTC');
    const first = without(newsView.changes!, 'previousRun');
    expect(words({ ...newsView, changes: first })).toContain('no earlier run is recorded');
    const unrecorded = without(newsView, 'changes');
    expect(words(unrecorded)).toContain('nobody can tell what is new or cleared');
  });
});

it('keeps every overdue finding in every digest, however old it is and however many there are', () => {
  const ages = fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(ages, (days) => {
      const findings = days.map((overdueByDays, index) => {
        const finding = findingIn('overdue', index);
        return { ...finding, deadline: { ...finding.deadline, overdueByDays } };
      });
      const view = assembleReport({ ...richInput, findings });
      const digest = digestOf({ ...view, changes: { opened: [], back: [], cleared: [] } }, 'x');
      expect(digest.overdue).toHaveLength(days.length);
      for (const room of [SHORT, LONG]) {
        const { subject, sections } = writeLetter(digest, room);
        expect(subject).toContain(`${days.length} overdue`);
        const [first] = sections;
        expect(first?.title).toMatch(/^Overdue/);
        expect((first?.entries.length ?? 0) + (first?.hidden ?? 0)).toBe(days.length);
      }
    }),
    { numRuns: 30 },
  );
});
