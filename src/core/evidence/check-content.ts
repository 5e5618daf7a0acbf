/** Holds the parts of an archive against each other: manifest, report, policy and attestations tell of one run. */
import { STATEMENT_TYPE } from '../model/evidence.ts';
import type { EvidenceManifest } from '../model/evidence.ts';
import type { EvidenceFault } from '../model/evidence-proof.ts';
import type { ReportView } from '../model/report.ts';
import type { Opened, OpenSeal } from '../model/seal.ts';
import { locksOf } from './assemble-evidence.ts';
import { parseJson } from '../model/json.ts';

/** What contradicts the report. */
export function checkReport(manifest: EvidenceManifest, view: ReportView): readonly EvidenceFault[] {
  const same: readonly (readonly [string, unknown, unknown])[] = [
    ['the moment that was judged', manifest.asOf, view.asOf],
    ['the moment of the audit', manifest.generatedAt, view.generatedAt],
    ['the verdict', manifest.verdict, view.verdict],
    ['the command', manifest.command, view.command],
    ['the version of fixby', manifest.tool.version, view.tool.version],
    ['the commit', manifest.repository.commit, view.repository.commit],
    ['the locks', manifest.locks, locksOf(view)],
    ['the policy', policyOf(manifest) ?? view.policy.source.sha256, view.policy.source.sha256],
  ];
  return same
    .filter(([, listed, reported]) => JSON.stringify(listed) !== JSON.stringify(reported))
    .map(([what]) => ({ kind: 'disagrees', message: `Manifest and report disagree on ${what}.` }));
}

function policyOf({ sources }: EvidenceManifest): string | undefined {
  return sources.find(({ kind }) => kind === 'policy')?.sha256;
}

/** What is wrong with the attestations: every line must be a statement about files of this run, sealed where a key is given. */
export function checkAttestations(
  manifest: EvidenceManifest,
  text: string,
  open: OpenSeal,
  hasKey: boolean,
): readonly EvidenceFault[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const isSealed = manifest.attestations?.endsWith('.intoto.jsonl') === true;
  const known = new Set(manifest.locks.map(({ path, sha256 }) => `${path}\n${sha256}`));
  return lines.flatMap((line, index): readonly EvidenceFault[] => {
    const opened: Opened = isSealed ? open(line) : { status: 'unchecked', type: STATEMENT_TYPE, text: line };
    const name = `Attestation ${index + 1}`;
    if (opened.status === 'unreadable') return [{ kind: 'disagrees', message: `${name} is no sealed statement.` }];
    if (hasKey && opened.status === 'other-key') {
      return [{ kind: 'other-key', message: `${name} was not signed with this key.` }];
    }
    if (hasKey && opened.status === 'unchecked') return [{ kind: 'unsigned', message: `${name} is not signed.` }];
    const subjects = subjectsOf(opened.text);
    const isOurs = opened.type === STATEMENT_TYPE && subjects.length > 0 && subjects.every((each) => known.has(each));
    return isOurs ? [] : [{ kind: 'disagrees', message: `${name} is about something this run did not look at.` }];
  });
}

function subjectsOf(text: string): readonly string[] {
  const value = parseJson(text) as { readonly subject?: unknown } | null | undefined;
  const subjects: readonly unknown[] = Array.isArray(value?.subject) ? value.subject : [];
  return subjects.map((each) => {
    const { name, digest } = (each ?? {}) as {
      readonly name?: unknown;
      readonly digest?: { readonly sha256?: unknown };
    };
    return `${String(name)}\n${String(digest?.sha256)}`;
  });
}
