/** Assembles what goes into an evidence archive, and the manifest that accounts for it. */
import {
  evidenceManifestSchema,
  MANIFEST_PATH,
  MANIFEST_TYPE,
  SIGNATURE_PATH,
  STATEMENT_TYPE,
} from '../model/evidence.ts';
import type {
  ArchiveEntry,
  EvidenceFile,
  EvidenceManifest,
  EvidenceRun,
  KeptAnswers,
  KeptRun,
  KeptText,
  Redactor,
  SourceText,
} from '../model/evidence.ts';
import { byEach, byText } from '../model/order.ts';
import type { ReportView } from '../model/report.ts';
import type { Seal } from '../model/seal.ts';
import type { ScanStatement } from './statements.ts';

/** The end of a chain, and the line that says so. */
export interface LedgerEnd extends Omit<NonNullable<EvidenceManifest['ledger']>, 'anchor'> {
  readonly line: string;
}

export interface EvidenceInput {
  /** Redacted, as its reports were written. */
  readonly view: ReportView;
  /** The view as JSON, byte for byte as a report of it. */
  readonly reportText: string;
  readonly verbose: boolean;
  readonly sources: readonly SourceText[];
  readonly runs: readonly KeptRun[];
  readonly answers: readonly KeptAnswers[];
  readonly statements: readonly ScanStatement[];
  readonly ledger?: LedgerEnd;
  /** Absent without a key. */
  readonly seal?: Seal;
  readonly redact: Redactor;
  readonly tools: TextTools;
}

/** What core has not itself: SHA-256 of a text in UTF-8, in hex, and JSON as reports have it. */
export interface TextTools {
  readonly digest: (text: string) => string;
  /** On several lines, or on one. */
  readonly json: (value: unknown, form: 'document' | 'line') => string;
}

/** Every file of the archive, the manifest first. The same input gives the same entries. */
export function assembleEvidence(input: EvidenceInput): readonly ArchiveEntry[] {
  const parts = [
    textPart('report.json', input.reportText, input.tools),
    ...input.sources.map((source, index) => sourcePart(source, index, input)),
    ...(input.ledger === undefined ? [] : [textPart('ledger.json', `${input.ledger.line}\n`, input.tools)]),
    ...attestationParts(input),
    ...input.runs.flatMap(runParts),
    ...input.answers.map((each, index) => keptPart(answersPath(each, index), each.text)),
  ];
  const text = `${input.tools.json(evidenceManifestSchema.parse(describe(input, parts)), 'document')}\n`;
  const signature = input.seal?.({ type: MANIFEST_TYPE, text });
  return [
    { path: MANIFEST_PATH, text },
    ...(signature === undefined ? [] : [{ path: SIGNATURE_PATH, text: `${signature}\n` }]),
    ...parts.map(({ entry }) => entry),
  ];
}

/** The statements as lines, sealed where there is a key. */
export function attestationText({
  statements,
  seal,
  tools,
}: Pick<EvidenceInput, 'statements' | 'seal' | 'tools'>): string {
  const lines = statements.map((statement) => {
    const text = tools.json(statement, 'line');
    return seal === undefined ? text : seal({ type: STATEMENT_TYPE, text });
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** A file and what the manifest says of it. */
interface Part {
  readonly entry: ArchiveEntry;
  readonly file: EvidenceFile;
}

function textPart(path: string, text: string, { digest }: TextTools, redactions = 0): Part {
  const bytes = new TextEncoder().encode(text).length;
  return { entry: { path, text }, file: { path, sha256: digest(text), bytes, redactions } };
}

function sourcePart({ kind, text }: SourceText, index: number, { redact, tools }: EvidenceInput): Part {
  const safe = redact(text);
  return textPart(sourcePath(kind, index), safe.text, tools, safe.count);
}

/** There may be several imports. */
function sourcePath(kind: SourceText['kind'], index: number): string {
  return kind === 'import' ? `sources/import-${index + 1}.txt` : SOURCE_PATHS[kind];
}

const SOURCE_PATHS = {
  policy: 'sources/policy.md',
  configuration: 'sources/configuration.yaml',
  exceptions: 'sources/exceptions.yaml',
} as const;

function attestationParts(input: EvidenceInput): readonly Part[] {
  if (input.statements.length === 0) return [];
  return [textPart(attestationPath(input), attestationText(input), input.tools)];
}

/** Bundles of envelopes have a name of their own. */
function attestationPath({ seal }: EvidenceInput): string {
  return seal === undefined ? 'statements.jsonl' : 'attestations.intoto.jsonl';
}

function runParts(run: KeptRun, index: number): readonly Part[] {
  const folder = folderOf(run, index);
  return [
    keptPart(`${folder}/stdout.txt`, run.stdout),
    keptPart(`${folder}/stderr.txt`, run.stderr),
    ...run.collected.map(({ text }, number) => keptPart(`${folder}/file-${number + 1}.txt`, text)),
  ];
}

function keptPart(path: string, { spooled, ...file }: KeptText): Part {
  return { entry: { path, spooled }, file: { path, ...file } };
}

function folderOf({ tool }: KeptRun, index: number): string {
  return `runs/${numbered(tool, index)}`;
}

function answersPath({ auditor }: KeptAnswers, index: number): string {
  return `answers/${numbered(auditor, index)}.jsonl`;
}

function numbered(name: string, index: number): string {
  return `${String(index + 1).padStart(4, '0')}-${name.replace(/[^a-z0-9-]/g, '')}`;
}

function describe(input: EvidenceInput, parts: readonly Part[]): EvidenceManifest {
  const { view, ledger } = input;
  return {
    schema: 'fixby.evidence/v1',
    tool: view.tool,
    command: view.command,
    asOf: view.asOf,
    generatedAt: view.generatedAt,
    verdict: view.verdict,
    repository: view.repository,
    report: { path: 'report.json', verbose: input.verbose },
    sources: input.sources.map(({ kind, file, sha256 }, index) => ({
      kind,
      file,
      sha256,
      path: sourcePath(kind, index),
    })),
    locks: locksOf(view),
    runs: input.runs.map(describeRun),
    answers: input.answers.map(describeAnswers),
    ...(ledger === undefined ? {} : { ledger: describeLedger(ledger) }),
    ...(input.statements.length === 0 ? {} : { attestations: attestationPath(input) }),
    files: parts.map(({ file }) => file),
  };
}

function describeLedger({ place, repository, seq, hash, at }: LedgerEnd): NonNullable<EvidenceManifest['ledger']> {
  return { place, repository, seq, hash, at, anchor: 'ledger.json' };
}

function describeRun(run: KeptRun, index: number): EvidenceRun {
  const folder = folderOf(run, index);
  const collected = run.collected.map(({ name }, number) => ({ name, path: `${folder}/file-${number + 1}.txt` }));
  return { ...run, stdout: `${folder}/stdout.txt`, stderr: `${folder}/stderr.txt`, collected };
}

function describeAnswers(kept: KeptAnswers, index: number): EvidenceManifest['answers'][number] {
  const { target, auditor, ecosystem, source, packages } = kept;
  return { target, auditor, ecosystem, source, packages, path: answersPath(kept, index) };
}

/** Each file once, however many auditors were asked about it. */
export function locksOf({ targets }: Pick<ReportView, 'targets'>): EvidenceManifest['locks'] {
  const files = new Map(
    targets.flatMap((target) => target.files.map((file) => [`${file.path}\n${file.sha256}`, file])),
  );
  return [...files.values()]
    .map(({ path, sha256 }) => ({ path, sha256 }))
    .sort(
      byEach(
        (a, b) => byText(a.path, b.path),
        (a, b) => byText(a.sha256, b.sha256),
      ),
    );
}
