/** The keys of `.fixby/exceptions.yaml`. Published as `schema/exceptions.v1.schema.json`; docs/exceptions.md explains them. */
import * as z from 'zod';
import { isRangeOf } from '../match/covers.ts';
import { calendarDay, LONGEST_TEXT, relativePath, words } from '../document/text-values.ts';

const advisoryId = z
  .string()
  .max(128)
  .regex(
    /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9:]+)+$/,
    'must be an advisory id such as GHSA-xvch-5gv4-984h or CVE-2021-44906',
  );

const versionRange = z
  .string()
  .min(1)
  .max(LONGEST_TEXT)
  .refine(
    (range) => isRangeOf('npm', range) || isRangeOf('PyPI', range),
    'must be a version range such as "<1.2.6" or ">=2,<2.4"',
  );

const dependencyPath = z
  .string()
  .max(LONGEST_TEXT)
  .regex(/^[^>\s\p{Cc}]+( *> *[^>\s\p{Cc}]+)*$/u, 'must be package names joined by ">", from a direct dependency on');

/** One entry of the file. */
export const exceptionSchema = z.strictObject({
  advisory: advisoryId.meta({ description: 'any id of the advisory: GHSA, CVE, PYSEC, …' }),
  target: relativePath
    .optional()
    .meta({ description: 'the folder it is about, `.` for the root; absent means every one' }),
  package: words.optional(),
  versions: versionRange
    .optional()
    .meta({ description: 'installed versions it covers, as npm (semver) or pip (PEP 440) write ranges' }),
  path: dependencyPath
    .optional()
    .meta({ description: 'package names from a direct dependency on, joined by ">": only what comes in that way' }),
  reason: words.meta({ description: 'why the risk can be carried until then' }),
  owner: words.meta({ description: 'who sees to it that it ends' }),
  approver: words.meta({ description: 'who accepted it' }),
  expires: calendarDay.meta({ description: "the last day on which it holds, inclusive, in the policy's time zone" }),
  ticket: words.optional(),
});

/** What the file may hold. */
export const exceptionsSchema = z.strictObject({
  version: z.literal(1).optional().meta({ description: 'the version of this format' }),
  exceptions: z.array(exceptionSchema).max(10_000).nullable().optional(),
});

/** One entry as it is written. */
export type ExceptionInput = z.infer<typeof exceptionSchema>;
