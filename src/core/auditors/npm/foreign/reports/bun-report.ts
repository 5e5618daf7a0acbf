/** Reads what `bun audit --json` prints: the registry's own answer, advisories by package name. */
import * as z from 'zod';
import { findOnlyDocument } from '../../find-document.ts';
import type { NpmAdvisory, NpmDocument } from '../../npm-report.ts';
import { isObject, textSchema } from '../../string-map.ts';

const LIMITS = ['bun lists what its registry answered: neither how much was asked nor which versions are affected.'];

const advisorySchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String).optional().catch(undefined),
  url: textSchema,
  title: z.string().catch(''),
  severity: textSchema,
  vulnerable_versions: textSchema,
  cvss: z
    .object({ score: z.number().optional().catch(undefined), vectorString: textSchema })
    .optional()
    .catch(undefined),
});

/** A package stands there because of an advisory: an empty list is of no report. */
const listSchema = z.array(advisorySchema).min(1);

/** The report, or why it is none: bun passes on whatever its registry says, refusals too. */
export function readBunReport(text: string): NpmDocument {
  const document = findOnlyDocument(text);
  if (!isObject(document)) return NO_REPORT;
  const advisories: NpmAdvisory[] = [];
  for (const [name, value] of Object.entries(document)) {
    const list = listSchema.safeParse(value);
    if (!list.success) return NO_REPORT;
    advisories.push(...list.data.map((each) => toAdvisory(name, each)));
  }
  return { kind: 'report', advisories, limits: LIMITS };
}

const NO_REPORT: NpmDocument = { kind: 'none', detail: 'it is no JSON report of bun' };

function toAdvisory(name: string, advisory: z.infer<typeof advisorySchema>): NpmAdvisory {
  const { id, url, title, severity, vulnerable_versions: range, cvss } = advisory;
  return {
    package: name,
    title,
    nodes: [],
    ids: [],
    fixedIn: [],
    ...(id !== undefined && { source: id }),
    ...(url !== undefined && { url }),
    ...(severity !== undefined && { severity }),
    ...(cvss?.score !== undefined && { score: cvss.score }),
    ...(cvss?.vectorString !== undefined && { vector: cvss.vectorString }),
    ...(range !== undefined && { range }),
  };
}
