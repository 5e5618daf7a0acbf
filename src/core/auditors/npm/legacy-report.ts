/** Reads the report of npm 6 (`advisories` and `actions`), and its advisories, which pnpm and yarn write to this day. */
import * as z from 'zod';
import type { NpmAdvisory, NpmReport } from './npm-report.ts';
import { isObject, textSchema } from './string-map.ts';

const legacySchema = z.object({
  actions: z.array(z.unknown()),
  advisories: z.unknown().refine(isObject),
  metadata: z.unknown().refine(isObject),
});

const advisorySchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String).optional().catch(undefined),
  module_name: z.string().min(1),
  title: z.string().catch(''),
  url: textSchema,
  severity: textSchema,
  github_advisory_id: textSchema,
  cves: z.array(z.string()).catch([]),
  cvss: z
    .object({ score: z.number().optional().catch(undefined), vectorString: textSchema })
    .optional()
    .catch(undefined),
  vulnerable_versions: textSchema,
  patched_versions: textSchema,
  findings: z.array(z.object({ version: z.string() })).catch([]),
});

/** `undefined` when the document is no report of npm 6, or one of its advisories has another shape. */
export function readLegacyReport(document: unknown): NpmReport | undefined {
  const parsed = legacySchema.safeParse(document);
  if (!parsed.success) return undefined;
  const advisories = readLegacyAdvisories(Object.values(parsed.data.advisories));
  return advisories && { kind: 'report', advisories };
}

/** `undefined` when one of `values` has another shape. */
export function readLegacyAdvisories(values: readonly unknown[]): readonly NpmAdvisory[] | undefined {
  const advisories: NpmAdvisory[] = [];
  for (const value of values) {
    const advisory = advisorySchema.safeParse(value);
    if (!advisory.success) return undefined;
    advisories.push(toAdvisory(advisory.data));
  }
  return advisories;
}

/** Its nodes are `name@version`: npm 6 gives chains of names and no places. */
function toAdvisory(old: z.infer<typeof advisorySchema>): NpmAdvisory {
  const name = old.module_name;
  return {
    package: name,
    title: old.title,
    nodes: [...new Set(old.findings.map((finding) => `${name}@${finding.version}`))],
    ids: [...(old.github_advisory_id === undefined ? [] : [old.github_advisory_id]), ...old.cves],
    fixedIn: lowerBounds(old.patched_versions ?? ''),
    ...(old.id !== undefined && { source: old.id }),
    ...(old.url !== undefined && { url: old.url }),
    ...(old.severity !== undefined && { severity: old.severity }),
    ...(old.cvss?.score !== undefined && { score: old.cvss.score }),
    ...(old.cvss?.vectorString !== undefined && { vector: old.cvss.vectorString }),
    ...(old.vulnerable_versions !== undefined && { range: old.vulnerable_versions }),
  };
}

/** The versions after `>=` in a range of patched versions; `<0.0.0`, which stands for "no fix", has none. */
function lowerBounds(range: string): readonly string[] {
  return [...range.matchAll(/>=\s*([^\s|,]+)/g)].map((match) => match[1] ?? '');
}
