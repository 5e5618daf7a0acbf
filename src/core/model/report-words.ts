/** What several parts of a report are written in: instants, levels, states of a deadline, windows. */
import * as z from 'zod';
import { DEADLINE_STATES } from './deadline.ts';

/** Of a date and a time. */
export const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
/** A severity. */
export const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);
/** The state of a deadline; `withdrawn` findings are shown and never judged. */
export const state = z.enum(DEADLINE_STATES);

/** What a window is counted in. */
export const durationUnit = z.enum(['hours', 'days', 'business-days', 'weeks', 'months']);

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
