/** The shape of a problem (problem.ts) wherever one is published or kept. */
import * as z from 'zod';

export const problemSchema = z.object({
  target: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  blocks: z.boolean(),
});
