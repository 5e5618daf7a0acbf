/** What happened between two reports as one value (`fixby.diff/v1`): every format renders it, none adds to it. */
import * as z from 'zod';
import type { RenderOptions } from './report.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);
const state = z.enum(['overdue', 'due', 'next-release', 'awaiting-fix', 'opportunistic', 'accepted', 'withdrawn']);

/**
 * From what wants attention first to what wants none. `unknown`: it was there and nobody looked again in full, so that
 * nobody may call it fixed. `uncovered`: it is there where the earlier report could not look, so it need not be new.
 */
export const CHANGES = ['new', 'reopened', 'worsened', 'unknown', 'uncovered', 'eased', 'withdrawn', 'fixed'] as const;

const sideSchema = z.object({
  name: z.string().meta({ description: 'as it was asked for: a file, a tag or a day' }),
  asOf: instant,
  generatedAt: instant,
  command: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  commit: z.string().optional(),
  policySha256: z.string(),
});

const pointSchema = z.object({
  severity: level,
  state,
  dueAt: instant.optional(),
  versions: z.array(z.string()),
});

const rowSchema = z.object({
  change: z.enum(CHANGES),
  why: z.string().meta({ description: 'one sentence' }),
  key: z.string().meta({ description: 'of the later report where it has the finding' }),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  advisory: z.object({ id: z.string(), summary: z.string(), url: z.string() }),
  before: pointSchema.optional().meta({ description: 'absent where the earlier report does not have it' }),
  after: pointSchema.optional().meta({ description: 'absent where the later report does not have it' }),
  fix: z.string().optional().meta({ description: 'the version that fixes it, where one is known' }),
});

/** Shapes and meaning of a comparison. Published as `schema/diff.v1.schema.json`. */
export const reportDiffSchema = z.object({
  schema: z.literal('fixby.diff/v1'),
  sentence: z.string(),
  before: sideSchema,
  after: sideSchema,
  summary: z.object({
    ...(Object.fromEntries(CHANGES.map((change) => [change, z.number()])) as Record<Change, z.ZodNumber>),
    unchanged: z.number(),
  }),
  changes: z.array(rowSchema),
  notes: z.array(z.string()).meta({ description: 'what a reader of the comparison must know, such as another policy' }),
});

export type Change = (typeof CHANGES)[number];
export type ReportDiff = z.infer<typeof reportDiffSchema>;
export type DiffRow = z.infer<typeof rowSchema>;
export type DiffPoint = z.infer<typeof pointSchema>;

/** A format of comparisons: one file, one registry line. */
export interface DiffFormat {
  readonly name: string;
  render(diff: ReportDiff, options: RenderOptions): string;
}
