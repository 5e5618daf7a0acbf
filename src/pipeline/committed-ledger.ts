/** Holds the ledger against what git has of it: an end that was lost takes what it knew along, and no chain tells of it. */
import type { FileRead } from '../core/model/file.ts';
import type { Problem } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { RepositoryPorts } from './ports.ts';

/**
 * A blocking problem where the ledger does not go on from what is committed; `undefined` where it does, or git does not
 * track it. Emptied, removed, cut off or begun anew by accident it would look like a ledger that knows of nothing yet.
 */
export async function findLostEvents(
  ledger: Pick<Ledger, 'place'> | null,
  { files, git }: Pick<RepositoryPorts, 'files' | 'git'>,
): Promise<Problem | undefined> {
  if (ledger === null || !(await git.trackedFiles()).includes(ledger.place)) return undefined;
  const [committed, present] = await Promise.all([git.readAt('HEAD', ledger.place), files.read(ledger.place)]);
  const lost = committed.status === 'ok' ? describeLoss(committed.text, present) : null;
  return lost === null ? undefined : toProblem(ledger.place, lost);
}

/** `null` where all of `committed` is still there. What cannot be read is told by whoever reads it as a ledger. */
function describeLoss(committed: string, present: FileRead): string | null {
  if (present.status === 'missing') return 'is not there';
  if (present.status !== 'ok' || present.text.startsWith(committed)) return null;
  const [had, has] = [countLines(committed), countLines(present.text)];
  return committed.startsWith(present.text)
    ? `ends after event ${has}, and what is committed has ${had}`
    : `is another than the one that is committed with ${had} events`;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

function toProblem(place: string, lost: string): Problem {
  const file = excerpt(place);
  return {
    target: null,
    code: 'ledger-lost-events',
    message: `${file} ${lost}. Clocks would start later than they did, so nothing is recorded.`,
    mend: `Restore it (\`git checkout HEAD -- ${file}\`); if it is meant to be as it is, commit that.`,
    blocks: true,
  };
}
