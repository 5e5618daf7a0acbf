/** What the ledger keeps of a finding and of a run beside what it follows them by: enough to write their report again. */
import * as z from 'zod';
import type { DatedFinding } from './finding.ts';

const instant = z.string();
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);
const dated = z.object({ at: instant, source: z.string() });

const advisory = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  summary: z.string(),
  url: z.string(),
  published: z.exactOptional(instant),
  modified: z.exactOptional(instant),
  withdrawn: z.exactOptional(instant),
  malware: z.boolean(),
});

const severity = z.object({
  level,
  score: z.exactOptional(z.number()),
  vector: z.exactOptional(z.string()),
  source: z.string(),
  disputed: z.boolean(),
  all: z.array(
    z.object({
      from: z.enum(['malware', 'ghsa-label', 'cvss-v4', 'cvss-v3', 'cvss-v2', 'tool']),
      by: z.string(),
      level,
      score: z.exactOptional(z.number()),
      vector: z.exactOptional(z.string()),
    }),
  ),
});

/** A dated finding without what the ledger itself knows better: its place, its first sight, its levels over time. */
const fixKind = z.enum(['patch', 'minor', 'major', 'downgrade']);

export const findingFactsSchema = z.object({
  advisory,
  severity,
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  paths: z.array(z.array(z.string())),
  pathsOmitted: z.number(),
  fix: z.object({
    available: z.boolean(),
    version: z.exactOptional(z.string()),
    kind: z.exactOptional(fixKind),
    steps: z.exactOptional(
      z.array(z.object({ from: z.string(), version: z.string(), kind: z.exactOptional(fixKind) })),
    ),
  }),
  location: z.object({ file: z.string(), line: z.exactOptional(z.number()) }),
  seenBy: z.array(z.string()),
  /** Without the first sight: that is the event's own time. */
  timeline: z.object({
    introduced: z.exactOptional(dated),
    published: z.exactOptional(dated),
    fixReleased: z.exactOptional(dated),
    knownExploited: z.exactOptional(dated),
  }),
  fromCompleteAudit: z.boolean(),
  carriedBy: z.array(z.string()),
});

export type FindingFacts = z.infer<typeof findingFactsSchema>;

/** Kept under another name, following from the events themselves, or (EPSS, dissent) informational and new every night. */
type KeptElsewhere =
  | 'key'
  | 'target'
  | 'ecosystem'
  | 'package'
  | 'versions'
  | 'severityHistory'
  | 'ledgerId'
  | 'back'
  | 'lastSeen'
  | 'epss'
  | 'dissent';

/** Every other fact of a finding: one that is added there and forgotten here does not compile where findings are rebuilt. */
export type KeptFacts = Required<Omit<DatedFinding, KeptElsewhere>>;
