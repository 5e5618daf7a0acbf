/** What `fixby doctor` found on a machine, as one value (`fixby.doctor/v1`): every format renders it, none adds to it. */
import * as z from 'zod';

const checkSchema = z.object({
  check: z.string().meta({ description: 'what was looked at, such as `npm`, `policy` or `OSV source`' }),
  status: z.enum(['ok', 'failed', 'invalid', 'remark', 'skipped']).meta({
    description:
      'failed: an audit could not be conclusive; invalid: a file of the repository cannot be used; remark: worth knowing; skipped: nothing here needs it',
  }),
  message: z.string(),
  mend: z.string().optional().meta({ description: 'what to do about it; absent where nothing is to be done' }),
  version: z.string().optional(),
  command: z.array(z.string()).optional().meta({ description: 'what would be started; every path is absolute' }),
});

/** Shapes and meaning. Published as `schema/doctor.v1.schema.json`. */
export const doctorReportSchema = z.object({
  schema: z.literal('fixby.doctor/v1'),
  ready: z.boolean().meta({ description: 'nothing is failed or invalid: an audit here can be conclusive' }),
  checks: z.array(checkSchema),
});

export type DoctorReport = z.infer<typeof doctorReportSchema>;
export type DoctorCheck = Readonly<z.infer<typeof checkSchema>>;
