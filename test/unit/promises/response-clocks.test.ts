/** What the advisories a project published make of the times it promised. */
import { describe, expect, it } from 'vitest';
import type { PolicyWindow } from '../../../src/core/model/policy.ts';
import { makeCheckout, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

const KIND = 'response-clocks';

const advisory = {
  ghsa_id: 'GHSA-2222-3333-4444',
  cve_id: 'CVE-2026-0001',
  severity: 'critical',
  state: 'published',
  author: { login: 'finder' },
  created_at: '2026-01-01T00:00:00Z',
  published_at: '2026-01-10T00:00:00Z',
  withdrawn_at: null,
  vulnerabilities: [{ patched_versions: '>= 1.0.1' }],
};

function comment(login: string, at: string): unknown {
  return { created_at: at, user: { login } };
}

function world(over: Readonly<Record<string, unknown>> = {}, facts: MadeUp['facts'] = {}): MadeUp {
  return { facts: { advisories: { file: 'a.json', text: JSON.stringify([{ ...advisory, ...over }]) }, ...facts } };
}

const inReports = (text: string): string => `## Reporting a vulnerability\n\n- ${text}\n`;

describe('the first answer', () => {
  const SAYS = inReports('Initial response: within 48 hours');

  it.each([
    [[comment('finder', '2026-01-01T01:00:00Z'), comment('us', '2026-01-02T12:00:00Z')], 'kept'],
    [[comment('us', '2026-01-04T00:00:00Z')], 'broken'],
    [[comment('finder', '2026-01-01T01:00:00Z')], 'broken'],
  ])('%j is %s', (comments, verdict) => {
    const row = rowOf(KIND, SAYS, world({ comments }));
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it("cannot be told from GitHub's own list, which holds no comments", () => {
    expect(rowOf(KIND, SAYS, world()).verdict).toBe('cannot-tell');
  });

  it.each([
    ['You hear from us within 48 hours.', '48 hours'],
    ['You will hear back from the team in under 3 days.', '3 days'],
    ['We aim to respond in two working days.', 'two working days'],
    ['Expect a reply within one business day.', 'one business day'],
    ['You can expect an initial reply within a week.', 'a week'],
    ['You should receive a response within five (5) business days.', 'five (5) business days'],
    ['We will get back to you within 24-48 hours.', '24-48 hours'],
    ['Someone will be in touch within 72h.', '72h'],
    ['Response time: 2 days.', '2 days'],
  ])('%s is a time', (text, words) => {
    const row = rowOf(KIND, `## Reporting a vulnerability\n\n${text}\n`);
    expect(row.promise).toBe(`a report is answered within ${words}`);
  });

  it.each([
    ['We have received two reports in three years.'],
    ['The incident response plan is tested twice a year.'],
    ['Please give us 90 days before you publish.'],
  ])('%s is none', (text) => {
    const rows = rowsOf(KIND, `## Reporting a vulnerability\n\n${text}\n`);
    expect(rows.filter(({ promise }) => promise.includes('answered'))).toEqual([]);
  });

  it('counts written numbers', () => {
    const text = inReports('We aim to respond in two working days');
    expect(rowOf(KIND, text, world({ comments: [comment('us', '2026-01-04T23:00:00Z')] })).verdict).toBe('kept');
    expect(rowOf(KIND, text, world({ comments: [comment('us', '2026-01-06T00:00:00Z')] })).verdict).toBe('broken');
  });

  it('counts business days without Saturdays and Sundays', () => {
    const text = inReports('We acknowledge reports within 2 business days');
    // 1 January 2026 was a Thursday.
    expect(rowOf(KIND, text, world({ comments: [comment('us', '2026-01-04T23:00:00Z')] })).verdict).toBe('kept');
    expect(rowOf(KIND, text, world({ comments: [comment('us', '2026-01-06T00:00:00Z')] })).verdict).toBe('broken');
  });
});

describe('the status', () => {
  const SAYS = inReports('Status update: every 7 days until resolved');

  it.each([
    [[comment('us', '2026-01-05T00:00:00Z')], 'kept'],
    [[comment('us', '2026-01-01T05:00:00Z')], 'broken'],
  ])('%j is %s', (comments, verdict) => {
    expect(rowOf(KIND, SAYS, world({ comments })).verdict).toBe(verdict);
  });
});

describe('the fix', () => {
  const SAYS = inReports('Critical: 1-3 days');
  const window = (over: PolicyWindow['window']): readonly PolicyWindow[] => [
    { severity: 'critical', window: over, text: 'Critical: 1-3 days', line: 3, file: 'SECURITY.md' },
  ];
  const release = (tag: string, at: string) => ({ tag, version: tag.slice(1), at, commit: 'f'.repeat(40) });
  const tagged = (at: string) =>
    makeCheckout({ releases: [release('v1.0.0', '2025-01-01T00:00:00.000Z'), release('v1.0.1', at)] });
  const days = window({ kind: 'within', amount: 3, unit: 'days' });

  it.each([
    ['2026-01-02T00:00:00.000Z', 'kept'],
    ['2026-01-05T00:00:00.000Z', 'broken'],
  ])('tagged at %s is %s', (at, verdict) => {
    const row = rowOf(KIND, SAYS, world({}, { reportedWindows: days, checkout: tagged(at) }));
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.stringContaining('v1.0.1')]);
  });

  it('without a tag is kept when it was published in time, and open otherwise', () => {
    expect(rowOf(KIND, SAYS, world({ published_at: '2026-01-02T00:00:00Z' }, { reportedWindows: days })).verdict).toBe(
      'kept',
    );
    expect(rowOf(KIND, SAYS, world({}, { reportedWindows: days })).verdict).toBe('cannot-tell');
  });

  it('in the next release is one that the next tag carries', () => {
    const next = window({ kind: 'next-release', level: 'any' });
    expect(
      rowOf(KIND, SAYS, world({}, { reportedWindows: next, checkout: tagged('2026-02-01T00:00:00.000Z') })).verdict,
    ).toBe('kept');
    const missed = makeCheckout({
      releases: [release('v1.0.0', '2026-01-03T00:00:00.000Z'), release('v1.0.1', '2026-02-01T00:00:00.000Z')],
    });
    expect(rowOf(KIND, SAYS, world({}, { reportedWindows: next, checkout: missed })).verdict).toBe('broken');
  });

  it('of another severity is not measured by it', () => {
    expect(rowOf(KIND, SAYS, world({ severity: 'low' }, { reportedWindows: days })).verdict).toBe('cannot-tell');
  });
});

describe('publication and CVE ids', () => {
  it.each([
    ['We disclose publicly within 90 days.', '2026-01-10T00:00:00Z', 'kept'],
    ['We disclose publicly within 5 days.', '2026-01-10T00:00:00Z', 'broken'],
    ['Reports are disclosed publicly 5 days later at the latest.', '2026-01-10T00:00:00Z', 'broken'],
    ['Day 5: public disclosure (or when a fix is released)', '2026-01-10T00:00:00Z', 'cannot-tell'],
  ])('%s published at %s is %s', (text, published_at, verdict) => {
    expect(rowOf(KIND, inReports(text), world({ published_at })).verdict).toBe(verdict);
  });

  it.each([
    ['CVE-2026-0001', '2026-01-10T00:00:00Z', 'kept'],
    [null, '2026-01-10T00:00:00Z', 'broken'],
    [null, '2026-05-30T00:00:00Z', 'cannot-tell'],
  ])('a critical one with %s, published at %s, is %s', (cve_id, published_at, verdict) => {
    expect(
      rowOf(KIND, inReports('CVE requested for critical vulnerabilities'), world({ cve_id, published_at })).verdict,
    ).toBe(verdict);
  });
});

describe('an export', () => {
  const SAYS = inReports('CVE requested for critical vulnerabilities');
  const given = (text: string): MadeUp => ({ facts: { advisories: { file: 'a.json', text } } });

  it('may come in pages', () => {
    expect(rowOf(KIND, SAYS, given(JSON.stringify([[advisory], []]))).verdict).toBe('kept');
  });

  it.each([
    ['none', {}],
    ['an empty one', given('[]')],
    ['drafts only', given(JSON.stringify([{ ...advisory, published_at: null }]))],
    ['what was withdrawn', given(JSON.stringify([{ ...advisory, withdrawn_at: '2026-02-01T00:00:00Z' }]))],
    ['garbage', given('{{{')],
    ['something else', given('{"a": 1}')],
    ['dates that are none', given(JSON.stringify([{ ...advisory, published_at: 'soon' }]))],
  ])('%s tells nothing', (_what, made: MadeUp) => {
    expect(rowOf(KIND, SAYS, made).verdict).toBe('cannot-tell');
  });
});

it.each(['High vulnerabilities: patch within 7 days', 'Dependencies are updated every 7 days.'])(
  '%s is about no report',
  (text) => {
    expect(rowsOf(KIND, `## Update policy\n\n- ${text}\n`)).toEqual([]);
  },
);

it('reads several promises out of one sentence', () => {
  const text = 'You get a first answer within 3 days and a status every 7 days until it is settled.';
  expect(rowsOf(KIND, `## Reporting\n\n${text}`).map(({ promise }) => promise)).toEqual([
    'a report is answered within 3 days',
    'the reporter hears of it every 7 days',
  ]);
});

describe('what is promised', () => {
  it.each([
    ['The team resolves reports within 90 days.', 'a reported vulnerability is fixed within 90 days'],
    [
      'We acknowledge within 3 days, and resolve reports within 30 days.',
      'a reported vulnerability is fixed within 30 days',
    ],
    ['The Fix Team aims to release a fix within 1-21 days.', 'a reported vulnerability is fixed within 1-21 days'],
  ])('%s', (text, promise) => {
    expect(rowsOf(KIND, inReports(text)).map((row) => row.promise)).toContain(promise);
  });

  it('a fix in one time for all is measured by every advisory', () => {
    const says = inReports('We fix every report within 5 days.');
    const checkout = makeCheckout({
      releases: [{ tag: 'v1.0.1', version: '1.0.1', at: '2026-01-08T00:00:00.000Z', commit: 'f'.repeat(40) }],
    });
    expect(rowOf(KIND, says, world({}, { checkout })).verdict).toBe('broken');
    expect(rowOf(KIND, says, world()).verdict).toBe('cannot-tell');
    expect(rowOf(KIND, inReports('We fix every report within 30 days.'), world()).verdict).toBe('kept');
  });

  it('a time below the name of a severity is that of the severity', () => {
    const rows = rowsOf(KIND, '# Vulnerability response\n\n## Critical\n\nFix shipped within 24 hours.\n');
    expect(rows.map((row) => row.promise)).toEqual(['a reported vulnerability is fixed in the time of its severity']);
  });

  it.each([
    ['a time that disclosure starts', inReports('Within 1-7 days of disclosure the team notifies the users.')],
    ['a triage time by severity', inReports('We triage critical findings within 4 hours, high ones within one day.')],
    ['what is about dependencies', '## Dependencies\n\nAdvisories rated high or above are patched within 48 hours.\n'],
    ['a reward', '## Bug reports\n\n- Critical: reward within 7 days\n'],
  ])('%s is none', (_what, text) => {
    expect(rowsOf(KIND, text)).toEqual([]);
  });
});
