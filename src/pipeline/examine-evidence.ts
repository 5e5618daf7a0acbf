/** Looks into an archive that anybody may have made, and says what it proves. Nobody is asked. */
import { proveEvidence } from '../core/evidence/prove-evidence.ts';
import { readManifest } from '../core/evidence/read-manifest.ts';
import { checkAnchor } from '../core/ledger/anchor.ts';
import { MANIFEST_PATH, SIGNATURE_PATH } from '../core/model/evidence.ts';
import type { EvidenceManifest } from '../core/model/evidence.ts';
import type { EvidenceProof } from '../core/model/evidence-proof.ts';
import { readInstant } from '../core/model/instant.ts';
import type { ChainReading, LineHash } from '../core/model/ledger-format.ts';
import { reportSchema } from '../core/model/report.ts';
import type { ReportView } from '../core/model/report.ts';
import type { OpenSeal } from '../core/model/seal.ts';
import type { ArchiveReader } from '../ports/evidence.ts';

export interface Examination {
  readonly path: string;
  readonly open: OpenSeal;
  readonly hasKey: boolean;
  /** The lines the archive's end of a ledger is looked for in. */
  readonly chain?: ChainReading;
  readonly hash: LineHash;
}

/** `unusable`: nothing can be said of it, for which `detail` (half a sentence) is the reason. */
export type Examined =
  | {
      readonly status: 'examined';
      readonly proof: EvidenceProof;
      readonly manifest: EvidenceManifest;
      /** Absent where the report in it cannot be read. */
      readonly view?: ReportView;
    }
  | { readonly status: 'unusable'; readonly detail: string };

const TEXTS = [MANIFEST_PATH, SIGNATURE_PATH, 'report.json', 'statements.jsonl', 'attestations.intoto.jsonl'];

/** Never rejects. */
export async function examineEvidence(request: Examination, reader: ArchiveReader): Promise<Examined> {
  const { path, open, hasKey } = request;
  const read = await reader.read(path, TEXTS);
  if (read.status === 'unusable') return read;
  const manifestText = read.texts.get(MANIFEST_PATH);
  const reading = readManifest(manifestText);
  if (reading.status === 'unusable') return reading;
  const { manifest } = reading;
  const view = readReport(read.texts.get(manifest.report.path));
  const signature = read.texts.get(SIGNATURE_PATH);
  const attestations = read.texts.get(manifest.attestations ?? '');
  const proof = proveEvidence({
    archive: path,
    manifest,
    manifestText: manifestText ?? '',
    entries: read.entries,
    report: view,
    ...(signature === undefined ? {} : { signature }),
    ...(attestations === undefined ? {} : { attestations }),
    open,
    hasKey,
    ...(request.chain === undefined ? {} : { ledger: lookUp(manifest, request.chain, request.hash) }),
  });
  return { status: 'examined', proof, manifest, ...(view === null ? {} : { view }) };
}

function readReport(text: string | undefined): ReportView | null {
  try {
    const view = reportSchema.safeParse(JSON.parse(text ?? '')).data;
    return view !== undefined && readInstant(view.asOf) !== null ? view : null;
  } catch {
    return null;
  }
}

function lookUp(
  { ledger }: EvidenceManifest,
  chain: ChainReading,
  hash: LineHash,
): { readonly holds: boolean; readonly message: string } {
  if (ledger === undefined) return { holds: false, message: 'The archive names no end of a ledger to look for.' };
  const { repository, seq, hash: head, at } = ledger;
  const check = checkAnchor({ schema: 'fixby.anchor/v1', repository, seq, hash: head, at }, chain, hash);
  return { holds: check.status === 'holds', message: check.message };
}
