/** Reads the report that pnpm and yarn 2 and 3 print: npm 6's advisories, with counts of what was asked and found. */
import * as z from 'zod';
import { findLeftOut, readLegacyAdvisories } from '../../legacy-report.ts';
import type { NpmAdvisory, NpmReport } from '../../npm-report.ts';
import { isObject } from '../../string-map.ts';

/** What an audit counted: packages, and flaws by severity. */
export const countsSchema = z.object({
  totalDependencies: z.number().int().nonnegative(),
  vulnerabilities: z.record(z.string(), z.number()),
});

const treeSchema = z.object({ advisories: z.unknown().refine(isObject), metadata: countsSchema });

/** `undefined` when the document is no such report, or one of its advisories has another shape. */
export function readTreeReport(document: unknown): NpmReport | undefined {
  const parsed = treeSchema.safeParse(document);
  if (!parsed.success) return undefined;
  const advisories = readLegacyAdvisories(Object.values(parsed.data.advisories));
  return advisories && countedReport(advisories, parsed.data.metadata);
}

/** A report with the counts that stand beside its advisories. */
export function countedReport(advisories: readonly NpmAdvisory[], counts: z.infer<typeof countsSchema>): NpmReport {
  const leftOut = findLeftOut(advisories, counts.vulnerabilities);
  return {
    kind: 'report',
    advisories,
    total: counts.totalDependencies,
    ...(leftOut !== undefined && { leftOut }),
  };
}
