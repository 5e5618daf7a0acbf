/** Reads pip-audit's JSON: the shape of today, and that of version 1, which was a bare list. */
import * as z from 'zod';
import { normalizeName } from '../../model/ecosystem.ts';
import { sortedUnique } from '../../model/order.ts';
import { excerpt } from '../../model/text.ts';
import { canonicalVersion } from './version.ts';

const vulnerabilitySchema = z.object({
  id: z.string().min(1).max(256),
  fix_versions: z.array(z.string()).nullish(),
  aliases: z.array(z.string().min(1).max(256)).nullish(),
  description: z.string().nullish(),
});

const answeredSchema = z.object({ name: z.string(), version: z.string(), vulns: z.array(vulnerabilitySchema) });
const skippedSchema = z.object({ name: z.string(), skip_reason: z.string() });
const dependenciesSchema = z.array(z.union([answeredSchema, skippedSchema]));
const reportSchema = z.union([
  z.object({ dependencies: dependenciesSchema }).transform(({ dependencies }) => dependencies),
  dependenciesSchema,
]);

interface AnsweredVulnerability {
  /** The id and every alias, sorted. */
  readonly ids: readonly string[];
  readonly summary: string;
  readonly fixedIn: readonly string[];
}

export interface Answered {
  /** Normalized. */
  readonly name: string;
  /** In normal form; as written when it is no Python version. */
  readonly version: string;
  readonly vulnerabilities: readonly AnsweredVulnerability[];
}

export interface PipAuditReport {
  readonly answered: readonly Answered[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export const LONGEST_SUMMARY = 300;

/** The report, or undefined when `document` is none: another shape, an error, nothing. */
export function readReport(document: unknown): PipAuditReport | undefined {
  const read = reportSchema.safeParse(document);
  if (!read.success) return undefined;
  return {
    answered: read.data.flatMap((entry) => ('vulns' in entry ? [toAnswered(entry)] : [])),
    skipped: read.data.flatMap((entry) => ('vulns' in entry ? [] : [toSkipped(entry)])),
  };
}

function toAnswered({ name, version, vulns }: z.infer<typeof answeredSchema>): Answered {
  return {
    name: normalizeName('PyPI', name),
    version: canonicalVersion(version) ?? excerpt(version, 80),
    vulnerabilities: mergeSame(vulns.map(toVulnerability)),
  };
}

function toVulnerability(vulnerability: z.infer<typeof vulnerabilitySchema>): AnsweredVulnerability {
  return {
    ids: sortedUnique([vulnerability.id, ...(vulnerability.aliases ?? [])]),
    summary: excerpt(vulnerability.description ?? '', LONGEST_SUMMARY),
    fixedIn: sortedUnique(vulnerability.fix_versions ?? []),
  };
}

// A record and the record it is an alias of come as two answers with the same ids.
function mergeSame(vulnerabilities: readonly AnsweredVulnerability[]): readonly AnsweredVulnerability[] {
  const byIds = new Map<string, AnsweredVulnerability>();
  for (const vulnerability of vulnerabilities) {
    const key = vulnerability.ids.join('\n');
    const same = byIds.get(key);
    const fixedIn = sortedUnique([...(same?.fixedIn ?? []), ...vulnerability.fixedIn]);
    byIds.set(key, { ...(same ?? vulnerability), fixedIn });
  }
  return [...byIds.values()];
}

function toSkipped({ name, skip_reason }: z.infer<typeof skippedSchema>): PipAuditReport['skipped'][number] {
  return { name: normalizeName('PyPI', excerpt(name, 80)), reason: `pip-audit: ${excerpt(skip_reason)}` };
}
