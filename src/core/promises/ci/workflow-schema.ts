/** As much of a GitHub Actions workflow as decides about scanners. */
import * as z from 'zod';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const flag = z.union([z.boolean(), z.string()]).optional();

const stepSchema = z.object({
  name: z.string().optional(),
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).nullish(),
  if: z.union([z.boolean(), z.string(), z.number()]).optional(),
  shell: z.string().optional(),
  'working-directory': z.string().optional(),
  'continue-on-error': flag,
});

const defaultsSchema = z
  .object({ run: z.object({ shell: z.string().optional(), 'working-directory': z.string().optional() }).optional() })
  .nullish();

const jobSchema = z.object({
  if: z.union([z.boolean(), z.string(), z.number()]).optional(),
  uses: z.string().optional(),
  'continue-on-error': flag,
  defaults: defaultsSchema,
  strategy: z.object({ matrix: z.union([z.record(z.string(), z.unknown()), z.string()]).optional() }).nullish(),
  steps: z.array(stepSchema).nullish(),
});

const eventSchema = z.looseObject({ cron: z.string().optional() });

/** Only what decides about scanners. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export const workflowSchema = z.object({
  on: z.union([texts, z.record(z.string(), z.union([eventSchema, z.array(eventSchema), z.string(), z.null()]))]),
  defaults: defaultsSchema,
  jobs: z.record(z.string(), jobSchema),
});

/** One job, by what decides about its scanners. */
export type Job = z.infer<typeof jobSchema>;
/** One step of a job. */
export type Step = z.infer<typeof stepSchema>;

/** What a workflow runs on. */
export type Events = z.infer<typeof workflowSchema>['on'];
