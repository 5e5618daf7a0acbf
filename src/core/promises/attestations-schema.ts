/** The keys of `.fixby/attestations.yaml`; what each means is in docs/promises.md. */
import * as z from 'zod';
import { readInstant } from '../model/instant.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, such as 2026-03-31')
  .refine((text) => readInstant(text) !== null, 'is no day of the calendar')
  .meta({ format: 'date' });
const words = z.string().trim().min(1).max(500);

/** What the file may hold. Published as `schema/attestations.v1.schema.json`. */
export const attestationsSchema = z.strictObject({
  version: z.literal(1).optional().meta({ description: 'the version of this format' }),
  attestations: z
    .array(
      z.strictObject({
        promise: z
          .string()
          .trim()
          .min(8)
          .max(500)
          .meta({ description: 'words of the sentence that is confirmed, as they stand in SECURITY.md' }),
        by: words.meta({ description: 'who confirms it' }),
        what: words.meta({ description: 'what was done or seen' }),
        on: day.meta({ description: 'the day it was done or seen' }),
        until: day.meta({ description: 'the last day on which it holds, inclusive (UTC)' }),
        evidence: words.optional().meta({ description: 'where a proof can be found, such as a ticket' }),
      }),
    )
    .max(1000),
});
