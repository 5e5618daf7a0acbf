/** A row of a report's findings: the advisory, where it was found, its dates, its deadline, and who says so. */
import * as z from 'zod';
import { instant, level, state, windowSchema } from './report-words.ts';
import { ECOSYSTEMS } from './ecosystem.ts';
const statementSchema = z.object({
  from: z.enum(['malware', 'ghsa-label', 'cvss-v4', 'cvss-v3', 'cvss-v2', 'tool']),
  by: z.string(),
  level,
  score: z.number().optional(),
  vector: z.string().optional(),
});

const fixKind = z.enum(['patch', 'minor', 'major', 'downgrade']);

/** One finding; its key outlives versions, severities and names. */
export const findingRowSchema = z.object({
  key: z.string(),
  ledgerId: z.string().optional().meta({ description: 'what the ledger calls it; absent before it was recorded' }),
  target: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  package: z.string(),
  versions: z.array(z.string()),
  advisory: z.object({
    id: z.string(),
    aliases: z.array(z.string()),
    summary: z.string(),
    url: z.string(),
    withdrawn: instant.optional(),
    malware: z.boolean(),
  }),
  severity: z.object({
    level,
    score: z.number().optional(),
    vector: z.string().optional(),
    source: z.string(),
    disputed: z.boolean(),
    all: z.array(statementSchema),
  }),
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  paths: z.array(z.array(z.string())),
  pathsOmitted: z.number(),
  fix: z.object({
    available: z.boolean(),
    version: z.string().optional(),
    kind: fixKind.optional(),
    steps: z
      .array(z.object({ from: z.string(), version: z.string(), kind: fixKind.optional() }))
      .optional()
      .meta({ description: 'the smallest way out of each installed version, where one needs less than `version`' }),
  }),
  location: z.object({ file: z.string(), line: z.number().optional() }),
  timeline: z.object({
    introduced: instant.optional(),
    published: instant.optional(),
    fixReleased: instant.optional(),
    firstSeen: instant.optional(),
    knownExploited: instant.optional(),
  }),
  timelineSources: z.record(z.string(), z.string()).meta({ description: 'who says each date of `timeline`' }),
  severityHistory: z
    .array(z.object({ at: instant, level }))
    .optional()
    .meta({ description: 'every level the ledger saw it at, oldest first' }),
  back: z
    .object({ ledgerId: z.string(), firstSeenAt: instant, closedAt: instant, closedBy: z.string() })
    .optional()
    .meta({ description: 'the occurrence before this one, ended by a change of the repository' }),
  lastSeen: instant.optional().meta({
    description: 'set where nobody could look for it: it is shown as the ledger last knew it, and counts all the same',
  }),
  epss: z
    .object({ score: z.number(), percentile: z.number(), date: z.string().optional() })
    .optional()
    .meta({ description: 'informational; no deadline follows from it' }),
  deadline: z.object({
    window: windowSchema,
    state,
    dueAt: instant.optional(),
    overdueByDays: z.number().optional(),
    startedAt: instant.optional(),
    startedBy: z.string().optional(),
    countedFrom: instant
      .optional()
      .meta({ description: 'when the time of `window` began, where that is later than `startedAt`' }),
    reason: z.string(),
    arithmetic: z
      .array(z.string())
      .optional()
      .meta({ description: 'how the date was counted, a sentence a step; absent where nobody counted' }),
  }),
  exception: z
    .object({
      reason: z.string(),
      owner: z.string(),
      approver: z.string(),
      expires: z.string(),
      ticket: z.string().optional(),
    })
    .optional(),
  seenBy: z.array(z.string()),
  dissent: z
    .array(
      z.object({
        auditor: z.string(),
        why: z.enum([
          'range-differs',
          'withdrawn',
          'malformed-range',
          'alias',
          'stale-source',
          'not-carried',
          'unknown',
        ]),
        detail: z.string(),
      }),
    )
    .optional()
    .meta({ description: 'auditors that looked at the target and say otherwise, with why; absent when none does' }),
  fromCompleteAudit: z.boolean().meta({ description: 'false: the audit was only partial, so this list may be short' }),
  carriedBy: z.array(z.string()).meta({ description: 'releases whose tagged lock still carried it, oldest first' }),
  counts: z.boolean().meta({ description: 'whether this finding counts for the verdict of this run' }),
  breaks: z.boolean().meta({ description: 'whether this finding is one that made the verdict `fail`' }),
});
