/** Decides what an evidence archive proves, and says what nothing in it can prove. */
import { MANIFEST_TYPE } from '../model/evidence.ts';
import type { EvidenceManifest, FoundEntry } from '../model/evidence.ts';
import type { EvidenceFault, EvidenceProof } from '../model/evidence-proof.ts';
import type { ReportView } from '../model/report.ts';
import type { Opened, OpenSeal } from '../model/seal.ts';
import { checkAttestations, checkReport } from './check-content.ts';
import { checkFiles } from './check-files.ts';

/** What was found in an archive, and what it is held against. */
export interface ProofRequest {
  /** Where it lies. */
  readonly archive: string;
  readonly manifest: EvidenceManifest;
  readonly manifestText: string;
  readonly entries: readonly FoundEntry[];
  /** `null` when the report cannot be read. */
  readonly report: ReportView | null;
  readonly signature?: string;
  readonly attestations?: string;
  readonly open: OpenSeal;
  /** Whether `open` has a key: then everything must be signed with it. */
  readonly hasKey: boolean;
  /** What a ledger said of the end the archive names; absent when none was given. */
  readonly ledger?: { readonly holds: boolean; readonly message: string };
}

export function proveEvidence(request: ProofRequest): EvidenceProof {
  const { archive, manifest, entries, report, hasKey } = request;
  const signature = checkSignature(request);
  const faults: readonly EvidenceFault[] = [
    ...checkFiles(manifest, entries),
    ...(report === null ? [UNREADABLE] : checkReport(manifest, report)),
    ...checkAttestations(manifest, request.attestations ?? '', request.open, hasKey),
    ...signature,
    ...(request.ledger === undefined || request.ledger.holds
      ? []
      : [{ kind: 'ledger' as const, message: request.ledger.message }]),
  ];
  const { commit } = manifest.repository;
  const sound = faults.length === 0;
  return {
    schema: 'fixby.evidence-proof/v1',
    archive,
    sound,
    asOf: manifest.asOf,
    verdict: manifest.verdict,
    ...(commit === undefined ? {} : { commit }),
    files: manifest.files.length,
    runs: manifest.runs.length,
    faults,
    proven: sound ? provenBy(request) : [],
    notProven: notProvenBy(request),
    notes: notesOn(manifest),
  };
}

const UNREADABLE: EvidenceFault = { kind: 'disagrees', message: 'The report in the archive cannot be read.' };

function checkSignature({ signature, manifestText, open, hasKey }: ProofRequest): readonly EvidenceFault[] {
  if (signature === undefined) return hasKey ? [{ kind: 'unsigned', message: 'The manifest is not signed.' }] : [];
  const opened: Opened = open(signature.trim());
  if (opened.status === 'unreadable' || opened.type !== MANIFEST_TYPE || opened.text !== manifestText) {
    return [{ kind: 'other-content', message: 'The signature is not of this manifest.' }];
  }
  return opened.status === 'other-key'
    ? [{ kind: 'other-key', message: 'The manifest was not signed with this key.' }]
    : [];
}

function provenBy({ manifest, hasKey, ledger }: ProofRequest): readonly string[] {
  return [
    'Every file is as the manifest lists it, none is missing and none was added; report, policy, locks and attestations agree.',
    ...(hasKey
      ? ['The manifest and every attestation were signed by the holder of this key, and not changed since.']
      : []),
    ...(ledger === undefined || manifest.ledger === undefined
      ? []
      : [`The ledger holds event ${manifest.ledger.seq} as the archive names it: the run was recorded.`]),
  ];
}

function notProvenBy({ manifest, hasKey, signature, ledger }: ProofRequest): readonly string[] {
  const unsigned = signature === undefined ? 'it is not signed' : 'its signature was not looked at: give --public-key';
  const unheld =
    manifest.ledger === undefined
      ? 'the archive names no end of a ledger'
      : 'no ledger was given: --ledger holds it against one';
  return [
    ...(hasKey ? [] : [`Who made it, and that nobody made it anew: ${unsigned}.`]),
    ...(ledger === undefined ? [`That the run was recorded: ${unheld}.`] : []),
    'When it was made: the times are those of the clock of the machine. A time-stamp, or a ledger anchored elsewhere, narrows that down.',
    'That the tools told the truth and their advisory sources were complete: the archive holds what they said, not whether it is so.',
  ];
}

function notesOn({ files, runs }: EvidenceManifest): readonly string[] {
  const cut = files.filter(({ receivedCharacters }) => receivedCharacters !== undefined).map(({ path }) => path);
  const secrets = files.reduce((sum, { redactions }) => sum + redactions, 0);
  return [
    ...(runs.length === 0
      ? ['No tool was run: reports made elsewhere were judged, or no folder could be audited.']
      : []),
    ...(cut.length === 0 ? [] : [`Only the beginning of ${cut.join(', ')} was kept.`]),
    ...(secrets === 0 ? [] : [`${secrets} secrets were replaced by *** before anything was kept.`]),
  ];
}
