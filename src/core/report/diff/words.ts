/** Owns the words all formats of comparisons share. */
import type { Change, DiffPoint, DiffRow } from '../../model/report-diff.ts';

/** The heading and the mark of each kind of change. */
export const CHANGE_WORDS: Readonly<Record<Change, { readonly title: string; readonly mark: string }>> = {
  new: { title: 'New', mark: '+' },
  reopened: { title: 'Re-opened', mark: '↺' },
  worsened: { title: 'Worsened', mark: '▲' },
  unknown: { title: 'No longer known', mark: '?' },
  uncovered: { title: 'Seen where nobody had looked', mark: '?' },
  eased: { title: 'Eased', mark: '▽' },
  withdrawn: { title: 'Withdrawn', mark: '–' },
  fixed: { title: 'Fixed', mark: '✔' },
};

/** `name@1.0.0`, or the first of several versions and how many more; as last known. */
export function packageOf({ package: name, before, after }: DiffRow): string {
  const [first, ...more] = (after ?? before)?.versions ?? [];
  return first === undefined ? name : `${name}@${first}${more.length === 0 ? '' : ` +${more.length}`}`;
}

/** `high, overdue` or `high, due 2026-03-08`. */
export function pointWords({ severity, state, dueAt }: DiffPoint): string {
  return `${severity}, ${state}${state === 'due' && dueAt !== undefined ? ` ${dueAt.slice(0, 10)}` : ''}`;
}

/** Where it stands now, or stood last. */
export function standing({ before, after }: DiffRow): string {
  const point = after ?? before;
  return point === undefined ? '' : pointWords(point);
}
