/** A policy printed in any shape is read back as the same policy. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeWindow } from '../../../src/core/model/window-words.ts';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { noOverrides } from '../../support/policy-config.ts';
import type { Window } from '../../../src/core/model/policy.ts';

const within = fc.record({
  kind: fc.constant('within' as const),
  amount: fc.integer({ min: 1, max: 365 }),
  unit: fc.constantFrom(
    'hours' as const,
    'days' as const,
    'business-days' as const,
    'weeks' as const,
    'months' as const,
  ),
});
const nextRelease = fc.record({
  kind: fc.constant('next-release' as const),
  level: fc.constantFrom('any' as const, 'patch' as const, 'minor' as const, 'major' as const),
});
const anyWindow: fc.Arbitrary<Window> = fc.oneof(
  within,
  nextRelease,
  fc.constant({ kind: 'immediate' } as const),
  fc.constant({ kind: 'opportunistic' } as const),
);
const policy = fc.tuple(anyWindow, anyWindow, anyWindow, anyWindow);

const NAMES = ['Critical', 'High', 'Medium', 'Low'];

type Shape = (rows: readonly (readonly [severity: string, words: string])[]) => string;

const SHAPES: Readonly<Record<string, Shape>> = {
  bullets: (rows) => rows.map(([severity, words]) => `- **${severity} vulnerabilities**: patch ${words}`).join('\n'),
  'windows first': (rows) => rows.map(([severity, words]) => `* ${words}: ${severity}`).join('\n'),
  'numbered list': (rows) => rows.map(([severity, words], index) => `${index + 1}. ${severity} – ${words}`).join('\n'),
  table: (rows) =>
    ['| Severity | Fix |', '| --- | --- |', ...rows.map(([severity, words]) => `| ${severity} | ${words} |`)].join(
      '\n',
    ),
  'table with triage': (rows) =>
    [
      '| Triage | Fix | Level |',
      '| --- | --- | --- |',
      ...rows.map(([severity, words]) => `| 1 hour | ${words} | ${severity} |`),
    ].join('\n'),
  'table on its side': (rows) =>
    [
      `| | ${rows.map(([severity]) => severity).join(' | ')} |`,
      '| --- | --- | --- | --- | --- |',
      `| Fix | ${rows.map(([, words]) => words).join(' | ')} |`,
    ].join('\n'),
  sentence: (rows) =>
    `We patch ${rows.map(([severity, words]) => `${severity.toLowerCase()} vulnerabilities ${words}`).join(', ')}.`,
  sentences: (rows) => rows.map(([severity, words]) => `${severity} vulnerabilities are fixed ${words}.`).join(' '),
  headings: (rows) => rows.map(([severity, words]) => `### ${severity}\n\nFixed ${words}.`).join('\n\n'),
  nested: (rows) => rows.map(([severity, words]) => `- ${severity}\n  - Fix ${words}`).join('\n'),
};

it.each(Object.entries(SHAPES))('%s', (_, print) => {
  fc.assert(
    fc.property(policy, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (windows, order) => {
      const rows = order.map((index) => [NAMES[index]!, describeWindow(windows[index]!)] as const);
      const text = `# Security\n\n## Update policy\n\n${print(rows)}\n`;
      const reading = readPolicy({ files: [{ path: 'SECURITY.md', text, sha256: '' }], overrides: noOverrides });
      expect(reading.ok ? reading.policy.windows.map(({ window }) => window) : reading.problems).toEqual(windows);
    }),
    { numRuns: 25 },
  );
});

const junk = fc.array(
  fc.constantFrom(
    'Critical',
    'high',
    'low',
    ':',
    '-',
    '|',
    '\n',
    '\n\n',
    '- ',
    '## ',
    '7',
    'days',
    'within',
    'patch',
    '(',
    ')',
    'or',
    'and',
    'next release',
    'CVSS',
    '9.0',
    '<br>',
    '~~',
    '**',
    '[^1]',
    '> ',
    '<!-- fixby:policy -->',
    'all others',
    'not',
  ),
  { maxLength: 60 },
);

it('never throws, and reads four windows or names a problem', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 300 }),
        junk.map((parts) => parts.join(' ')),
      ),
      (text) => {
        const reading = readPolicy({ files: [{ path: 'SECURITY.md', text, sha256: '' }], overrides: noOverrides });
        expect(reading.ok ? reading.policy.windows.length === 4 : reading.problems.length > 0).toBe(true);
        for (const { message } of reading.problems) expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      },
    ),
    { numRuns: 200 },
  );
});
