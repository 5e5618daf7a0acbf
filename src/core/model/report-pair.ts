/** Two reports of one moment as one value (`fixby.report-pair/v1`): the same facts under the policy then, and under the one now. */
import * as z from 'zod';
import { reportSchema } from './report.ts';

/** Published as `schema/report-pair.v1.schema.json`. */
export const reportPairSchema = z.object({
  schema: z.literal('fixby.report-pair/v1'),
  underPolicyThen: reportSchema,
  underCurrentPolicy: reportSchema,
});
