/** What every format of period reports owes its readers. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERIOD_OUTCOMES, periodReportSchema } from '../../../src/core/model/period-report.ts';
import type { PeriodReport } from '../../../src/core/model/period-report.ts';
import { periodFormats } from '../../../src/core/report/period/registry.ts';
import { ROOT } from '../../support/fixby.ts';
import { HOSTILE_TEXTS, plainOptions } from './views.ts';

const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const CI_COMMAND = /^\s*::|##\[|##vso\[/m;

const counts = {
  opened: 7,
  closed: 3,
  within: 1,
  late: 1,
  overdue: 1,
  open: 1,
  accepted: 1,
  bestEffort: 1,
  notCounted: 1,
};
const at = (day: number): string => `2026-07-${String(day).padStart(2, '0')}T02:00:00.000Z`;

/** One of everything; `text` stands wherever text comes from elsewhere. */
function makeReport(text = 'foreign'): PeriodReport {
  return {
    schema: 'fixby.period/v1',
    ...{ verdict: 'fail', sentence: `The policy was broken: ${text}`, broken: [text], open: [text] },
    period: {
      name: '2026-Q3',
      from: '2026-07-01T00:00:00.000Z',
      to: '2026-10-01T00:00:00.000Z',
      seenUntil: '2026-10-01T00:00:00.000Z',
    },
    generatedAt: '2026-10-02T00:00:00.000Z',
    tool: { name: 'fixby', version: '1.0.0' },
    ledger: { place: text, seq: 9, hash: 'a'.repeat(64), began: at(3) },
    policies: [
      {
        since: at(3),
        until: at(20),
        file: text,
        sha256: 'b'.repeat(64),
        windows: [{ severity: 'high', window: text, text }],
      },
    ],
    runs: {
      ...{
        count: 80,
        byVerdict: { pass: 70, fail: 8, inconclusive: 2 },
        first: at(3),
        last: at(30),
        everyMs: 86_400_000,
      },
      missed: [{ after: at(4), before: at(7), count: 2, expected: [at(5), at(6)] }],
    },
    summary: [{ severity: 'all', ...counts, share: 1 / 3, medianDays: 3.5, p90Days: 9 }],
    findings: PERIOD_OUTCOMES.map((outcome) => ({
      ...{ ledgerId: 'x', target: text, ecosystem: 'npm', package: text, advisory: text, severity: 'high', outcome },
      ...{ openedAt: at(4), closedAt: at(9), closedBy: 'upgraded', dueAt: at(11), daysLate: 3, reason: text },
    })),
    exceptions: [
      {
        advisory: text,
        reason: text,
        owner: text,
        approver: text,
        expires: text,
        scope: text,
        grantedAt: at(4),
        endedAt: at(9),
        end: 'expired',
        granted: true,
      },
    ],
    unchecked: [{ target: text, auditor: text, reason: text, runs: 2, first: at(4), last: at(5), message: text }],
  };
}

describe.each(periodFormats.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('gives the same bytes twice and says verdict, share, missed nights and what was not checked', () => {
    const text = format.render(makeReport(), { ...plainOptions, verbose: true });
    expect(text).toBe(format.render(structuredClone(makeReport()), { ...plainOptions, verbose: true }));
    expect(text.toLowerCase()).toContain('fail');
    expect(text).toMatch(/33\.3 %|0\.3333/);
    expect(text).toContain('2026-07-05');
    expect(text).toMatch(/\n$/);
  });

  it.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 24), text]))('keeps %j text', (_name, hostile) => {
    for (const verbose of [false, true]) {
      const text = format.render(makeReport(hostile), { ...plainOptions, verbose });
      expect(text).not.toMatch(UNSAFE);
      expect(text).not.toMatch(CI_COMMAND);
    }
  });
});

it('parses back from JSON, and is what the published schema says', () => {
  const json = periodFormats.find(({ name }) => name === 'json')?.render(makeReport(), plainOptions) ?? '';
  expect(periodReportSchema.parse(JSON.parse(json))).toEqual(makeReport());
  const schema = JSON.parse(readFileSync(join(ROOT, 'schema/period.v1.schema.json'), 'utf8')) as object;
  expect(new Ajv2020({ strict: false, validateFormats: false }).validate(schema, JSON.parse(json))).toBe(true);
});
