/** What the people who keep a repository are told of a run: a value that every channel writes in its own medium. */
import * as z from 'zod';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

const findingSchema = z.object({
  key: z.string(),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  versions: z.array(z.string()),
  advisory: z.string(),
  summary: z.string(),
  url: z.string(),
  severity: level,
  standing: z.string().meta({ description: 'in words: `12 days overdue`, `due 2026-01-31`' }),
  dueAt: instant.optional(),
  fix: z.string().meta({ description: 'in words: `4.17.21 (patch)`, `none yet`' }),
  reason: z.string().meta({ description: 'how the deadline was computed' }),
  isNew: z.boolean(),
  isBack: z.boolean().meta({ description: 'it had ended, and is there again' }),
});

const acceptedSchema = findingSchema.extend({
  expires: z.string().meta({ description: 'last day on which the acceptance holds, `YYYY-MM-DD`' }),
  owner: z.string(),
});

const clearedSchema = z.object({
  target: z.string(),
  package: z.string(),
  versions: z.array(z.string()),
  advisory: z.string(),
  severity: level,
  how: z.string().meta({ description: 'in words: `upgraded`, `no longer installed`' }),
});

const uncheckedSchema = z.object({
  place: z.string().nullable().meta({ description: 'the folder; null when it concerns the whole run' }),
  message: z.string(),
  mend: z.string().meta({ description: 'empty where nothing is known to mend it' }),
});

/** Published as `schema/digest.v1.schema.json`: the body of a `webhook` channel. */
export const digestSchema = z.object({
  schema: z.literal('fixby.digest/v1'),
  repository: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  sentence: z.string(),
  allWell: z.boolean().meta({ description: 'nothing below but `cleared` calls for anybody: a heartbeat' }),
  asOf: instant,
  generatedAt: instant,
  commit: z.string().optional(),
  branch: z.string().optional(),
  changes: z
    .enum(['known', 'first-run', 'not-recorded'])
    .meta({ description: 'whether what is new, back and cleared could be told; without, those lists are empty' }),
  previousRun: instant.optional(),
  missedRuns: z.string().optional().meta({ description: 'what was missed since the run before, in a sentence' }),
  open: z.number().meta({ description: 'findings that are open, accepted and withdrawn ones left out' }),
  accepted: z.number(),
  nextDue: instant.optional().meta({ description: 'the earliest date that is not over' }),
  overdue: z.array(findingSchema),
  dueSoon: z.array(findingSchema).meta({ description: 'due within three days' }),
  opened: z.array(findingSchema).meta({ description: 'seen by no run before; may stand in a list above as well' }),
  back: z.array(findingSchema).meta({ description: 'as `opened`, for those that had ended before' }),
  expiring: z.array(acceptedSchema).meta({ description: 'accepted risks that end within fourteen days' }),
  cleared: z.array(clearedSchema),
  unchecked: z.array(uncheckedSchema).meta({ description: 'what could not be looked at' }),
  next: z.array(z.string()).meta({ description: 'what to do now, most urgent first' }),
});

export type Digest = z.infer<typeof digestSchema>;
export type DigestFinding = z.infer<typeof findingSchema>;
