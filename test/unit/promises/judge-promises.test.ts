/** How claims become rows: one rule for all, attestations for what only people know, and nothing believed of hostile input. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken, cannotTell, decide, kept, remark } from '../../../src/core/promises/evidence.ts';
import { matchesGlob } from '../../../src/core/promises/glob.ts';
import { readPassages } from '../../../src/core/promises/passages.ts';
import { cronPeriod, readDuration, readPeriod } from '../../../src/core/promises/period.ts';
import { promiseReportSchema } from '../../../src/core/model/promise-report.ts';
import { promiseFormats } from '../../../src/core/report/promises/registry.ts';
import { judgePromises } from '../../../src/core/promises/judge-promises.ts';
import { answerProgram } from '../../support/answer-program.ts';
import { factsOf, proofOf, reportOn, rowOf, rowsOf } from '../../support/promises.ts';

describe('the rule', () => {
  const [yes, no, open, aside] = [kept('a'), broken('b', 'c'), cannotTell('unclear', 'd', 'e'), remark('f')];

  it.each([
    [[yes, aside], 'kept'],
    [[yes, open], 'cannot-tell'],
    [[yes, open, no], 'broken'],
    [[aside], 'cannot-tell'],
    [[], 'cannot-tell'],
  ])('%j is %s', (evidence, verdict) => {
    expect(decide(evidence)).toBe(verdict);
  });
});

describe('the report of an audit', () => {
  const SAYS = `There are no known vulnerabilities in our dependencies.

- Dependabot opens pull requests for our dependencies every week.
`;

  it('is asked for when everything else has been, since a run makes it last', () => {
    const reading = readPassages('SECURITY.md', SAYS);
    const documents = [{ file: 'SECURITY.md', passages: reading.ok ? reading.passages : [] }];
    const files = { '.github/dependabot.yml': 'version: 2\nupdates: []\n' };
    const facts = factsOf({ paths: Object.keys(files) });
    const { steps, value } = answerProgram(judgePromises(documents, facts), files);
    expect(steps.map(({ ask }) => ask)).toEqual([...steps.slice(1).map(() => 'read'), 'report']);
    expect(steps.length).toBeGreaterThan(2);
    expect(value.promises.map(({ line }) => line)).toEqual([1, 3, 3]);
  });
});

describe('attestations', () => {
  const SAYS = '- **Rotate regularly** - Change API keys every 90 days';
  const file = (over: Readonly<Record<string, string>> = {}): Record<string, string> => {
    const entry = {
      promise: 'change API keys every 90 days',
      by: 'Ada',
      what: 'All keys were changed',
      on: '2026-05-01',
      until: '2026-07-01',
      ...over,
    };
    const lines = Object.entries(entry).map(([key, value]) => `    ${key}: "${value}"`);
    return { '.fixby/attestations.yaml': `version: 1\nattestations:\n  -\n${lines.join('\n')}\n` };
  };

  it('are what is missing where only people can know', () => {
    const row = rowOf('practices', SAYS);
    expect([row.verdict, row.forAPerson]).toEqual(['cannot-tell', true]);
  });

  it.each([
    ['in force', {}, 'kept'],
    ['on their last day', { until: '2026-06-01' }, 'kept'],
    ['lapsed', { until: '2026-05-31' }, 'broken'],
    ['older than the promise allows', { on: '2026-01-01', until: '2027-01-01' }, 'broken'],
    ['of a day to come', { on: '2026-06-02' }, 'cannot-tell'],
    ['that end before they begin', { until: '2026-04-01' }, 'cannot-tell'],
    ['of another sentence', { promise: 'review access rights' }, 'cannot-tell'],
  ])('%s', (_what, over, verdict) => {
    const row = rowOf('practices', SAYS, { files: file(over) });
    expect([row.verdict, proofOf(row)]).toEqual([verdict, expect.any(String)]);
  });

  it('change nothing about what a machine can see', () => {
    const files = file({ promise: 'Dependabot updates our dependencies', until: '2026-12-01' });
    expect(rowOf('updates-automated', 'Dependabot updates our dependencies.', { files }).verdict).toBe('broken');
  });

  it.each([
    ['no YAML', '{{{', 'attestations-unusable'],
    ['an unknown key', 'attestations: []\nextra: 1\n', 'attestations-unusable'],
    ['a day that is none', file({ on: '2026-02-30' })['.fixby/attestations.yaml'] ?? '', 'attestations-unusable'],
    [
      'a sentence nobody wrote',
      file({ promise: 'no such sentence' })['.fixby/attestations.yaml'] ?? '',
      'attestation-unused',
    ],
  ])('of %s are a problem, and no proof', (_what, text, code) => {
    const report = reportOn(SAYS, { files: { '.fixby/attestations.yaml': text } });
    expect(report.problems.map((problem) => problem.code)).toContain(code);
    expect(report.summary).toMatchObject({ kept: 0, broken: 0, cannotTell: 1 });
  });
});

describe('checklists', () => {
  it('have what can be checked checked, and the rest listed for a person', () => {
    const text =
      '## Checklist\n\n- [ ] `.env` files are in `.gitignore`\n- [ ] No known CVEs\n- [ ] Input is validated\n- [x] Errors leak nothing\n';
    const report = reportOn(text);
    expect(report.promises.map(({ kind, line, forAPerson }) => [kind, line, forAPerson])).toEqual([
      ['secrets-kept-out', 3, false],
      ['no-known-vulnerabilities', 4, false],
      ['checklist', 5, true],
      ['checklist', 6, true],
    ]);
  });
});

describe('practices', () => {
  it.each([
    'Rotate tokens regularly',
    'Access reviews take place quarterly.',
    'A penetration test is made once a year.',
    '2025-10-28: Security audit completed before release',
  ])('%s is for a person', (text) => {
    expect(rowOf('practices', text).forAPerson).toBe(true);
  });

  it.each([
    'Rotate if potentially exposed',
    'Keys are rotated automatically by CI every week.',
    'Security audits run pip-audit weekly in CI.',
  ])('%s is none', (text) => {
    expect(rowsOf('practices', text)).toEqual([]);
  });
});

describe('a report', () => {
  const text =
    '# S\n\nDependabot updates everything weekly.\n\n- [ ] Look \u001b[2Jtwice <script>\n\nWrite to security@fixby.dev to report a vulnerability.\n';

  it('fits its schema in every format, and lets no control through', () => {
    const report = reportOn(text);
    expect(promiseReportSchema.parse(report)).toEqual(report);
    for (const format of promiseFormats) {
      const shown = format.render(report, { color: false, width: 60, verbose: true });
      expect(shown).not.toContain('\u001b');
      expect(shown).toContain('SECURITY.md');
    }
    const [markdown = ''] = promiseFormats
      .filter(({ name }) => name === 'markdown')
      .map((format) => format.render(report, { color: false, width: 60, verbose: true }));
    expect(markdown).not.toContain('<script>\n');
  });

  it('says that there is nothing to hold anybody to', () => {
    const [table] = promiseFormats;
    expect(table?.render(reportOn('# Hello\n'), { color: false, width: 80, verbose: false })).toBe(
      'No promise was found in SECURITY.md.\n',
    );
  });

  it('is the same for the same input', () => {
    expect(reportOn(text)).toEqual(reportOn(text));
  });
});

describe('hostile documents', () => {
  it('are not parsed beyond what a person writes', () => {
    expect(readPassages('S.md', '>'.repeat(5000))).toMatchObject({ ok: false });
    expect(readPassages('S.md', 'x'.repeat(300_000))).toMatchObject({ ok: false });
  });

  it('never throw, whatever they say', () => {
    const word = fc.constantFrom(
      'Dependabot',
      'Renovate',
      'weekly',
      'updates',
      'groups',
      'npm audit',
      'CI',
      'runs',
      'never commit',
      '`.env`',
      'secrets',
      'gitignored',
      'zero known vulnerabilities',
      '2025-02-30',
      'removed',
      'package',
      '(a, b)',
      'PGP key',
      'coming soon',
      'rotate',
      'every 90 days',
      'CVE',
      'critical',
      'within 99999 days',
      'disclosure',
      '| a | b |\n| - | - |\n| 1.x | yes |\n',
      '- [ ] ',
      '\n\n',
      '## Reporting\n\n',
      '__proto__',
      '```\nnpm audit\n```\n',
      '[x](http://y/security/advisories)',
      'security@a.io',
      '\u0000',
      '\u202e',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 25 }), (words) => {
        const report = reportOn(words.join(' '));
        expect(report.summary.kept + report.summary.broken + report.summary.cannotTell).toBe(report.promises.length);
        expect(promiseReportSchema.safeParse(report).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('words of time', () => {
  it.each([
    ['daily', 1],
    ['every 90 days', 90],
    ['once a week', 7],
    ['every quarter', 92],
    ['annually', 366],
    ['each night', 1],
    ['sometimes', null],
  ])('%s is every %s days', (text, days) => {
    expect(readPeriod(text)?.days ?? null).toBe(days);
  });

  it.each([
    ['within 48 hours', 2, false],
    ['1-2 weeks', 14, false],
    ['3 business days', 3, true],
    ['72h', 3, false],
  ])('%s lasts %s days', (text, days, business) => {
    expect(readDuration(text)).toMatchObject({ days, business });
  });

  it.each([
    ['* * * * *', 1],
    ['0 0 * * 0', 7],
    ['0 0 1 * *', 31],
    ['0 0 */3 * *', 3],
    ['0 0 1 1 *', 366],
    ['@daily', null],
    ['0 0 * *', null],
  ])('%s fires every %s days', (cron, days) => {
    expect(cronPeriod(cron)).toBe(days);
  });
});

it.each([
  ['web', 'web', true],
  ['*', 'web', true],
  ['*', '.', false],
  ['**/*', '.', true],
  ['packages/*', 'packages/a', true],
  ['packages/*', 'packages/a/b', false],
  ['packages/**', 'packages/a/b', true],
  ['**/api', 'x/y/api', true],
  ['lib-*', 'lib-a', true],
  ['a*c', 'abd', false],
  ['**/a/**/b/**/c/**/d', 'x', null],
])('the pattern %s covers %s: %s', (pattern, path, covers) => {
  expect(matchesGlob(pattern, path)).toBe(covers);
});
