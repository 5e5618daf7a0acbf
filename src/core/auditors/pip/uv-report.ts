/** Reads what `uv audit --output-format json` prints: counts, and every flaw by the package it is in. */
import * as z from 'zod';
import { normalizeName } from '../../model/ecosystem.ts';
import { sortedUnique } from '../../model/order.ts';
import { excerpt } from '../../model/text.ts';
import { type Answered, LONGEST_SUMMARY } from './report-document.ts';
import { canonicalVersion } from './version.ts';

const idSchema = z.string().min(1).max(256);

const vulnerabilitySchema = z.object({
  dependency: z.object({ name: z.string().min(1), version: z.string() }),
  id: idSchema,
  display_id: idSchema.nullish(),
  aliases: z.array(idSchema).nullish(),
  summary: z.string().nullish(),
  description: z.string().nullish(),
  fix_versions: z.array(z.string()).nullish(),
});

const reportSchema = z.object({
  schema: z.object({ version: z.string() }),
  summary: z.object({
    audited_packages: z.number().int().nonnegative(),
    vulnerabilities: z.number().int().nonnegative(),
    adverse_statuses: z.number().int().nonnegative().catch(0),
  }),
  vulnerabilities: z.array(vulnerabilitySchema),
});

export interface UvReport {
  /** Packages uv asked about. */
  readonly audited: number;
  /** How many flaws it counts; a list of another length is not the whole. */
  readonly counted: number;
  /** Packages whose project was given up or shut away by its index. */
  readonly adverse: number;
  /** One a flaw. */
  readonly answered: readonly Answered[];
}

/** The report; undefined when `document` is none. */
export function readUvReport(document: unknown): UvReport | undefined {
  const read = reportSchema.safeParse(document);
  if (!read.success) return undefined;
  const { summary, vulnerabilities } = read.data;
  return {
    audited: summary.audited_packages,
    counted: summary.vulnerabilities,
    adverse: summary.adverse_statuses,
    answered: vulnerabilities.map(toAnswered),
  };
}

function toAnswered(flaw: z.infer<typeof vulnerabilitySchema>): Answered {
  const { dependency, id, display_id, aliases, summary, description, fix_versions } = flaw;
  return {
    name: normalizeName('PyPI', dependency.name),
    version: canonicalVersion(dependency.version) ?? excerpt(dependency.version, 80),
    vulnerabilities: [
      {
        ids: sortedUnique([id, ...(typeof display_id === 'string' ? [display_id] : []), ...(aliases ?? [])]),
        summary: excerpt(summary ?? description ?? '', LONGEST_SUMMARY),
        fixedIn: sortedUnique(fix_versions ?? []),
      },
    ],
  };
}
