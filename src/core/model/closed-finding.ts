/** A finding that ended, as the ledger remembers it: what a list that keeps its closed items is made from. */
import * as z from 'zod';
import { CLOSED_BY } from './ledger.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

export const closedFindingSchema = z.object({
  ledgerId: z.string(),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  versions: z.array(z.string()).meta({ description: 'as last installed' }),
  advisory: z.object({ id: z.string(), aliases: z.array(z.string()), summary: z.string() }),
  severity: z.object({ first: level, last: level }),
  location: z.object({ file: z.string(), line: z.number().optional() }),
  seenBy: z.array(z.string()),
  firstSeen: instant,
  closedAt: instant,
  by: z.enum(CLOSED_BY),
  into: z
    .string()
    .optional()
    .meta({ description: 'of one that turned out to be another: the `ledgerId` that goes on' }),
  cameBackAt: instant.optional().meta({
    description: 'when it was there again under the same `ledgerId`, though the repository had not changed',
  }),
  previous: z.string().optional().meta({ description: '`ledgerId` of the occurrence before it' }),
});

export type ClosedFinding = z.infer<typeof closedFindingSchema>;
