/** Asks git which folders were renamed since the last recorded run, when one of them is gone. */
import { PastTree } from '../core/history/past-tree.ts';
import type { Target } from '../core/model/target.ts';
import { placeOf } from '../core/reconcile/ledger-state.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { Rename } from '../core/reconcile/observation.ts';
import type { Past, PastReading } from './read-past.ts';

/**
 * Where the folders of the last run are now. Empty when all of them are still there, and when git cannot tell: no commit
 * was recorded, or it is not in the history of what is checked out. Never rejects.
 */
export async function findRenames(
  { lastRun }: Pick<LedgerState, 'lastRun'>,
  targets: readonly Target[],
  past: () => Promise<PastReading>,
): Promise<readonly Rename[]> {
  const standing = new Set(targets.map(({ ecosystem, path }) => placeOf(ecosystem, path)));
  const isGone = lastRun?.targets.some(
    ({ auditor, ecosystem, path }) => auditor !== 'none' && !standing.has(placeOf(ecosystem, path)),
  );
  if (lastRun?.commit === undefined || isGone !== true) return [];
  const reading = await past();
  return reading.status === 'known' ? renamesSince(lastRun.commit, reading.past) : [];
}

/** Renames of renames lead to where a folder ended up. */
function renamesSince(commit: string, { commits, world }: Pick<Past, 'commits' | 'world'>): readonly Rename[] {
  const tree = new PastTree(world);
  const moved = new Map<string, string>();
  let isSince = false;
  for (const { id, changes } of commits) {
    const moves = tree
      .apply(changes)
      .flatMap(({ target, movedFrom }) => movedFrom.map((from) => ({ from, to: target })));
    for (const { from, to } of isSince ? moves : []) {
      for (const [origin, at] of moved) if (at === from) moved.set(origin, to);
      moved.set(from, to);
    }
    isSince ||= id === commit;
  }
  return [...moved].flatMap(([from, to]) => (from === to ? [] : [{ from, to }]));
}
