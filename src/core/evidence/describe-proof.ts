/** Puts into words what an evidence archive proves. */
import type { EvidenceProof } from '../model/evidence-proof.ts';
import { excerpt, visible } from '../model/text.ts';

const MOST_FAULTS = 50;

/** For a terminal; the first line says whether it is sound. */
export function describeEvidence(proof: EvidenceProof): string {
  const { archive, sound, asOf, verdict, commit, files, runs, faults } = proof;
  const at = commit === undefined ? '' : ` of commit ${excerpt(commit, 40)}`;
  const shown = faults.slice(0, MOST_FAULTS);
  const rest = faults.length - shown.length;
  return [
    sound ? `✔ ${visible(archive)} is sound.` : `✖ ${visible(archive)} was changed, or is not what it claims to be.`,
    `  the run${at} as of ${excerpt(asOf, 40)}: ${verdict}; ${count(files, 'file')}, ${count(runs, 'tool run')}`,
    ...shown.map(({ message }) => `  ✖ ${visible(message)}`),
    ...(rest > 0 ? [`  ✖ … and ${rest} more`] : []),
    ...proof.notes.map((note) => `  ! ${visible(note)}`),
    ...listed('Shown:', proof.proven),
    ...listed('Not shown:', proof.notProven),
    '',
  ].join('\n');
}

function listed(heading: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : [heading, ...sentences.map((sentence) => `  - ${visible(sentence)}`)];
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
