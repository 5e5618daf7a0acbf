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
    .object({
      vulnerabilities: z.object({ total: z.number() }).optional().catch(undefined),
      dependencies: z.object({ total: z.number() }),
    })
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
  via: z.array(z.union([z.string(), viaSchema])),
  nodes: z.array(z.string()),
});

type Vulnerability = z.infer<typeof vulnerabilitySchema>;

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
  const entries = new Map<string, Vulnerability>();
  for (const [name, value] of Object.entries(vulnerabilities)) {
    const entry = vulnerabilitySchema.safeParse(value);
    if (!entry.success) return { kind: 'none', detail: `its entry for ${name} has another shape` };
    entries.set(name, entry.data);
  }
  const total = metadata?.dependencies.total;
  const leftOut = findLeftOut(entries, metadata?.vulnerabilities?.total ?? 0);
  return {
    kind: 'report',
    advisories: [...entries].flatMap(([name, entry]) => readVias(name, entry)),
    ...(total !== undefined && { total }),
    ...(leftOut !== undefined && { leftOut }),
  };
}

/** npm names a package for an advisory of its own or for a dependency that it names too, and counts what it names. */
function findLeftOut(entries: ReadonlyMap<string, Vulnerability>, counted: number): string | undefined {
  if (counted > entries.size) return `it counts ${counted} vulnerable packages and names ${entries.size}`;
  const causeless = [...entries].find(([, { via }]) =>
    via.every((each) => typeof each === 'string' && !entries.has(each)),
  );
  return causeless && `it names ${causeless[0].slice(0, 80)} and no advisory that is the cause`;
}

/** A `via` that is text names a dependency that is reported by itself. */
function readVias(name: string, { nodes, via }: Vulnerability): readonly NpmAdvisory[] {
  return via.flatMap((each) => (typeof each === 'string' ? [] : [toAdvisory(name, nodes, each)]));
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
