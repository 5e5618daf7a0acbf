/** Reads a policy back from the ledger: what was understood that day, not what its text would be understood as today. */
import * as z from 'zod';
import type { Policy } from '../model/policy.ts';
import { isTimeZone } from '../model/time-zone.ts';

const severity = z.enum(['critical', 'high', 'medium', 'low']);
const within = z.object({
  kind: z.literal('within'),
  amount: z.number(),
  unit: z.enum(['hours', 'days', 'business-days', 'weeks', 'months']),
});
const window = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('immediate') }),
  within,
  z.object({ kind: z.literal('next-release'), level: z.enum(['any', 'patch', 'minor', 'major']) }),
  z.object({ kind: z.literal('opportunistic') }),
]);

const policySchema: z.ZodType<Policy> = z.object({
  source: z.object({ file: z.string(), line: z.number(), sha256: z.string() }),
  windows: z.array(
    z.object({
      severity,
      window,
      text: z.string(),
      line: z.number(),
      file: z.string(),
      note: z.exactOptional(z.string()),
    }),
  ),
  clock: z.enum(['act', 'introduced', 'published', 'fixReleased', 'firstSeen']),
  unknownAs: severity,
  timeZone: z.string().refine(isTimeZone),
  holidays: z.array(z.string()),
  noFix: z.object({ rule: z.enum(['pause', 'count']), longestWait: z.exactOptional(within) }),
  knownExploited: z.exactOptional(window),
});

/** `null` for what is no policy of this form. */
export function readStoredPolicy(stored: unknown): Policy | null {
  return policySchema.safeParse(stored).data ?? null;
}
