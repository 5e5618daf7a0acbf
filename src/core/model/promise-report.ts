/** What holding a repository to its promises gave, as one value (`fixby.promises/v1`): every format renders it, none adds to it. */
import * as z from 'zod';
import { problemSchema } from './problem-schema.ts';

const evidenceSchema = z.object({
  says: z.enum(['kept', 'broken', 'cannot-tell', 'remark']),
  text: z.string(),
  file: z.string().optional(),
  line: z.number().optional(),
  commit: z.string().optional(),
  because: z
    .enum(['for-a-person', 'no-evidence', 'unreadable', 'unclear'])
    .optional()
    .meta({ description: 'for cannot-tell: why it cannot be told' }),
  mend: z.string().optional().meta({ description: 'for broken and cannot-tell: what settles it' }),
});

const verdict = z.enum(['kept', 'broken', 'cannot-tell']);

const rowSchema = z.object({
  kind: z.string().meta({ description: 'the kind of promise, such as updates-automated' }),
  title: z.string(),
  file: z.string(),
  line: z.number(),
  text: z.string().meta({ description: 'the sentence, on one line' }),
  promise: z.string().meta({ description: 'what the sentence is taken to promise' }),
  verdict,
  forAPerson: z.boolean().meta({ description: 'cannot-tell for no other reason than that only a person can know' }),
  evidence: z.array(evidenceSchema),
});

/** What the promises came to, as it stands in every report. */
export const promiseOutcomeSchema = z.object({
  files: z.array(z.string()).meta({ description: 'the documents that were read' }),
  summary: z.object({ kept: z.number(), broken: z.number(), cannotTell: z.number(), forAPerson: z.number() }),
  promises: z.array(rowSchema).meta({ description: 'in the order of the documents' }),
  problems: z.array(problemSchema),
});

/** Shapes and meaning. Published as `schema/promises.v1.schema.json`. */
export const promiseReportSchema = z.object({
  schema: z.literal('fixby.promises/v1'),
  asOf: z.string().meta({ format: 'date-time', description: 'the moment that was judged; UTC, ISO-8601' }),
  ...promiseOutcomeSchema.shape,
});

export type PromiseOutcome = z.infer<typeof promiseOutcomeSchema>;
export type PromiseReport = z.infer<typeof promiseReportSchema>;
export type PromiseRow = z.infer<typeof rowSchema>;
export type PromiseEvidence = z.infer<typeof evidenceSchema>;
