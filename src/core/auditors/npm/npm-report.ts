/** Reads what `npm audit --json` (npm 7 and later) prints: a report, or one of its four shapes of an error. */
import * as z from 'zod';
import { isObject, textSchema } from './string-map.ts';

/** One `via` object: the only thing in npm's report that is somebody's statement and not npm's own arithmetic. */
export interface NpmAdvisory {
  readonly package: string;
  readonly source?: string;
  readonly title: string;
  readonly url?: string;
  readonly severity?: string;
  readonly score?: number;
  readonly vector?: string;
  /** Absent means every version. */
  readonly range?: string;
  /** Nodes npm lists for the package, whichever advisory they are listed for. */
  readonly nodes: readonly string[];
  /** Only old reports say these. */
  readonly ids: readonly string[];
  readonly fixedIn: readonly string[];
}

export interface NpmReport {
  readonly kind: 'report';
  readonly advisories: readonly NpmAdvisory[];
  /** Packages the tool loaded, as it counts them itself; absent when the report does not say. */
  readonly total?: number;
  /** Set where the report itself shows that it does not name everything that was found. */
  readonly leftOut?: string;
  /** What no report of its shape can show, a sentence each. */
  readonly limits?: readonly string[];
}

export interface NpmError {
  readonly kind: 'error';
  readonly message: string;
  /** HTTP status of the advisory source, when it answered. */
  readonly status?: number;
  /** npm's own code, such as `ENOLOCK`. */
  readonly code?: string;
}

export interface NoReport {
  readonly kind: 'none';
  readonly detail: string;
}

export type NpmDocument = NpmReport | NpmError | NoReport;

const errorSchema = z.object({
  message: z.string().optional().catch(undefined),
  statusCode: z.number().int().optional().catch(undefined),
  error: z.object({ code: textSchema, summary: textSchema, detail: textSchema }).optional().catch(undefined),
});

const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.unknown().refine(isObject),
  metadata: z
    .object({ dependencies: z.object({ total: z.number() }) })
    .optional()
    .catch(undefined),
});

const viaSchema = z.object({
  source: z.union([z.number(), z.string()]).transform(String).optional().catch(undefined),
  title: z.string().catch(''),
  url: textSchema,
  severity: textSchema,
  cvss: z
    .object({ score: z.number().optional().catch(undefined), vectorString: textSchema })
    .optional()
    .catch(undefined),
  range: z.string().optional().catch(undefined),
});

const vulnerabilitySchema = z.object({
  via: z.array(z.unknown()),
  nodes: z.array(z.string()),
});

/** Reads one parsed document of npm 7 or later. */
export function readNpmDocument(document: unknown): NpmDocument {
  return readError(document) ?? readReport(document);
}

/** The error a document tells of; `undefined` when it tells of none. A report never has these fields. */
export function readError(document: unknown): NpmError | undefined {
  if (!isObject(document) || !('error' in document || 'message' in document)) return undefined;
  const parsed = errorSchema.safeParse(document);
  if (!parsed.success) return { kind: 'error', message: 'npm reported an error in a shape of its own' };
  const { message, statusCode, error } = parsed.data;
  return {
    kind: 'error',
    message: message ?? error?.summary ?? error?.detail ?? 'npm reported an error without a message',
    ...(statusCode !== undefined && { status: statusCode }),
    ...(error?.code !== undefined && { code: error.code }),
  };
}

function readReport(document: unknown): NpmReport | NoReport {
  const parsed = reportSchema.safeParse(document);
  if (!parsed.success) return { kind: 'none', detail: 'it is no audit report of version 2' };
  const { vulnerabilities, metadata } = parsed.data;
  const advisories: NpmAdvisory[] = [];
  for (const [name, value] of Object.entries(vulnerabilities)) {
    const entry = vulnerabilitySchema.safeParse(value);
    if (!entry.success) return { kind: 'none', detail: `its entry for ${name} has another shape` };
    advisories.push(...readVias(name, entry.data));
  }
  const total = metadata?.dependencies.total;
  return { kind: 'report', advisories, ...(total !== undefined && { total }) };
}

/** A `via` that is text names a dependency that is reported by itself. */
function readVias(name: string, entry: z.infer<typeof vulnerabilitySchema>): readonly NpmAdvisory[] {
  return entry.via.flatMap((via) => {
    const parsed = viaSchema.safeParse(via);
    return parsed.success ? [toAdvisory(name, entry.nodes, parsed.data)] : [];
  });
}

function toAdvisory(name: string, nodes: readonly string[], via: z.infer<typeof viaSchema>): NpmAdvisory {
  const { source, title, url, severity, cvss, range } = via;
  return {
    package: name,
    title,
    nodes,
    ids: [],
    fixedIn: [],
    ...(source !== undefined && { source }),
    ...(url !== undefined && { url }),
    ...(severity !== undefined && { severity }),
    ...(cvss?.score !== undefined && { score: cvss.score }),
    ...(cvss?.vectorString !== undefined && { vector: cvss.vectorString }),
    ...(range !== undefined && { range }),
  };
}
