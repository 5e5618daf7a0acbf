/** What a ledger gives back to the findings of a night: a source that is silent takes no date away. */
import { describe, expect, it } from 'vitest';
import type { DatedFinding, Timeline } from '../../../src/core/model/finding.ts';
import { dateFindings } from '../../../src/core/reconcile/date-findings.ts';
import { lateIntroductions } from '../../../src/core/reconcile/late-introductions.ts';
import { makeTimeline } from '../../support/judge-values.ts';
import { createTestLedger, day, observed, sighting } from '../../support/observed.ts';

const KNOWN = makeTimeline({
  introduced: day(1),
  published: day(2),
  fixReleased: day(3),
  knownExploited: day(4),
});

/** The timeline a finding gets on the tenth, after it was recorded on the fifth with every date. */
function later(over: Partial<DatedFinding>): Timeline | undefined {
  const ledger = createTestLedger();
  ledger.record(observed([sighting(['GHSA-a', 'CVE-1'], { timeline: KNOWN })]), day(5));
  const { finding } = sighting(['GHSA-a'], { timeline: {}, ...over });
  return dateFindings(ledger.state(), [finding], observed([]), day(10))[0]?.timeline;
}

describe('a date nobody tells tonight', () => {
  it.each(['introduced', 'published', 'fixReleased'] as const)('is the one that was known: %s', (name) => {
    expect(later({})?.[name]).toEqual(KNOWN[name]);
  });

  it('is gone where the feed is its only witness: known exploited', () => {
    expect(later({})).not.toHaveProperty('knownExploited');
  });

  it.each([
    ['another version is the fix', { fix: { available: true, version: '2.0.0', kind: 'major' as const } }],
    ['there is no fix any more', { fix: { available: false } }],
  ])('is not known for the fix where %s', (_, over) => {
    expect(later(over)).not.toHaveProperty('fixReleased');
    expect(later(over)?.published).toEqual(KNOWN.published);
  });
});

describe('a day of introduction after the first sight', () => {
  const rewritten = makeTimeline({ introduced: day(7) });

  it('cannot be: the day that was known before counts', () => {
    expect(later({ timeline: rewritten })?.introduced).toEqual(KNOWN.introduced);
  });

  it('is said, with what counts', () => {
    const ledger = createTestLedger();
    ledger.record(observed([sighting(['GHSA-a'], { timeline: KNOWN })]), day(5));
    const told = [
      sighting(['GHSA-a'], { timeline: rewritten }).finding,
      sighting(['GHSA-b'], { package: 'other', timeline: rewritten }).finding,
    ];
    const dated = dateFindings(ledger.state(), told, observed([]), day(10));
    const [problem, ...more] = lateIntroductions(told, dated);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'introduced-after-sight', blocks: false });
    expect(problem?.message).toContain('a finding (left) later than the ledger first saw it');
  });
});

describe('a day of publication that is later than the one that was known', () => {
  const told = (at: string, source: string): Timeline => ({ published: { at, source } });

  it.each([
    ['of another record, as after a renaming', told(day(4), 'published in PYSEC-1')],
    ['of another record, after the first sight', told(day(7), 'published in PYSEC-1')],
    ['of the same record, after the first sight, when the flaw was known', told(day(7), 'a test')],
  ])('takes nothing back: %s', (_, timeline) => {
    expect(later({ timeline })?.published).toEqual(KNOWN.published);
  });

  it('is a correction where the same record gives it, and it can be true', () => {
    expect(later({ timeline: told(day(4), 'a test') })?.published?.at).toBe(day(4));
  });

  it('is believed where nobody knew another that can be true', () => {
    const ledger = createTestLedger();
    ledger.record(observed([sighting(['GHSA-a'], { timeline: told(day(8), 'x') })]), day(5));
    const { finding } = sighting(['GHSA-a'], { timeline: told(day(9), 'y') });
    const [dated] = dateFindings(ledger.state(), [finding], observed([]), day(10));
    expect(dated?.timeline.published?.at).toBe(day(9));
  });
});

describe('a date that is told tonight', () => {
  it.each(['introduced', 'published', 'fixReleased', 'knownExploited'] as const)('counts: %s', (name) => {
    const timeline = makeTimeline({ [name]: day(4) });
    expect(later({ timeline })).toMatchObject(timeline);
  });

  it("never is the first sight: that is the ledger's", () => {
    const timeline = makeTimeline({ firstSeen: day(1) });
    expect(later({ timeline })?.firstSeen).toMatchObject({ at: day(5) });
  });
});

it('two findings that turn out to be one keep what either knew', () => {
  const ledger = createTestLedger();
  const [a, b] = [sighting(['GHSA-a'], { timeline: makeTimeline({ published: day(2) }) }), sighting(['CVE-1'])];
  ledger.record(observed([a]), day(5));
  ledger.record(observed([a, b]), day(6));
  const { finding } = sighting(['GHSA-a', 'CVE-1'], { timeline: {} });
  const [united] = dateFindings(ledger.state(), [finding], observed([]), day(10));
  expect(united?.timeline).toMatchObject({ published: { at: day(2) }, firstSeen: { at: day(5) } });
});

it("one that is split off keeps the first sight of the whole, and no date that is the other's", () => {
  const ledger = createTestLedger();
  ledger.record(observed([sighting(['GHSA-a', 'CVE-1'], { timeline: KNOWN })]), day(5));
  const parts = [sighting(['GHSA-a'], { timeline: {} }), sighting(['CVE-1'], { timeline: {} })];
  const dated = dateFindings(
    ledger.state(),
    parts.map(({ finding }) => finding),
    observed([]),
    day(10),
  );
  expect(dated.map(({ timeline }) => [timeline.published?.at, timeline.firstSeen?.at])).toEqual([
    [day(2), day(5)],
    [undefined, day(5)],
  ]);
});
