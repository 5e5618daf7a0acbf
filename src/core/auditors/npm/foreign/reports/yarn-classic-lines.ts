/** Reads the lines of `yarn audit --json` of yarn 1: an advisory for each way to a package, and a summary at the end. */
import * as z from 'zod';
import { readLegacyAdvisories } from '../../legacy-report.ts';
import type { NoReport, NpmDocument } from '../../npm-report.ts';
import { countedReport, countsSchema } from './tree-report.ts';

type Line = Readonly<Record<string, unknown>>;

const LIMITS = ['yarn 1 asks about a package that is installed under another name by that name.'];

const errorSchema = z.object({ type: z.literal('error'), data: z.string() });
const advisorySchema = z.object({ type: z.literal('auditAdvisory'), data: z.object({ advisory: z.unknown() }) });
const summarySchema = z.object({ type: z.literal('auditSummary'), data: countsSchema });

const TYPES = new Set(['auditAdvisory', 'auditSummary', 'error']);

/** Whether a line is of an audit of yarn 1, or tells why it failed. */
export function isClassicLine({ type }: Line): boolean {
  return typeof type === 'string' && TYPES.has(type);
}

/** Without the summary at its end a report is cut off. */
export function readClassicLines(lines: readonly Line[]): NpmDocument {
  const error = lines.map((line) => errorSchema.safeParse(line)).find(({ success }) => success)?.data;
  if (error !== undefined) return explain(error.data);
  const told = lines.filter(isClassicLine);
  const summaries = told.map((line) => summarySchema.safeParse(line).data);
  const last = summaries.at(-1);
  if (last === undefined) return none('no summary of packages and flaws stands at its end');
  if (summaries.filter((summary) => summary !== undefined).length > 1) return none('it holds more than one report');
  const advisories = readLegacyAdvisories(told.slice(0, -1).map((line) => advisorySchema.safeParse(line).data?.data.advisory));
  if (advisories === undefined) return none('a line of it has another shape');
  return { ...countedReport(advisories, last.data), limits: LIMITS };
}

/** The error with its trace; what yarn could not make sense of stands behind `Unexpected audit response`. */
function explain(data: string): NpmDocument {
  const [first = ''] = data.split('\n');
  return { kind: 'error', message: first.replace(/^Error: /, '') };
}

function none(detail: string): NoReport {
  return { kind: 'none', detail };
}
