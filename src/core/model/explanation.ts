/** An explanation as one value (`fixby.explanation/v1`): everything the deadlines of some findings rest on. */
import * as z from 'zod';
import { closedFindingSchema } from './closed-finding.ts';
import { reportSchema } from './report.ts';

const { asOf, verdict, sentence, repository, policy, findings } = reportSchema.shape;

const explainedSchema = z.object({
  finding: findings.element.meta({ description: 'as the report has it' }),
  dates: z.array(
    z.object({
      name: z.enum(['introduced', 'published', 'fixReleased', 'firstSeen', 'knownExploited']),
      at: asOf.optional().meta({ description: 'absent when it is not known' }),
      source: z.string().optional().meta({ description: 'who says so' }),
      startsClock: z.boolean(),
    }),
  ),
  clock: z.string().meta({ description: 'which date starts the clock, in a sentence' }),
  rule: z
    .object({
      judgedAs: z.string(),
      window: z.string(),
      text: z.string().meta({ description: 'the line of the policy, quoted' }),
      file: z.string(),
      line: z.number(),
      note: z.string().optional(),
      applied: z.string().optional().meta({ description: 'the window that applied instead, when another did' }),
    })
    .optional(),
  arithmetic: z.array(z.string()).meta({ description: 'how the deadline was counted, a sentence a step' }),
  upgrade: z.object({
    words: z.string(),
    command: z.string().optional().meta({ description: 'absent where no single command does it' }),
  }),
  carriedBy: z.array(z.object({ tag: z.string(), at: asOf.optional() })),
  changes: z.array(z.string()).meta({ description: 'what would change the verdict, a sentence each' }),
});

/** Shape and meaning of an explanation. Published as `schema/explanation.v1.schema.json`. */
export const explanationSchema = z.object({
  schema: z.literal('fixby.explanation/v1'),
  query: z.string().meta({ description: 'what was asked about: an id of any kind, or a package' }),
  ...{ asOf, verdict, sentence, repository, policy },
  explained: z.array(explainedSchema),
  ended: z
    .array(closedFindingSchema)
    .optional()
    .meta({ description: 'what matches and ended, by the ledger, the last one first; absent where nothing did' }),
});
