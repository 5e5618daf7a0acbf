/** The story of an archive: what a run was given, what it gave, and where the ledger stood, accounted for and signed. */
import { assembleEvidence, attestationText } from '../core/evidence/assemble-evidence.ts';
import type { LedgerEnd, TextTools } from '../core/evidence/assemble-evidence.ts';
import { makeStatements } from '../core/evidence/statements.ts';
import { anchorLine, makeAnchor, signedText } from '../core/ledger/anchor.ts';
import type { ArchiveEntry, KeptAnswers, KeptRun, Redactor, SourceText } from '../core/model/evidence.ts';
import type { LedgerFormat } from '../core/model/ledger-format.ts';
import type { ReportView } from '../core/model/report.ts';
import type { Seal } from '../core/model/seal.ts';
import { jsonText } from '../core/report/escape.ts';
import { jsonFormat } from '../core/report/json.ts';
import type { Digest } from '../core/reconcile/reconcile.ts';
import type { Ledger } from '../ports/ledger.ts';

/** What a run leaves to be accounted for. */
export interface RunRemains {
  /** Redacted. */
  readonly view: ReportView;
  readonly verbose: boolean;
  readonly sources: readonly SourceText[];
  readonly runs: readonly KeptRun[];
  readonly answers: readonly KeptAnswers[];
  readonly ledger: LedgerEnd | null;
}

/** What signs: statements and manifests as a whole, anchors in a form of their own. */
export interface Signer {
  readonly seal: Seal;
  readonly sign: (text: string) => string;
}

export interface EvidenceText {
  readonly entries: readonly ArchiveEntry[];
  /** The in-toto statements, one a line; empty when no audit answered in full. */
  readonly attestations: string;
}

/** The same remains give the same text; so does signing them again with the same key. */
export function gatherEvidence(
  { view, verbose, sources, runs, answers, ledger }: RunRemains,
  { redact, digest, signer }: { readonly redact: Redactor; readonly digest: Digest; readonly signer?: Signer },
): EvidenceText {
  const statements = makeStatements(view, runs);
  const tools: TextTools = {
    digest,
    json: (value, form) => jsonText(JSON.stringify(value, null, form === 'document' ? 2 : undefined)),
  };
  const sealing = signer === undefined ? {} : { seal: signer.seal };
  const reportText = jsonFormat.render(view, { color: false, width: 100, verbose });
  const known = { view, verbose, sources, runs, answers, statements, redact, tools, ...sealing };
  return {
    entries: assembleEvidence({ ...known, reportText, ...(ledger === null ? {} : { ledger }) }),
    attestations: attestationText({ statements, tools, ...sealing }),
  };
}

/** Where the chain ends now; `null` for an empty ledger, and for one that cannot be relied on: the report says so. */
export async function readLedgerEnd(ledger: Ledger, format: LedgerFormat, signer?: Signer): Promise<LedgerEnd | null> {
  const read = await ledger.read();
  const anchor = read.status === 'sound' ? makeAnchor(format.readChain(read.lines, '')) : null;
  if (anchor === null) return null;
  const { repository, seq, hash, at } = anchor;
  const signed = signer === undefined ? anchor : { ...anchor, signature: signer.sign(signedText(anchor)) };
  return { place: ledger.place, repository, seq, hash, at, line: anchorLine(signed) };
}
