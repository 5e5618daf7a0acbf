/** What an evidence archive holds and says of itself (`fixby.evidence/v1`): its manifest. */
import * as z from 'zod';
import { ECOSYSTEMS } from './ecosystem.ts';

const instant = z.string().max(40).meta({ format: 'date-time', description: 'UTC, ISO-8601' });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Paths within an archive are fixby's own: nothing foreign names a file. */
export const ENTRY_PATH = /^[a-z0-9][a-z0-9.-]{0,60}(\/[a-z0-9][a-z0-9.-]{0,60}){0,2}$/;

const entryPath = z.string().regex(ENTRY_PATH);

const fileSchema = z.object({
  path: entryPath,
  sha256: sha256.meta({ description: 'of the bytes in the archive' }),
  bytes: z.int().nonnegative(),
  redactions: z.int().nonnegative().meta({ description: 'how many secrets were replaced by `***`' }),
  receivedCharacters: z
    .int()
    .optional()
    .meta({ description: 'how long the text was of which this is the beginning; absent when all of it is here' }),
});

const sourceSchema = z.object({
  kind: z
    .enum(['policy', 'configuration', 'exceptions', 'import'])
    .meta({ description: '`import`: a report made elsewhere' }),
  file: z.string().meta({ description: 'where the text was read' }),
  sha256: sha256.meta({ description: 'of the file as it lay there; of an imported report, of its text' }),
  path: entryPath,
});

const runSchema = z.object({
  target: z.string(),
  auditor: z.string(),
  tool: z.string(),
  version: z.string(),
  status: z.string().meta({ description: '`exited`, or what kept the tool from ending by itself' }),
  detail: z.string().meta({ description: 'what stood in the way; empty when nothing did' }),
  argv: z.array(z.string()),
  exitCode: z.number().nullable(),
  startedAt: instant,
  durationMs: z.number(),
  environment: z
    .array(z.string())
    .meta({ description: 'names of the variables the tool was given; never their values' }),
  inputs: z
    .array(z.object({ name: z.string(), sha256, bytes: z.int().nonnegative() }))
    .meta({ description: 'files laid into the folder of the tool' }),
  stdout: entryPath,
  stderr: entryPath,
  collected: z
    .array(z.object({ name: z.string(), path: entryPath }))
    .meta({ description: 'files the tool wrote and fixby read' }),
});

const answersSchema = z.object({
  target: z.string(),
  auditor: z.string(),
  ecosystem: z.enum(ECOSYSTEMS),
  source: z.string().meta({ description: 'without credentials' }),
  packages: z.int().meta({ description: 'how many packages were asked about' }),
  path: entryPath.meta({ description: 'one answer a line, as JSON, in the order of asking' }),
});

const ledgerSchema = z.object({
  place: z.string(),
  repository: z.string(),
  seq: z.int().positive(),
  hash: sha256,
  at: instant,
  anchor: entryPath.meta({ description: 'the same as a line that `fixby ledger verify --anchor` takes' }),
});

/** Published as `schema/evidence.v1.schema.json`. */
export const evidenceManifestSchema = z.object({
  schema: z.literal('fixby.evidence/v1'),
  tool: z.object({ name: z.literal('fixby'), version: z.string() }),
  command: z.enum(['audit', 'gate', 'release', 'report']),
  asOf: instant,
  generatedAt: instant,
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  repository: z.object({ commit: z.string().optional(), branch: z.string().optional() }),
  report: z.object({
    path: entryPath,
    verbose: z.boolean().meta({ description: 'whether the run wrote its reports with `--verbose`' }),
  }),
  sources: z.array(sourceSchema),
  locks: z
    .array(z.object({ path: z.string(), sha256 }))
    .meta({ description: 'what the auditors were asked about; the files themselves are in the repository' }),
  runs: z.array(runSchema),
  answers: z
    .array(answersSchema)
    .meta({ description: 'what advisory sources said to an auditor that looks up packages itself' }),
  ledger: ledgerSchema
    .optional()
    .meta({ description: 'the end of the chain after the run; absent when there is none' }),
  attestations: entryPath
    .optional()
    .meta({ description: 'in-toto statements, one a line; sealed when a key was given' }),
  files: z.array(fileSchema).meta({ description: 'every file of the archive but this one and its signature' }),
});

export type EvidenceManifest = z.infer<typeof evidenceManifestSchema>;
export type EvidenceFile = EvidenceManifest['files'][number];
export type EvidenceRun = EvidenceManifest['runs'][number];

/** The two files the manifest cannot list. */
export const MANIFEST_PATH = 'manifest.json';
export const SIGNATURE_PATH = 'manifest.dsse.json';

/** What the signature of a manifest is a signature of, in DSSE's terms. */
export const MANIFEST_TYPE = 'application/vnd.fixby.evidence+json';

/** What the signature of an in-toto statement is a signature of. https://github.com/in-toto/attestation */
export const STATEMENT_TYPE = 'application/vnd.in-toto+json';

/** A text the run was decided by, as it was read. */
export interface SourceText {
  readonly kind: EvidenceManifest['sources'][number]['kind'];
  readonly file: string;
  readonly sha256: string;
  readonly text: string;
}

/** A text with its secrets taken out. */
export interface Redacted {
  readonly text: string;
  /** How many places were changed. */
  readonly count: number;
}

/** Takes secrets out of a text: those it was told of, and whatever looks like one. */
export type Redactor = (text: string) => Redacted;

/** An output that is kept outside of memory until the archive is written. */
export interface KeptText extends Omit<EvidenceFile, 'path'> {
  /** Where it lies meanwhile. */
  readonly spooled: string;
}

/** One run of a tool with everything it was given and gave. */
export interface KeptRun extends Omit<EvidenceRun, 'stdout' | 'stderr' | 'collected'> {
  readonly stdout: KeptText;
  readonly stderr: KeptText;
  readonly collected: readonly { readonly name: string; readonly text: KeptText }[];
}

/** What an advisory source said to an auditor that looks up packages itself. */
export interface KeptAnswers extends Omit<EvidenceManifest['answers'][number], 'path'> {
  readonly text: KeptText;
}

/** One file on its way into an archive. */
export type ArchiveEntry =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly spooled: string };

/** One file found in an archive. */
export interface FoundEntry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What reading an archive gave; `texts` holds what was asked for, by path. `detail` is half a sentence. */
export type ArchiveRead =
  | { readonly status: 'read'; readonly entries: readonly FoundEntry[]; readonly texts: ReadonlyMap<string, string> }
  | { readonly status: 'unusable'; readonly detail: string };
