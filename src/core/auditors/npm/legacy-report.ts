/** Reads the report of npm 6 (`advisories` and `actions`), and its advisories, which pnpm and yarn write to this day. */
import * as z from 'zod';
import type { NpmAdvisory, NpmReport } from './npm-report.ts';
import { isObject, textSchema } from './string-map.ts';

const legacySchema = z.object({
  actions: z.array(z.unknown()),
  advisories: z.unknown().refine(isObject),
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()).optional().catch(undefined) }),
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
  const leftOut = advisories && findLeftOut(advisories, parsed.data.metadata.vulnerabilities ?? {});
  return advisories && { kind: 'report', advisories, ...(leftOut !== undefined && { leftOut }) };
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

/** What is counted by severity and not named: the counts are of everything that was found, whatever was kept out of the list. */
export function findLeftOut(
  advisories: readonly NpmAdvisory[],
  counted: Readonly<Record<string, number>>,
): string | undefined {
  const named = new Set(advisories.map(({ severity }) => severity));
  const [level, count] = Object.entries(counted).find(([each, found]) => found > 0 && !named.has(each)) ?? [];
  return level === undefined ? undefined : `it counts ${count ?? 0} of severity ${level.slice(0, 20)} and names none`;
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
