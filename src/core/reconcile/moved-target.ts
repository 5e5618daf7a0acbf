/** Decides which folder a finding is to be looked for in: folders are renamed, and taken into workspaces. */
import { foldersAbove, joinPath } from '../model/path.ts';
import type { KnownFinding } from './ledger-state.ts';
import { placeOf } from './ledger-state.ts';
import type { Looked } from './observation.ts';

type Place = Pick<KnownFinding, 'target' | 'ecosystem'>;
export type MovedTarget = (known: Place) => string;

/**
 * Where the target of a finding is now. What lies below a renamed folder moves with it where discovery finds it. A folder
 * that is still a target of its own was copied, not renamed. A folder that became a member of a workspace has its packages
 * in the lock above it.
 */
export function createMovedTarget({ discovery, renamed }: Pick<Looked, 'discovery' | 'renamed'>): MovedTarget {
  const { targets, setAside } = discovery;
  const standing = new Set(targets.map(({ ecosystem, path }) => placeOf(ecosystem, path)));
  const found = new Set([...targets, ...setAside].map(({ ecosystem, path }) => placeOf(ecosystem, path)));
  const members = new Set(
    setAside
      .filter(({ reason }) => reason === 'workspace-member')
      .map(({ ecosystem, path }) => placeOf(ecosystem, path)),
  );
  const renames = new Map(renamed.map(({ from, to }) => [from, to]));
  const arrived = new Set(renames.values());

  const renamedFolder = ({ target, ecosystem }: Place): string => {
    if (standing.has(placeOf(ecosystem, target)) && !arrived.has(target)) return target;
    const to = renames.get(target);
    if (to !== undefined) return to;
    const carried = foldersAbove(target).flatMap((folder) => {
      const above = folder === '.' ? undefined : renames.get(folder);
      return above === undefined ? [] : [joinPath(above, target.slice(folder.length + 1))];
    });
    return carried.find((path) => found.has(placeOf(ecosystem, path))) ?? target;
  };
  return (known) => {
    const at = renamedFolder(known);
    if (!members.has(placeOf(known.ecosystem, at))) return at;
    return foldersAbove(at).find((folder) => standing.has(placeOf(known.ecosystem, folder))) ?? at;
  };
}
