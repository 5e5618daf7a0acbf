/** What a policy says beside its windows: places, notes, remarks, the configuration's say, and errors a person can act on. */
import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { noOverrides } from '../../support/policy-config.ts';
import type { PolicyConfig } from '../../../src/core/model/config.ts';
import type { PolicyReading } from '../../../src/core/policy/policy-reading.ts';

const FILE = '.fixby/config.yaml';

function read(text: string, overrides: Partial<PolicyConfig> = {}, path = 'SECURITY.md'): PolicyReading {
  return readPolicy({ files: [{ path, text, sha256: 'beef' }], overrides: { ...noOverrides, ...overrides } });
}

function words(text: string, line = 3): { readonly text: string; readonly file: string; readonly line: number } {
  return { text, file: FILE, line };
}

const PLAIN = `# Security

## Update policy

- Critical: patch within 24 hours
- High: patch within 3-7 days
- Medium: next release
- Low: backlog
`;

const TWO = `# Security

## Reporting a vulnerability

We fix what is reported:

- Critical: 2 days
- High: 5 days
- Medium: 20 days
- Low: next release

## Dependencies

### Update policy

- Critical: immediately
- High: 7 days
- Medium: next release
- Low: opportunistically
`;

describe('a policy that is read', () => {
  it('keeps the place and the words of each window', () => {
    const reading = read(PLAIN);
    expect(reading.ok && reading.policy).toEqual({
      source: { file: 'SECURITY.md', line: 5, sha256: 'beef' },
      windows: [
        {
          severity: 'critical',
          window: { kind: 'within', amount: 24, unit: 'hours' },
          text: 'Critical: patch within 24 hours',
          line: 5,
          file: 'SECURITY.md',
        },
        {
          severity: 'high',
          window: { kind: 'within', amount: 7, unit: 'days' },
          text: 'High: patch within 3-7 days',
          line: 6,
          file: 'SECURITY.md',
          note: 'a range: the later bound',
        },
        {
          severity: 'medium',
          window: { kind: 'next-release', level: 'any' },
          text: 'Medium: next release',
          line: 7,
          file: 'SECURITY.md',
        },
        { severity: 'low', window: { kind: 'opportunistic' }, text: 'Low: backlog', line: 8, file: 'SECURITY.md' },
      ],
      clock: 'act',
      unknownAs: 'high',
      timeZone: 'UTC',
      holidays: [],
      noFix: { rule: 'pause' },
    });
  });

  it('says that a range was taken at its later bound', () => {
    expect(read(PLAIN).problems).toMatchObject([{ code: 'policy-understood-as', blocks: false, lines: [6] }]);
  });

  it('says once what one line leaves open for two severities', () => {
    const { problems } = read('## Update policy\n\n- Critical/High: 1-3 days\n- Medium/Low: next release\n');
    expect(problems.map(({ code, lines }) => [code, lines])).toEqual([['policy-understood-as', [3]]]);
  });

  it('names the line of the timetable it does not use', () => {
    const reading = read(TWO);
    expect(reading.ok && reading.policy.windows.map(({ line }) => line)).toEqual([16, 17, 18, 19]);
    expect(reading.problems).toMatchObject([{ code: 'policy-second-timetable', blocks: false, lines: [7] }]);
    expect(reading.problems[0]?.message).toContain('SECURITY.md:16');
    expect(reading.candidates.map(({ area, chosen }) => [area, chosen])).toEqual([
      ['reporting', false],
      ['dependency', true],
    ]);
  });

  it('says so when it only has a timetable for reports', () => {
    const reading = read(TWO.slice(0, TWO.indexOf('## Dependencies')));
    expect(reading.ok && reading.policy.windows.map(({ line }) => line)).toEqual([7, 8, 9, 10]);
    expect(reading.problems).toMatchObject([{ code: 'policy-from-reporting-timetable', lines: [7] }]);
  });

  it('names a severity with more time than a milder one', () => {
    const { problems } = read(PLAIN.replace('3-7 days', '90 days').replace('Medium: next release', 'Medium: 30 days'));
    expect(problems).toMatchObject([{ code: 'policy-not-monotone', lines: [6, 7] }]);
  });

  it.each([
    ['next release', '30 days'],
    ['3 business days', '4 days'],
    ['1 month', '30 days'],
  ])('does not call %s laxer than %s: they cannot be compared', (high, medium) => {
    const { problems } = read(
      PLAIN.replace('patch within 3-7 days', high).replace('Medium: next release', `Medium: ${medium}`),
    );
    expect(problems).toEqual([]);
  });

  it('names a line of the policy that it does not understand', () => {
    const { ok, problems } = read(PLAIN.replace('- Low', '- Zero-day: within 2 hours\n- Low'));
    expect(ok).toBe(true);
    expect(problems.map(({ code }) => code)).toContain('policy-unread-sentence');
  });

  it('finds the line in a wrapped paragraph', () => {
    const reading = read('## Update policy\n\nCritical: 1 day,\nhigh: 2 days,\nmedium: 3 days,\nlow: 4 days.\n');
    expect(reading.ok && reading.policy.windows.map(({ line, text }) => [line, text])).toEqual([
      [3, 'Critical: 1 day'],
      [4, 'high: 2 days'],
      [5, 'medium: 3 days'],
      [6, 'low: 4 days.'],
    ]);
  });

  it('reads Windows line ends', () => {
    expect(read(PLAIN.replaceAll('\n', '\r\n')).ok).toBe(true);
  });

  it('reads the same from two files that agree, and refuses two that do not', () => {
    const files = (second: string) =>
      ['SECURITY.md', 'docs/SECURITY.md'].map((path, index) => ({
        path,
        text: index === 0 ? PLAIN : second,
        sha256: `${index}`,
      }));
    expect(readPolicy({ files: files(PLAIN), overrides: noOverrides }).ok).toBe(true);
    const differing = readPolicy({ files: files(PLAIN.replace('24 hours', '48 hours')), overrides: noOverrides });
    expect(differing.problems[0]?.message).toContain('SECURITY.md:5');
    expect(differing.problems[0]?.message).toContain('docs/SECURITY.md:5');
  });
});

describe('the configuration', () => {
  const all = {
    critical: words('immediate', 3),
    high: words('5 business days', 4),
    medium: words('next minor release', 5),
    low: words('opportunistically', 6),
  };
  const source = { file: FILE, sha256: 'c0de' };

  it('may be the whole policy', () => {
    const reading = readPolicy({ files: [], overrides: { ...noOverrides, windows: all, source } });
    expect(reading.ok && reading.policy.source).toEqual({ file: FILE, line: 3, sha256: 'c0de' });
    expect(reading.ok && reading.policy.windows.map(({ window }) => window)).toEqual([
      { kind: 'immediate' },
      { kind: 'within', amount: 5, unit: 'business-days' },
      { kind: 'next-release', level: 'minor' },
      { kind: 'opportunistic' },
    ]);
  });

  it('overrides a window and says what it overrides', () => {
    const reading = read(PLAIN, { windows: { critical: words('2 days') }, source });
    expect(reading.ok && reading.policy.windows[0]).toEqual({
      severity: 'critical',
      window: { kind: 'within', amount: 2, unit: 'days' },
      text: '2 days',
      line: 3,
      file: FILE,
      note: 'overrides SECURITY.md:5, which says within 24 hours',
    });
    expect(reading.ok && reading.policy.source.file).toBe('SECURITY.md');
  });

  it('settles what the text leaves open', () => {
    expect(read(PLAIN.replace('- Low: backlog\n', ''), { windows: { low: words('90 days') } }).ok).toBe(true);
  });

  it.each(['ASAP', 'as soon as possible', 'as quickly as we can'])('gives %s a meaning', (haste) => {
    const text = PLAIN.replace('patch within 24 hours', haste);
    expect(read(text)).toMatchObject({
      ok: false,
      problems: [{ code: 'policy-vague', keys: ['policy.vague.asap', 'policy.windows.critical'] }],
    });
    const reading = read(text, { asap: words('12 hours') });
    expect(reading.ok && reading.policy.windows[0]).toMatchObject({
      window: { amount: 12, unit: 'hours' },
      note: 'as policy.vague.asap says',
    });
  });

  it.each([
    ['1 sprint', 2],
    ['two sprints', 4],
    ['1-2 sprints', 4],
    ['next sprint', 4],
  ])('gives %s a length', (phrase, weeks) => {
    const text = PLAIN.replace('next release', phrase);
    expect(read(text)).toMatchObject({
      ok: false,
      problems: [{ code: 'policy-vague', keys: ['policy.sprint', 'policy.windows.medium'] }],
    });
    const reading = read(text, { sprint: words('2 weeks') });
    expect(reading.ok && reading.policy.windows[2]?.window).toEqual({ kind: 'within', amount: weeks, unit: 'weeks' });
  });

  it('carries the rest of the policy over', () => {
    const reading = read(PLAIN, {
      clock: 'published',
      unknownSeverity: 'critical',
      timeZone: 'Asia/Tokyo',
      holidays: ['2026-01-01'],
      noFix: 'count',
      noFixLongestWait: words('90 days'),
      knownExploited: words('3 days'),
    });
    expect(reading.ok && reading.policy).toMatchObject({
      clock: 'published',
      unknownAs: 'critical',
      timeZone: 'Asia/Tokyo',
      holidays: ['2026-01-01'],
      noFix: { rule: 'count', longestWait: { kind: 'within', amount: 90, unit: 'days' } },
      knownExploited: { kind: 'within', amount: 3, unit: 'days' },
    });
  });

  it('is refused, every key of it, where its words are no window', () => {
    const reading = read(PLAIN, {
      windows: { high: words('soonish', 4) },
      sprint: words('next release', 9),
      noFixLongestWait: words('for ever', 11),
    });
    expect(reading.problems.map(({ code, lines, keys }) => [code, lines, keys])).toEqual([
      ['policy-config-unreadable', [9], ['policy.sprint']],
      ['policy-config-unreadable', [11], ['policy.noFixLongestWait']],
      ['policy-config-unreadable', [4], ['policy.windows.high']],
    ]);
  });
});

describe('a policy that is refused', () => {
  it('names the lines and the key of two windows for one severity', () => {
    const { problems } = read(`${PLAIN}\n## Package updates\n\n- High: patch within 9 days\n`);
    expect(problems).toMatchObject([
      { code: 'policy-ambiguous', blocks: true, lines: [6, 12], keys: ['policy.windows.high'] },
    ]);
    expect(problems[0]?.mend).toContain('<!-- fixby:policy -->');
  });

  it('names every missing severity with its key', () => {
    const { problems } = read('## Update policy\n\n- Critical: 1 day\n- High: 2 days\n');
    expect(problems.map(({ code, keys }) => [code, ...keys])).toEqual([
      ['policy-incomplete', 'policy.windows.medium'],
      ['policy-incomplete', 'policy.windows.low'],
    ]);
    expect(problems[0]?.mend).toContain('policy.windows.medium: "7 days"');
  });

  it('quotes the line it could not understand', () => {
    const { problems } = read(PLAIN.replace('backlog', 'when pigs fly'));
    expect(problems[0]?.message).toContain('SECURITY.md:8 is not understood: “Low: when pigs fly”');
  });

  it('quotes a promise without a time', () => {
    const { problems } = read(PLAIN.replace('backlog', 'patched'));
    expect(problems[0]?.message).toContain('“Low: patched”');
  });

  it('says where it looked', () => {
    expect(readPolicy({ files: [], overrides: noOverrides }).problems[0]?.message).toBe('There is no SECURITY.md.');
    expect(read('# Hello').problems[0]?.message).toBe('No update policy was found in SECURITY.md.');
    expect(read('## Timelines\n\n- Critical: 1 day\n').problems[0]?.message).toContain(
      'SECURITY.md:3 lists times without saying what they are for',
    );
  });

  it('makes hidden characters visible', () => {
    const { problems } = read(PLAIN.replace('backlog', '\u202e7 days\u001b[2J'));
    expect(problems[0]?.message).toContain('\\u{202e}7 days\\u{1b}[2J');
  });

  it.each([
    ['a long file', 'x '.repeat(140_000)],
    ['a long line', 'y'.repeat(30_000)],
    ['nested quotes', `${'> '.repeat(100_000)}a`],
    ['deep lists', Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['list markers on one line', `${'- '.repeat(5000)}a`],
    ['backticks', '`'.repeat(1000)],
    ['tildes', '~a~\n'.repeat(10_000)],
  ])('does not parse %s', (_, text) => {
    expect(read(text).problems).toMatchObject([
      {
        code: 'policy-too-complex',
        keys: [
          'policy.file',
          'policy.windows.critical',
          'policy.windows.high',
          'policy.windows.medium',
          'policy.windows.low',
        ],
      },
    ]);
  });
});

describe('how sure a reading is', () => {
  const confidence = (text: string, overrides: Partial<PolicyConfig> = {}): unknown => {
    const reading = read(text, overrides);
    return reading.ok ? Object.values(reading.confidence) : reading.problems.map(({ code }) => code);
  };

  it('is exact where the words leave no room, and inferred where a rule closed it', () => {
    expect(confidence(PLAIN)).toEqual(['exact', 'inferred', 'exact', 'exact']);
  });

  it('is inferred where the only timetable is for reported vulnerabilities', () => {
    expect(confidence(TWO.slice(0, TWO.indexOf('## Dependencies')))).toEqual(Array(4).fill('inferred'));
  });

  it('is vague where the configuration lends the words a time', () => {
    const text = PLAIN.replace('patch within 24 hours', 'ASAP').replace('3-7 days', '2 sprints');
    const lent = { asap: words('2 days'), sprint: words('2 weeks') };
    expect(confidence(text)).toEqual(['policy-vague', 'policy-vague']);
    expect(confidence(text, lent)).toEqual(['vague', 'vague', 'exact', 'exact']);
  });

  it('is vague for a range of sprints and for the next one', () => {
    const text = PLAIN.replace('3-7 days', '1-2 sprints').replace('Medium: next release', 'Medium: next sprint');
    expect(confidence(text, { sprint: words('2 weeks') })).toEqual(['exact', 'vague', 'vague', 'exact']);
  });

  it('is exact for what the configuration says itself', () => {
    expect(confidence(PLAIN, { windows: { high: words('10 days') } })).toEqual(Array(4).fill('exact'));
  });
});
