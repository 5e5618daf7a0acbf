/** A row of a report's targets: what was looked at, with what, how completely, and what lies there. */
import * as z from 'zod';
import { ECOSYSTEMS } from './ecosystem.ts';

const skippedSchema = z.object({ name: z.string(), version: z.string().optional(), reason: z.string() });

/** One package of a lock. */
export const packageSchema = z.object({
  id: z.string().meta({ description: 'unique in its target' }),
  name: z.string(),
  version: z.string(),
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  requires: z.array(z.string()).optional().meta({ description: 'ids; absent where the lock does not say' }),
});

/** One target as one auditor saw it. */
export const targetRowSchema = z.object({
  path: z.string().meta({ description: 'posix folder relative to the repository, `.` for its root' }),
  ecosystem: z.enum(ECOSYSTEMS),
  auditor: z.string(),
  outcome: z.enum(['audited', 'unavailable', 'not-applicable']),
  reason: z.string().optional().meta({ description: 'a short stable word; absent when audited' }),
  message: z.string().optional(),
  mend: z.string().optional(),
  source: z.string().meta({ description: 'where the advisories came from' }),
  tool: z
    .object({ version: z.string(), argv: z.array(z.string()) })
    .meta({ description: 'the auditing tool; empty strings when none ran' }),
  runs: z.array(
    z.object({
      tool: z.string(),
      version: z.string(),
      argv: z.array(z.string()),
      exitCode: z.number().nullable(),
      durationMs: z.number(),
    }),
  ),
  lockfile: z.object({ path: z.string(), sha256: z.string() }).optional(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  coverage: z.object({ packages: z.number(), audited: z.number(), skipped: z.array(skippedSchema) }),
  packages: z
    .array(packageSchema)
    .optional()
    .meta({ description: 'everything the lock installs; only carried where a format of the run asks for it' }),
  notes: z.array(z.string()),
  durationMs: z.number(),
  secondOpinion: z
    .literal(true)
    .optional()
    .meta({ description: 'another row answers for the target: what this one found counts, its outcome does not' }),
  standsInFor: z
    .array(z.string())
    .optional()
    .meta({ description: 'auditors that could not look, and in whose place this one answers' }),
});
