/** Owns the words and the order all formats of promises share. */
import type { PromiseEvidence, PromiseOutcome, PromiseRow } from '../../model/promise-report.ts';
import { count } from '../words.ts';

/** What a reader looks at together, from what wants action first to what wants none. */
export type PromiseGroup = 'broken' | 'cannot-tell' | 'for-a-person' | 'kept';

export const GROUPS: readonly { readonly group: PromiseGroup; readonly title: string; readonly mark: string }[] = [
  { group: 'broken', title: 'Broken', mark: '✖' },
  { group: 'cannot-tell', title: 'Cannot tell', mark: '?' },
  { group: 'for-a-person', title: 'For a person', mark: '☐' },
  { group: 'kept', title: 'Kept', mark: '✔' },
];

/** The group of a row. */
export function groupOf({ verdict, forAPerson }: PromiseRow): PromiseGroup {
  return forAPerson ? 'for-a-person' : verdict;
}

/** The numbers in one sentence. */
export function sentence({ promises, summary, files }: PromiseOutcome): string {
  const { broken, cannotTell, forAPerson, kept } = summary;
  if (promises.length === 0) return `No promise was found in ${files.join(', ') || 'any document'}.`;
  const open =
    cannotTell === 0
      ? ''
      : `, ${cannotTell} cannot be told${forAPerson === 0 ? '' : ` (${forAPerson} of them only by a person)`}`;
  return `${count(promises.length, 'promise')} in ${files.join(', ')}: ${broken} broken, ${kept} kept${open}.`;
}

/** What decided comes first, then what is merely worth knowing. */
export function inOrder({ evidence }: PromiseRow): readonly PromiseEvidence[] {
  const rank = { broken: 0, 'cannot-tell': 1, kept: 2, remark: 3 } as const;
  return evidence.toSorted((a, b) => rank[a.says] - rank[b.says]);
}

/** ` (file:line)`, a commit, or nothing. What the sentence names already is not said twice. */
export function placeOf({ file, line, commit, text }: PromiseEvidence): string {
  const at = file === undefined ? '' : line === undefined ? (text.includes(file) ? '' : file) : `${file}:${line}`;
  const id = commit === undefined || text.includes(commit.slice(0, 12)) ? '' : commit.slice(0, 12);
  const parts = [at, id].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What settles a row, each once. */
export function mendsOf(row: PromiseRow): readonly string[] {
  return [...new Set(inOrder(row).flatMap(({ mend }) => (mend === undefined ? [] : [mend])))];
}
