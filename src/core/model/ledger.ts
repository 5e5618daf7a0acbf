/** The ledger's events: facts about a repository in the order they became known. Nothing derived is stored. */
import * as z from 'zod';
import { problemSchema } from './problem-schema.ts';
import { findingFactsSchema } from './ledger-facts.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string();
const ecosystem = z.enum(ECOSYSTEMS);
const level = z.enum(['critical', 'high', 'medium', 'low', 'unknown']);

/** A finding as the ledger follows it. `id` is given at the first sight and never changes, whatever else does. */
const ledgerFinding = z.object({
  id: z.string(),
  target: z.string(),
  ecosystem,
  package: z.string(),
  /** Primary id and aliases as known at that time, sorted. */
  ids: z.array(z.string()),
  advisory: z.string(),
  versions: z.array(z.string()),
  severity: level,
});

const runTarget = z.object({
  path: z.string(),
  ecosystem,
  auditor: z.string(),
  outcome: z.enum(['audited', 'unavailable', 'not-applicable']),
  reason: z.string().optional(),
  packages: z.number(),
  audited: z.number(),
  skipped: z.number(),
  tools: z.array(
    z.object({
      tool: z.string(),
      version: z.string(),
      argv: z.exactOptional(z.array(z.string())),
      exitCode: z.exactOptional(z.number().nullable()),
      durationMs: z.exactOptional(z.number()),
    }),
  ),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  /** What a report of the run says beside: absent in events that do not tell. */
  message: z.exactOptional(z.string()),
  mend: z.exactOptional(z.string()),
  /** Where the advisories came from. */
  source: z.exactOptional(z.string()),
  notes: z.exactOptional(z.array(z.string())),
  durationMs: z.exactOptional(z.number()),
  /** Another audit of the run answered for the target. */
  secondOpinion: z.exactOptional(z.literal(true)),
  standsInFor: z.exactOptional(z.array(z.string())),
  skippedPackages: z.exactOptional(
    z.array(z.object({ name: z.string(), version: z.exactOptional(z.string()), reason: z.string() })),
  ),
  /** Files of a folder no auditor was asked about. */
  setAside: z.exactOptional(z.array(z.string())),
});

/** An entry of the exceptions file, without the line it stands in. */
export const ledgerExceptionSchema = z.object({
  advisory: z.string(),
  target: z.string().optional(),
  package: z.string().optional(),
  versions: z.string().optional(),
  path: z.string().optional(),
  reason: z.string(),
  owner: z.string(),
  approver: z.string(),
  expires: z.string(),
  ticket: z.string().optional(),
});

const days = z.exactOptional(z.number());
const maxDays = z.object({ critical: days, high: days, medium: days, low: days });

/**
 * How a finding ended. Only an `audited` target may end one, or discovery that looked for its target in vain. `merged` is
 * none of these: two findings turned out to be one, and the other goes on with the earlier dates of both.
 */
export const CLOSED_BY = [
  'upgraded',
  'removed',
  'withdrawn',
  'no-longer-affected',
  'target-removed',
  'merged',
] as const;

/** A run, what it looked at and what stood in its way. */
export const runRecordedSchema = z.object({
  type: z.literal('run-recorded'),
  run: z.string(),
  command: z.string(),
  asOf: instant,
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  tool: z.string(),
  commit: z.string().optional(),
  branch: z.string().optional(),
  targets: z.array(runTarget),
  /** When the auditors were asked; absent means when the event became known. */
  generatedAt: z.exactOptional(instant),
  /** Every problem of the run and of its audits. */
  problems: z.exactOptional(z.array(problemSchema)),
  /** Promises of the policy documents that made the run fail, with what clears each. */
  brokenPromises: z.exactOptional(z.array(z.object({ message: z.string(), clears: z.string() }))),
});

/** The policy that is in force from then on, in full. */
export const policyChangedSchema = z.object({
  type: z.literal('policy-changed'),
  file: z.string(),
  sha256: z.string(),
  text: z.string(),
  policy: z.unknown(),
  /** For how many days a risk of a severity could be accepted; absent means without limit. */
  maxDays: z.exactOptional(maxDays),
});

export const ledgerBodySchema = z.discriminatedUnion('type', [
  runRecordedSchema,
  /**
   * `back` is the occurrence before this one, which a change of the repository had ended. `split` is a finding that turned
   * out to be several: this one keeps its dates. `provisional`: the advisory source gave no full answer, so that the
   * severity is only what was left without it.
   */
  z.object({
    type: z.literal('finding-opened'),
    finding: ledgerFinding,
    facts: z.exactOptional(findingFactsSchema),
    back: z.string().optional(),
    split: z.exactOptional(z.string()),
    provisional: z.exactOptional(z.literal(true)),
  }),
  /** It had ended though nothing in the repository had changed, and it is there again: the same finding, with its dates. */
  z.object({ type: z.literal('finding-reopened'), id: z.string() }),
  /** What changed of the attributes; `severity` carries the new level and dates of raises follow from the event's time. */
  z.object({
    type: z.literal('finding-changed'),
    id: z.string(),
    ids: z.array(z.string()).optional(),
    advisory: z.string().optional(),
    versions: z.array(z.string()).optional(),
    severity: level.optional(),
    target: z.string().optional(),
    facts: z.exactOptional(findingFactsSchema.partial()),
    /** The severity it was opened with was provisional, and no longer is: it always was the one it has now. */
    settled: z.exactOptional(z.literal(true)),
  }),
  /** With `merged`, `into` is the finding that goes on. */
  z.object({
    type: z.literal('finding-closed'),
    id: z.string(),
    by: z.enum(CLOSED_BY),
    into: z.exactOptional(z.string()),
  }),
  policyChangedSchema,
  z.object({ type: z.literal('exception-added'), exception: ledgerExceptionSchema }),
  z.object({ type: z.literal('exception-expired'), exception: ledgerExceptionSchema }),
  z.object({ type: z.literal('exception-removed'), exception: ledgerExceptionSchema }),
  z.object({ type: z.literal('release-cut'), tag: z.string(), version: z.string(), at: instant, commit: z.string() }),
]);

export type LedgerBody = z.infer<typeof ledgerBodySchema>;
export type LedgerFinding = z.infer<typeof ledgerFinding>;
export type ClosedBy = (typeof CLOSED_BY)[number];

/** The form of a line. A later one gets a number of its own, and a fixby that does not know it leaves the ledger alone. */
export const LEDGER_SCHEMA = 'fixby.ledger/v1';

/** What a repository is called in its events: printable ASCII without blanks, quotes or backslashes, such as `acme/shop`. */
export const REPOSITORY_NAME = /^[!#-[\]-~]{1,200}$/;

/**
 * One line of a ledger. `prev` is the SHA-256 (hex) of the bytes of the line before, 64 zeros for the first, so that anyone
 * can verify the chain with a hash tool and nothing of ours. Events of one run share a `batch` and count in full or not at all.
 */
export const ledgerEventSchema = z.object({
  schema: z.literal(LEDGER_SCHEMA),
  repository: z.string().regex(REPOSITORY_NAME),
  seq: z.number().int().positive(),
  at: instant,
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  batch: z.object({ index: z.number().int().nonnegative(), size: z.number().int().positive() }),
  body: ledgerBodySchema,
});

export type LedgerEvent = z.infer<typeof ledgerEventSchema>;

/** The end of a chain: how many events, and the hash of the last line. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

/** `prev` of the first event. */
export const GENESIS: LedgerHead = { seq: 0, hash: '0'.repeat(64) };
