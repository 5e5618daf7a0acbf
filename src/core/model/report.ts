/** The report as one value (`fixby.report/v1`): every format renders it, none adds to it. */
import * as z from 'zod';
import { closedFindingSchema } from './closed-finding.ts';
import { problemSchema } from './problem-schema.ts';
import { promiseOutcomeSchema } from './promise-report.ts';
import { trendSchema } from './trend.ts';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);
const verdict = z.enum(['pass', 'fail', 'inconclusive']);
const state = z.enum(['overdue', 'due', 'next-release', 'awaiting-fix', 'opportunistic', 'accepted', 'withdrawn']);

const durationUnit = z.enum(['hours', 'days', 'business-days', 'weeks', 'months']);

/** What a policy grants a severity, as JSON. */
export const windowSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('immediate') }),
  z.object({
    kind: z.literal('within'),
    amount: z.number(),
    unit: durationUnit,
  }),
  z.object({ kind: z.literal('next-release'), level: z.enum(['any', 'patch', 'minor', 'major']) }),
  z.object({ kind: z.literal('opportunistic') }),
]);

const skippedSchema = z.object({ name: z.string(), version: z.string().optional(), reason: z.string() });

const packageSchema = z.object({
  id: z.string().meta({ description: 'unique in its target' }),
  name: z.string(),
  version: z.string(),
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  requires: z.array(z.string()).optional().meta({ description: 'ids; absent where the lock does not say' }),
});

const targetRowSchema = z.object({
  path: z.string().meta({ description: 'posix folder relative to the repository, `.` for its root' }),
  ecosystem: z.enum(['npm', 'PyPI']),
  auditor: z.string(),
  outcome: z.enum(['audited', 'unavailable', 'not-applicable']),
  reason: z.string().optional().meta({ description: 'a short stable word; absent when audited' }),
  message: z.string().optional(),
  mend: z.string().optional(),
  source: z.string().meta({ description: 'where the advisories came from' }),
  tool: z
    .object({ version: z.string(), argv: z.array(z.string()) })
    .meta({ description: 'the auditing tool; empty strings when none ran' }),
  runs: z.array(
    z.object({
      tool: z.string(),
      version: z.string(),
      argv: z.array(z.string()),
      exitCode: z.number().nullable(),
      durationMs: z.number(),
    }),
  ),
  lockfile: z.object({ path: z.string(), sha256: z.string() }).optional(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  coverage: z.object({ packages: z.number(), audited: z.number(), skipped: z.array(skippedSchema) }),
  packages: z
    .array(packageSchema)
    .optional()
    .meta({ description: 'everything the lock installs; only carried where a format of the run asks for it' }),
  notes: z.array(z.string()),
  durationMs: z.number(),
  secondOpinion: z
    .literal(true)
    .optional()
    .meta({ description: 'another row answers for the target: what this one found counts, its outcome does not' }),
  standsInFor: z
    .array(z.string())
    .optional()
    .meta({ description: 'auditors that could not look, and in whose place this one answers' }),
});

const statementSchema = z.object({
  from: z.enum(['malware', 'ghsa-label', 'cvss-v4', 'cvss-v3', 'cvss-v2', 'tool']),
  by: z.string(),
  level,
  score: z.number().optional(),
  vector: z.string().optional(),
});

const fixKind = z.enum(['patch', 'minor', 'major', 'downgrade']);

const findingRowSchema = z.object({
  key: z.string(),
  ledgerId: z.string().optional().meta({ description: 'what the ledger calls it; absent before it was recorded' }),
  target: z.string(),
  ecosystem: z.enum(['npm', 'PyPI']),
  package: z.string(),
  versions: z.array(z.string()),
  advisory: z.object({
    id: z.string(),
    aliases: z.array(z.string()),
    summary: z.string(),
    url: z.string(),
    withdrawn: instant.optional(),
    malware: z.boolean(),
  }),
  severity: z.object({
    level,
    score: z.number().optional(),
    vector: z.string().optional(),
    source: z.string(),
    disputed: z.boolean(),
    all: z.array(statementSchema),
  }),
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  paths: z.array(z.array(z.string())),
  pathsOmitted: z.number(),
  fix: z.object({
    available: z.boolean(),
    version: z.string().optional(),
    kind: fixKind.optional(),
    steps: z
      .array(z.object({ from: z.string(), version: z.string(), kind: fixKind.optional() }))
      .optional()
      .meta({ description: 'the smallest way out of each installed version, where one needs less than `version`' }),
  }),
  location: z.object({ file: z.string(), line: z.number().optional() }),
  timeline: z.object({
    introduced: instant.optional(),
    published: instant.optional(),
    fixReleased: instant.optional(),
    firstSeen: instant.optional(),
    knownExploited: instant.optional(),
  }),
  timelineSources: z.record(z.string(), z.string()).meta({ description: 'who says each date of `timeline`' }),
  severityHistory: z
    .array(z.object({ at: instant, level }))
    .optional()
    .meta({ description: 'every level the ledger saw it at, oldest first' }),
  back: z
    .object({ ledgerId: z.string(), firstSeenAt: instant, closedAt: instant, closedBy: z.string() })
    .optional()
    .meta({ description: 'the occurrence before this one, ended by a change of the repository' }),
  lastSeen: instant.optional().meta({
    description: 'set where nobody could look for it: it is shown as the ledger last knew it, and counts all the same',
  }),
  epss: z
    .object({ score: z.number(), percentile: z.number(), date: z.string().optional() })
    .optional()
    .meta({ description: 'informational; no deadline follows from it' }),
  deadline: z.object({
    window: windowSchema,
    state,
    dueAt: instant.optional(),
    overdueByDays: z.number().optional(),
    startedAt: instant.optional(),
    startedBy: z.string().optional(),
    countedFrom: instant
      .optional()
      .meta({ description: 'when the time of `window` began, where that is later than `startedAt`' }),
    reason: z.string(),
    arithmetic: z
      .array(z.string())
      .optional()
      .meta({ description: 'how the date was counted, a sentence a step; absent where nobody counted' }),
  }),
  exception: z
    .object({
      reason: z.string(),
      owner: z.string(),
      approver: z.string(),
      expires: z.string(),
      ticket: z.string().optional(),
    })
    .optional(),
  seenBy: z.array(z.string()),
  dissent: z
    .array(
      z.object({
        auditor: z.string(),
        why: z.enum([
          'range-differs',
          'withdrawn',
          'malformed-range',
          'alias',
          'stale-source',
          'not-carried',
          'unknown',
        ]),
        detail: z.string(),
      }),
    )
    .optional()
    .meta({ description: 'auditors that looked at the target and say otherwise, with why; absent when none does' }),
  fromCompleteAudit: z.boolean().meta({ description: 'false: the audit was only partial, so this list may be short' }),
  carriedBy: z.array(z.string()).meta({ description: 'releases whose tagged lock still carried it, oldest first' }),
  counts: z.boolean().meta({ description: 'whether this finding counts for the verdict of this run' }),
  breaks: z.boolean().meta({ description: 'whether this finding is one that made the verdict `fail`' }),
});

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
        ecosystem: z.enum(['npm', 'PyPI']),
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
