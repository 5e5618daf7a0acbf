/** The view of a replayed past: everything its report may show, and the contract of its JSON (`fixby.history/v1`). */
import * as z from 'zod';
import { problemSchema } from './problem-schema.ts';
import { windowSchema } from './report-words.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().meta({ description: 'UTC ISO-8601 with milliseconds' });
const severity = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

const moment = z.object({
  commit: z.string(),
  at: instant.optional().meta({ description: 'the day the branch got it: the committer date where it can be true' }),
  authoredAt: instant.optional(),
  doubted: z.string().optional().meta({ description: "the commit's own date, which cannot be true; or `none`" }),
});

/**
 * What became of an occurrence. `met`: gone within its window. `breached`: still there when the window had ended.
 * `open`: still there, and the window has not ended. `not-counted`: nobody can be held to it, for the reason named.
 */
const outcome = z.enum(['met', 'breached', 'open', 'not-counted']);

const notCounted = z.enum(['before-published', 'withdrawn', 'undated', 'start-unknown', 'end-unseen']);

const occurrenceSchema = z.object({
  key: z.string(),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  versions: z.array(z.string()).meta({ description: 'every version that carried it, oldest first' }),
  advisory: z.object({ id: z.string(), aliases: z.array(z.string()), summary: z.string(), url: z.string() }),
  severity: z.object({ level: severity, source: z.string() }),
  introduced: moment.optional().meta({ description: 'absent: before the oldest commit that is known' }),
  published: instant.optional(),
  fix: z.object({ version: z.string().optional(), releasedAt: instant.optional(), source: z.string().optional() }),
  couldBeFixed: z
    .object({ at: instant, by: z.string() })
    .optional()
    .meta({ description: 'when the clock started, and which date started it' }),
  ended: moment
    .extend({ how: z.enum(['upgraded', 'removed', 'unseen', 'unpinned']) })
    .optional()
    .meta({ description: 'absent while it is there' }),
  backAgain: z
    .object({ from: moment.optional(), until: moment })
    .optional()
    .meta({ description: 'it had been there before, and was removed by a real change' }),
  window: windowSchema,
  dueAt: instant.optional(),
  daysToFix: z.number().optional().meta({ description: 'from the start of the clock to the end, in days' }),
  daysLate: z.number().optional().meta({ description: 'whole days past the window, 0 on the first one' }),
  outcome,
  notCounted: notCounted.optional(),
  reason: z.string(),
});

const statisticsSchema = z.object({
  severity: z.enum(['critical', 'high', 'medium', 'low', 'unknown', 'all']),
  met: z.number(),
  breached: z.number().meta({ description: 'late, and overdue to this day' }),
  open: z.number(),
  fixed: z.number().meta({ description: 'how many the days are taken of' }),
  withinWindow: z.number().nullable().meta({ description: 'met / (met + breached); null when that is nothing' }),
  medianDays: z.number().nullable(),
  p90Days: z.number().nullable(),
});

export const historySchema = z.object({
  schema: z.literal('fixby.history/v1'),
  sentence: z.string(),
  since: instant,
  asOf: instant,
  generatedAt: instant,
  tool: z.object({ name: z.literal('fixby'), version: z.string() }),
  repository: z.object({ commit: z.string().optional(), branch: z.string().optional() }),
  policy: z.object({
    source: z.object({ file: z.string(), line: z.number(), sha256: z.string() }),
    clock: z.string(),
    timeZone: z.string(),
  }),
  coverage: z.object({
    known: z.boolean().meta({ description: 'false: the history could not be read at all' }),
    commits: z.number(),
    revisions: z.number().meta({ description: 'versions of lock and requirement files that were read' }),
    packages: z.number().meta({ description: 'names they ever stated with a version' }),
    oldest: instant.optional(),
    cut: z.boolean().meta({ description: 'older commits exist that are not in this clone' }),
    source: z.string().meta({ description: 'where the advisories came from' }),
  }),
  summary: z.object({
    bySeverity: z.array(statisticsSchema),
    all: statisticsSchema,
    notCounted: z.record(notCounted, z.number()),
  }),
  occurrences: z.array(occurrenceSchema),
  problems: z.array(
    problemSchema.extend({
      blocks: z.boolean().meta({ description: 'a question is left open: the report may lack occurrences' }),
    }),
  ),
});

export type HistoryView = z.infer<typeof historySchema>;
export type PastOccurrence = HistoryView['occurrences'][number];
export type PastStatistics = HistoryView['summary']['all'];
export type NotCounted = z.infer<typeof notCounted>;

/** How a replayed past is written. Same view and options, same text. */
export interface HistoryFormat {
  readonly name: string;
  /** Extension of its file, without a dot. */
  readonly extension: string;
  render(
    view: HistoryView,
    options: { readonly color: boolean; readonly width: number; readonly verbose: boolean },
  ): string;
}
