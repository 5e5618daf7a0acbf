/** Published flaws as OSV describes them: only the fields fixby needs, the rest tolerated. */
import * as z from 'zod';

const eventSchema = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

const rangeSchema = z.object({ type: z.string(), events: z.array(eventSchema).default([]) });

const affectedSchema = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  ranges: z.array(rangeSchema).optional(),
  versions: z.array(z.string()).optional(),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).optional(),
  database_specific: z.looseObject({}).optional().catch(undefined),
});

/** One OSV record. Times are RFC 3339. https://ossf.github.io/osv-schema/ */
export const osvRecordSchema = z.object({
  id: z.string().min(1).max(256),
  schema_version: z.string().optional(),
  modified: z.string().optional(),
  published: z.string().optional(),
  withdrawn: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  related: z.array(z.string()).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).nullish(),
  affected: z.array(affectedSchema).nullish(),
  references: z.array(z.object({ type: z.string(), url: z.string() })).nullish(),
  database_specific: z.looseObject({ severity: z.string().nullish().catch(undefined) }).nullish(),
});

export type OsvRecord = z.infer<typeof osvRecordSchema>;
export type OsvAffected = z.infer<typeof affectedSchema>;
export type OsvRange = z.infer<typeof rangeSchema>;
export type OsvEvent = z.infer<typeof eventSchema>;

/** What looking one advisory id up gave. `not-found` is the source's word; `unavailable` is nobody's. */
export type AdvisoryLookup =
  | { readonly status: 'found'; readonly id: string; readonly record: OsvRecord; readonly source: string }
  | { readonly status: 'not-found'; readonly id: string }
  | { readonly status: 'unavailable'; readonly id: string; readonly detail: string };

/** What asking for every advisory of one package gave. `known` may well hold none; `unavailable` is nobody's word. */
export type PackageLookup =
  | { readonly status: 'known'; readonly name: string; readonly records: readonly OsvRecord[] }
  | { readonly status: 'unavailable'; readonly name: string; readonly detail: string };

/** How old a source's answers are. `stale` says in a clause why they prove nothing about today; absent means they are fresh. */
export interface SourceAge {
  /** Whether it is the operator's own store of records rather than a service that is asked. */
  readonly isMirror: boolean;
  readonly stale?: string;
}

/** What a source said of packages: one lookup a name, in the order they were asked for. */
export interface PackageAnswers {
  readonly lookups: readonly PackageLookup[];
  /** The source in words for a report, without credentials. */
  readonly source: string;
  readonly age: SourceAge;
}

/** One flaw with everything its alias set is known by. `id` is the preferred one of `aliases ∪ {id}`: GHSA, CVE, PYSEC, other. */
export interface Advisory {
  readonly id: string;
  /** Every other id, sorted. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly url: string;
  readonly published?: string;
  readonly modified?: string;
  /** Set only when every record of the alias set that names this package is withdrawn. */
  readonly withdrawn?: string;
  readonly malware: boolean;
}
