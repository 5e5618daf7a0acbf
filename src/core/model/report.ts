/** The report as one value (`fixby.report/v1`): every format renders it, none adds to it. */
import * as z from 'zod';
import { closedFindingSchema } from './closed-finding.ts';
import { problemSchema } from './problem-schema.ts';
import { promiseOutcomeSchema } from './promise-report.ts';
import { findingRowSchema } from './report-finding.ts';
import type { packageSchema } from './report-target.ts';
import { targetRowSchema } from './report-target.ts';
import { durationUnit, instant, level, state, windowSchema } from './report-words.ts';
import { trendSchema } from './trend.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const verdict = z.enum(['pass', 'fail', 'inconclusive']);

const releaseSchema = z.object({
  version: z.string().meta({ description: 'semver, without the prefix of the tag' }),
  tag: z.string().meta({ description: 'as the repository writes its tags' }),
  level: z.enum(['patch', 'minor', 'major', 'prerelease']),
  previous: z.string().optional().meta({ description: 'the tag it follows; absent when it is the first' }),
  blockers: z.array(
    z.object({
      code: z.enum([
        'overdue',
        'critical',
        'window-ends',
        'exception-expired',
        'not-committed',
        'promise-broken',
        'not-audited',
      ]),
      message: z.string(),
      clears: z.string(),
    }),
  ),
});

const changesSchema = z
  .object({
    previousRun: instant.optional().meta({ description: 'the run recorded before this one; absent for the first' }),
    opened: z.array(z.string()).meta({ description: 'keys of findings no run saw before' }),
    back: z.array(z.string()).meta({ description: 'keys of findings that had ended and are there again' }),
    cleared: z.array(
      z.object({
        ledgerId: z.string(),
        target: z.string(),
        ecosystem: z.enum(ECOSYSTEMS),
        package: z.string(),
        versions: z.array(z.string()),
        advisory: z.string(),
        severity: level,
        by: z.enum(['upgraded', 'removed', 'withdrawn', 'no-longer-affected', 'target-removed']),
        firstSeen: instant,
      }),
    ),
  })
  .meta({ description: 'what this run added to the ledger; absent when it was not recorded' });

/** Shapes, units and meaning of a report. Published as `schema/report.v1.schema.json`. */
export const reportSchema = z.object({
  schema: z.literal('fixby.report/v1'),
  verdict,
  sentence: z.string().meta({ description: 'the verdict and its cause in one sentence' }),
  broken: z.array(z.string()),
  open: z.array(z.string()),
  asOf: instant.meta({ description: 'the moment that was judged' }),
  generatedAt: instant.meta({ description: 'when the auditors were asked' }),
  command: z.enum(['audit', 'gate', 'release', 'report']),
  tool: z.object({ name: z.literal('fixby'), version: z.string() }),
  repository: z.object({ commit: z.string().optional(), branch: z.string().optional() }),
  policy: z.object({
    source: z.object({ file: z.string(), line: z.number(), sha256: z.string() }),
    windows: z.array(
      z.object({
        severity: z.enum(['critical', 'high', 'medium', 'low']),
        window: windowSchema,
        text: z.string(),
        line: z.number(),
        file: z.string(),
        note: z.string().optional(),
      }),
    ),
    clock: z.string(),
    unknownAs: z.string(),
    timeZone: z.string(),
    holidays: z.array(z.string()).optional().meta({ description: 'days that are no business days, beside weekends' }),
    noFix: z
      .object({
        rule: z.enum(['pause', 'count']),
        longestWait: z.object({ amount: z.number(), unit: durationUnit }).optional(),
      })
      .optional(),
    knownExploited: windowSchema.optional(),
  }),
  release: releaseSchema.optional().meta({ description: 'what `fixby release` was asked about' }),
  releases: z
    .array(z.object({ tag: z.string(), version: z.string(), at: instant }))
    .optional()
    .meta({ description: 'the tags that `carriedBy` of a finding names, oldest first' }),
  nextRelease: z.object({ last: z.string().optional(), next: z.string().optional() }),
  changes: changesSchema.optional(),
  targets: z.array(targetRowSchema),
  findings: z.array(findingRowSchema),
  summary: z.object({
    byState: z.record(state, z.number()),
    bySeverity: z.record(level, z.number()),
    coverage: z.object({
      targets: z.number(),
      audited: z.number(),
      unavailable: z.number(),
      notApplicable: z.number(),
      packages: z.number(),
      packagesAudited: z.number(),
    }),
  }),
  problems: z.array(problemSchema),
  promises: promiseOutcomeSchema
    .optional()
    .meta({ description: 'the other promises of SECURITY.md; absent where there is no such document' }),
  closed: z
    .array(closedFindingSchema)
    .optional()
    .meta({ description: 'everything that ever ended; only carried where a format of the run asks for it' }),
  trend: trendSchema.optional().meta({ description: 'what the ledger remembers; absent without one' }),
});

export type ReportView = z.infer<typeof reportSchema>;
export type ReportTarget = z.infer<typeof targetRowSchema>;
export type ReportPackage = z.infer<typeof packageSchema>;
export type RunChanges = z.infer<typeof changesSchema>;
export type ReportFinding = z.infer<typeof findingRowSchema>;

/** What a format may know beside the view: only how it will be shown. */
export interface RenderOptions {
  /** ANSI colours are welcome. */
  readonly color: boolean;
  /** Columns available; formats that do not wrap ignore it. */
  readonly width: number;
  /** Show every finding and note, not only what a first screen needs. */
  readonly verbose: boolean;
  /** Files that hold the whole report, as a reader can open them; absent when none is written. */
  readonly files?: readonly string[];
}

/** What fills most of a report and few formats are about: carried only where one of them is asked for. */
export type ReportPart = 'packages' | 'closed';

/** Same view and options, same text. */
export interface ReportRenderer {
  render(view: ReportView, options: RenderOptions): string;
}

/** A report format: one file, one registry line. */
export interface ReportFormat {
  readonly name: string;
  /** What follows `fixby.` in the name of its file. */
  readonly extension: string;
  /** What the view must carry for it: `targets[].packages`, or `closed`. */
  readonly needs?: ReportPart;
  /** Its code, which no run needs that writes other formats. */
  load(): Promise<ReportRenderer>;
}
