/** The SARIF report against its official schema, and what GitHub code scanning makes of it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { sarifFormat } from '../../../src/core/report/sarif.ts';
import { findingIn, richInput } from './sample.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  freeReleaseView,
  plainOptions,
  releaseView,
  richView,
  viewOf,
  withForeignTexts,
} from './views.ts';

const require = createRequire(import.meta.url);
// The schema OASIS published, as Microsoft's SARIF SDK ships it; Ajv 8 knows draft 7, which says the same for these keywords.
const schemaFile = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const { $schema, id, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const validate = ajv.compile(schema);

function read(view: ReportView): Run {
  const log = JSON.parse(sarifFormat.render(view, plainOptions)) as Log;
  expect(validate(log), ajv.errorsText(validate.errors)).toBe(true);
  const [run] = log.runs;
  if (run === undefined) throw new Error('a log without a run');
  return run;
}

const viewWith = (...findings: ReturnType<typeof findingIn>[]): ReportView =>
  assembleReport({ ...richInput, findings });

it('is held to a schema of draft 4 that can say no', () => {
  expect($schema).toContain('draft-04');
  expect(id).toContain('sarif-2.1.0');
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});

describe('keeps to the schema', () => {
  it.each([
    ['nothing found to audit', emptyView],
    ['everything kept', cleanView],
    ['a finding in each state', richView],
    ['a release', releaseView],
    ['a free release', freeReleaseView],
    ['2,000 findings', viewOf(2000)],
  ])('%s', (_, view) => {
    expect(read(view).results).toHaveLength(view.findings.length);
  });

  it.each(HOSTILE_TEXTS)('with %j for every text', (text) => {
    const run = read(withForeignTexts(richView, () => text));
    for (const { uri = '' } of run.artifacts?.map(({ location = {} }) => location) ?? []) {
      expect(uri).toMatch(/^(?![/])(?:[\w.!~*'()/-]|%[0-9A-F]{2})*$/);
    }
  });
});

it('has one rule an advisory, and each result knows its rule', () => {
  const twice = findingIn('overdue', 1, { key: 'npm:web:other', package: 'other' });
  const run = read(viewWith(findingIn('overdue', 1), twice, findingIn('due', 2)));
  const { rules = [] } = run.tool.driver;
  expect(rules.map(({ id }) => id)).toStrictEqual(['GHSA-test-0000-0001', 'GHSA-test-0000-0002']);
  for (const { ruleId, ruleIndex = -1 } of run.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
});

it('names the line of the lock, relative to the root of the repository', () => {
  const finding = findingIn('overdue', 1, { location: { file: 'a b/päckage#1/package-lock.json', line: 7 } });
  const [result] = read(viewWith(finding)).results ?? [];
  expect(result?.locations).toStrictEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'a%20b/p%C3%A4ckage%231/package-lock.json', uriBaseId: '%SRCROOT%' },
        region: { startLine: 7 },
      },
    },
  ]);
});

it('keeps the fingerprint of a finding while its line, version, severity and title change', () => {
  const before = findingIn('due', 1);
  const after = findingIn('overdue', 1, {
    versions: ['1.0.1'],
    location: { file: 'web/package-lock.json', line: 999 },
    severity: { ...before.severity, level: 'low' },
    advisory: { ...before.advisory, summary: 'Told otherwise' },
  });
  const prints = [before, after, findingIn('due', 2)].map(
    (finding) => read(viewWith(finding)).results?.[0]?.partialFingerprints,
  );
  expect(prints[0]).toStrictEqual(prints[1]);
  expect(prints[0]).not.toStrictEqual(prints[2]);
  expect(prints[0]?.['primaryLocationLineHash']).toMatch(/^[0-9a-f]{16}:1$/);
});

it.each([
  ['overdue', 'error'],
  ['due', 'warning'],
  ['next-release', 'warning'],
  ['awaiting-fix', 'note'],
  ['opportunistic', 'note'],
  ['accepted', 'warning'],
  ['withdrawn', 'note'],
] as const)('shows %s as %s', (state, level) => {
  expect(read(viewWith(findingIn(state, 1))).results?.[0]?.level).toBe(level);
});

it('suppresses accepted findings and no others, with the reason', () => {
  const results = read(richView).results ?? [];
  const suppressed = results.filter(({ suppressions = [] }) => suppressions.length > 0);
  expect(suppressed.map(({ properties }) => properties?.['state'] as unknown)).toStrictEqual(['accepted']);
  expect(suppressed[0]?.suppressions).toStrictEqual([
    {
      kind: 'external',
      status: 'accepted',
      justification:
        'Accepted until 2026-01-31: only reachable by operators (owner ada@example.org, approved by grace@example.org, SEC-7).',
    },
  ]);
});

it.each([
  ['critical', undefined, '9.5'],
  ['high', undefined, '8.0'],
  ['high', 7.5, '7.5'],
  ['high', 9.8, '8.9'],
  ['medium', 3.1, '4.0'],
  ['low', 0, '0.1'],
  ['unknown', undefined, '8.0'],
] as const)('gives %s with the score %s the security-severity %s', (level, score, expected) => {
  const { severity } = findingIn('due', 1);
  const finding = findingIn('due', 1, { severity: { ...severity, level, ...(score === undefined ? {} : { score }) } });
  const [rule] = read(viewWith(finding)).tool.driver.rules ?? [];
  expect(rule?.properties?.['security-severity']).toBe(expected);
});

it('says that a run that could not look was not successful, and why', () => {
  const [failed] = read(richView).invocations ?? [];
  expect(failed?.executionSuccessful).toBe(false);
  expect(failed?.toolExecutionNotifications?.[0]).toMatchObject({
    descriptor: { id: 'not-checked' },
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'api/requirements.txt' } } }],
  });
  expect(read(emptyView).invocations?.[0]?.executionSuccessful).toBe(false);
  expect(read(cleanView).invocations?.[0]?.executionSuccessful).toBe(true);
});

it('escapes what would be a link or a place holder', () => {
  const advisory = { ...findingIn('due', 1).advisory, summary: 'see [here](https://evil.example) and {0}' };
  const [result] = read(viewWith(findingIn('due', 1, { advisory }))).results ?? [];
  expect(result?.message.text).toContain('see \\[here\\](https://evil.example) and {{0}}');
});

it('stays within what GitHub takes, and says what it leaves out', () => {
  const [first] = richView.findings;
  if (first === undefined) throw new Error('no finding');
  const many = Array.from({ length: 25_003 }, () => first);
  const run = read({ ...richView, findings: many });
  expect(run.results).toHaveLength(25_000);
  expect(JSON.stringify(run.invocations)).toContain('3 findings more');
  const aliases = Array.from({ length: 50 }, (_, index) => `CVE-2025-${index}`);
  const advisory = { ...findingIn('due', 1).advisory, aliases, summary: 'long '.repeat(1000) };
  const [rule] = read(viewWith(findingIn('due', 1, { advisory }))).tool.driver.rules ?? [];
  expect(rule?.properties?.tags?.length).toBeLessThanOrEqual(10);
  expect(rule?.fullDescription?.text.length).toBeLessThanOrEqual(1024);
});
