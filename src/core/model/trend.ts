/** How findings came and went, as the ledger saw it: what reports draw, as numbers. */
import * as z from 'zod';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

const pointSchema = z.object({
  at: instant,
  open: z.record(level, z.number()).meta({ description: 'open findings by the severity they had then' }),
  overdue: z.number().meta({ description: 'how many of them were overdue and not accepted' }),
  breached: z.number().meta({ description: 'how many became overdue since the point before' }),
});

const mendingSchema = z.object({
  at: instant.meta({ description: 'when the ledger learned that it was gone' }),
  severity: level,
  days: z.number().meta({ description: 'from the start of the clock, to a tenth' }),
  late: z.boolean().meta({ description: 'gone only after its window had ended' }),
});

/** At most a year. Past deadlines are counted by the policy of the report: the past is measured, not judged anew. */
export const trendSchema = z.object({
  since: instant.meta({ description: 'the first moment the points speak of' }),
  runs: z.number().meta({ description: 'runs the ledger knows in all' }),
  points: z.array(pointSchema).meta({ description: 'evenly spaced, oldest first; the last is `asOf`' }),
  mended: z.array(mendingSchema).meta({ description: 'findings ended by an upgrade or a removal, oldest first' }),
});

export type Trend = z.infer<typeof trendSchema>;
export type TrendPoint = Trend['points'][number];
export type Mending = Trend['mended'][number];
