/** How a policy was kept over a period, as one value (`fixby.period/v1`): every format renders it, none adds to it. */
import * as z from 'zod';
import type { RenderOptions } from './report.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

/**
 * What became of a finding, as far as its window is concerned. `within` and `late`: fixed. `overdue`: open, and its window has
 * ended. These three are what the share is counted from. `open`: there is time left. `best-effort`: the policy sets no
 * date. `accepted`: an exception covers it. `not-counted`: it ended without anybody's doing.
 */
export const PERIOD_OUTCOMES = ['overdue', 'late', 'within', 'open', 'accepted', 'best-effort', 'not-counted'] as const;

const findingSchema = z.object({
  ledgerId: z.string(),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  advisory: z.string(),
  severity: level,
  outcome: z.enum(PERIOD_OUTCOMES),
  openedAt: instant.meta({ description: 'when a run first saw it' }),
  closedAt: instant.optional(),
  closedBy: z.string().optional(),
  startedAt: instant.optional().meta({ description: 'when its clock started' }),
  dueAt: instant.optional(),
  daysToFix: z.number().optional().meta({ description: 'from the start of the clock to the end of the finding' }),
  daysLate: z.number().optional(),
  reason: z.string().meta({ description: 'the arithmetic in one sentence' }),
});

const rowSchema = z.object({
  severity: z.union([level, z.literal('all')]),
  opened: z.number().meta({ description: 'first seen in the period' }),
  closed: z.number().meta({ description: 'ended in the period, however' }),
  within: z.number(),
  late: z.number(),
  overdue: z.number().meta({ description: 'open at the end of the period, with its window over' }),
  open: z.number(),
  accepted: z.number(),
  bestEffort: z.number(),
  notCounted: z.number(),
  share: z
    .number()
    .nullable()
    .meta({ description: 'within / (within + late + overdue); null when there is nothing to count' }),
  medianDays: z.number().nullable(),
  p90Days: z.number().nullable(),
});

const exceptionSchema = z.object({
  advisory: z.string(),
  reason: z.string(),
  owner: z.string(),
  approver: z.string(),
  expires: z.string(),
  scope: z.string(),
  grantedAt: instant,
  endedAt: instant.optional().meta({ description: 'when it expired or was taken out; absent while it is in force' }),
  end: z.enum(['expired', 'removed']).optional(),
  granted: z.boolean().meta({ description: 'whether it was granted in the period' }),
});

/** Published as `schema/period.v1.schema.json`. */
export const periodReportSchema = z.object({
  schema: z.literal('fixby.period/v1'),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  sentence: z.string(),
  broken: z.array(z.string()),
  open: z.array(z.string()).meta({ description: 'what the ledger cannot show' }),
  period: z.object({
    name: z.string(),
    from: instant,
    to: instant.meta({ description: 'the first moment after it' }),
    seenUntil: instant.meta({ description: 'what happened up to then is told' }),
  }),
  generatedAt: instant,
  tool: z.object({ name: z.literal('fixby'), version: z.string() }),
  ledger: z.object({
    place: z.string(),
    seq: z.number(),
    hash: z.string(),
    began: instant.optional(),
  }),
  policies: z.array(
    z.object({
      since: instant.meta({ description: 'when a run first read it' }),
      until: instant.optional(),
      file: z.string(),
      sha256: z.string(),
      windows: z.array(z.object({ severity: z.string(), window: z.string(), text: z.string() })),
    }),
  ),
  runs: z.object({
    count: z.number(),
    byVerdict: z.object({ pass: z.number(), fail: z.number(), inconclusive: z.number() }),
    first: instant.optional(),
    last: instant.optional(),
    everyMs: z.number().optional().meta({ description: 'the schedule; absent when none is configured' }),
    missed: z.array(
      z.object({
        after: instant,
        before: instant.optional().meta({ description: 'the next run; absent when there is none yet' }),
        count: z.number(),
        expected: z.array(instant).meta({ description: 'when runs should have taken place; at most 100' }),
      }),
    ),
  }),
  summary: z.array(rowSchema).meta({ description: 'one row a severity, then all of them' }),
  findings: z.array(findingSchema),
  exceptions: z.array(exceptionSchema),
  unchecked: z.array(
    z.object({
      target: z.string(),
      auditor: z.string(),
      reason: z.string(),
      runs: z.number(),
      first: instant,
      last: instant,
      message: z.string(),
    }),
  ),
});

export type PeriodReport = z.infer<typeof periodReportSchema>;
export type PeriodFinding = z.infer<typeof findingSchema>;
export type PeriodRow = z.infer<typeof rowSchema>;
export type PeriodOutcome = (typeof PERIOD_OUTCOMES)[number];

/** A format of period reports: one file, one registry line. */
export interface PeriodFormat {
  readonly name: string;
  /** Extension of its file, without a dot. */
  readonly extension: string;
  render(report: PeriodReport, options: RenderOptions): string;
}
