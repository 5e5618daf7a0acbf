/** What a mirror knows of locks and packages as one value (`fixby.match/v1`): facts alone, no policy is asked. */
import * as z from 'zod';
import type { RenderOptions } from './report.ts';
import { instant, level } from './report-words.ts';
import { ECOSYSTEMS } from './ecosystem.ts';

const ecosystem = z.enum(ECOSYSTEMS);

const sourceSchema = z.object({
  source: z.enum(['npm', 'PyPI', 'kev', 'epss']),
  asOf: instant.meta({ description: 'the moment whose knowledge it is' }),
  entries: z.number(),
  isOld: z.boolean().meta({ description: 'older than was allowed: what it does not know proves nothing' }),
});

const mirrorSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('open'),
    path: z.string(),
    generation: z.number(),
    checksum: z.string().meta({ description: 'equal for equal content, on any machine' }),
    sources: z.array(sourceSchema),
  }),
  z.object({ status: z.literal('unavailable'), path: z.string(), detail: z.string(), mend: z.string() }),
]);

const askedSchema = z.object({
  name: z.string().meta({ description: 'the lock or package as it was named on the command line' }),
  ecosystem,
  outcome: z.enum(['audited', 'unavailable', 'not-applicable']),
  reason: z.string().optional().meta({ description: 'a stable word, for every outcome but `audited`' }),
  message: z.string().optional(),
  mend: z.string().optional(),
  packages: z.number().meta({ description: 'what it installs, those that were left out included' }),
  matched: z.number().meta({ description: 'packages the mirror answered for' }),
  affected: z.number().meta({ description: 'of those, the ones with a finding' }),
  skipped: z.array(z.object({ name: z.string(), version: z.string().optional(), reason: z.string() })),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })).meta({ description: 'relative to the lock' }),
});

const findingSchema = z.object({
  asked: z.string().meta({ description: 'name of the lock or package it was found in' }),
  ecosystem,
  package: z.string(),
  versions: z.array(z.string()).meta({ description: 'affected ones, oldest first' }),
  severity: z.object({ level, score: z.number().optional(), source: z.string() }),
  advisory: z.object({
    id: z.string(),
    aliases: z.array(z.string()),
    summary: z.string(),
    url: z.string(),
    published: instant.optional(),
    modified: instant.optional(),
    malware: z.boolean(),
  }),
  fix: z.string().optional().meta({ description: 'the smallest version that fixes it everywhere; absent: none known' }),
  scope: z.enum(['prod', 'dev', 'unknown']),
  direct: z.boolean(),
  paths: z.array(z.array(z.string())).meta({ description: 'from a direct dependency to the package' }),
  pathsOmitted: z.number(),
  line: z.number().optional().meta({ description: 'of the lock' }),
});

const problemSchema = z.object({
  asked: z.string(),
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  blocks: z.boolean().meta({ description: 'leaves a question open: nothing found is then no answer' }),
});

/** Shapes and meaning. Published as `schema/match.v1.schema.json`. */
export const matchReportSchema = z.object({
  schema: z.literal('fixby.match/v1'),
  result: z
    .enum(['found', 'nothing-found', 'inconclusive'])
    .meta({ description: 'exit codes 1, 0 and 3; what was found stands beside what could not be looked at' }),
  sentence: z.string(),
  asOf: instant,
  tool: z.object({ name: z.literal('fixby'), version: z.string() }),
  mirror: mirrorSchema,
  asked: z.array(askedSchema).meta({ description: 'in the order of the command line' }),
  findings: z.array(findingSchema).meta({ description: 'the worst first' }),
  problems: z.array(problemSchema),
  summary: z.object({
    packages: z.number(),
    matched: z.number(),
    affected: z.number(),
    bySeverity: z.object({
      critical: z.number(),
      high: z.number(),
      medium: z.number(),
      low: z.number(),
      unknown: z.number(),
    }),
  }),
});

export type MatchReport = z.infer<typeof matchReportSchema>;
export type MatchFinding = MatchReport['findings'][number];
export type MatchAsked = MatchReport['asked'][number];
export type MatchMirror = MatchReport['mirror'];

/** What draws one. */
export interface MatchRenderer {
  render(report: MatchReport, options: Pick<RenderOptions, 'color' | 'width'>): string;
}

/** A format of matches: one file, one registry line. */
export interface MatchFormat {
  readonly name: string;
  /** Its code, which no other format needs. */
  load(): Promise<MatchRenderer>;
}
