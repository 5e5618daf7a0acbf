/** What every format of comparisons owes its readers. */
import { describe, expect, it } from 'vitest';
import { diffReports } from '../../../src/core/diff/diff-reports.ts';
import { CHANGES, reportDiffSchema } from '../../../src/core/model/report-diff.ts';
import type { ReportDiff } from '../../../src/core/model/report-diff.ts';
import { diffFormats } from '../../../src/core/report/diff/registry.ts';
import { cleanView, HOSTILE_TEXTS, plainOptions, richView, withForeignTexts } from './views.ts';

const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const CI_COMMAND = /^\s*::|##\[|##vso\[/m;

const base = diffReports({ name: 'a.json', view: cleanView }, { name: '2026-03-01', view: richView });
const [row] = base.changes;
/** One change of each kind. */
const whole: ReportDiff = {
  ...base,
  changes: row === undefined ? [] : CHANGES.map((change) => ({ ...row, change })),
};

describe.each(diffFormats.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('gives the same bytes twice, and says each kind of change', () => {
    const text = format.render(whole, plainOptions);
    expect(text).toBe(format.render(structuredClone(whole), plainOptions));
    expect(text).toMatch(/\n$/);
    expect(text).toContain('a.json');
    expect(text.match(new RegExp(row?.advisory.id ?? 'none', 'g'))?.length).toBeGreaterThanOrEqual(CHANGES.length);
  });

  it.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 24), text]))('lets %j through as text', (_name, hostile) => {
    const view = withForeignTexts(richView, () => hostile);
    const diff = diffReports({ name: hostile, view: cleanView }, { name: hostile, view });
    const text = format.render(diff, { ...plainOptions, verbose: true });
    expect(text).not.toMatch(UNSAFE);
    expect(text).not.toMatch(CI_COMMAND);
  });
});

it('parses back from JSON', () => {
  const json = diffFormats.find(({ name }) => name === 'json');
  expect(reportDiffSchema.parse(JSON.parse(json?.render(whole, plainOptions) ?? ''))).toEqual(whole);
});

it('keeps the screen short where nothing wants attention', () => {
  const table = diffFormats.find(({ name }) => name === 'table');
  const many = {
    ...whole,
    changes: Array.from({ length: 50 }, () => ({ ...row, change: 'fixed' as const })),
  } as ReportDiff;
  const lines = (verbose: boolean): number => table?.render(many, { ...plainOptions, verbose }).split('\n').length ?? 0;
  expect(lines(false)).toBeLessThan(lines(true));
  expect(table?.render(many, plainOptions)).toContain('… and 30 more');
});
