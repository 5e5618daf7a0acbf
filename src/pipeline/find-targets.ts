/** Lists the repository and decides what will be audited. */
import { discover } from '../core/discover/discover.ts';
import type { Discovery } from '../core/discover/discover.ts';
import { mergeTracked } from '../core/discover/merge-tracked.ts';
import { driveReading } from './drive.ts';
import type { OnEvent } from './events.ts';
import type { RunPorts } from './ports.ts';

/** A file git tracks is looked at even where an ignore rule hides it: what is committed is what is deployed. */
export async function findTargets(
  { files, git }: Pick<RunPorts, 'files' | 'git'>,
  onEvent: OnEvent,
): Promise<Discovery> {
  const [listing, tracked, submodules] = await Promise.all([files.list(), git.trackedFiles(), git.submodules()]);
  const found = await driveReading(discover(mergeTracked(listing, tracked, submodules)), files);
  onEvent({ kind: 'discovered', targets: found.targets.length, setAside: found.setAside.length });
  return found;
}
