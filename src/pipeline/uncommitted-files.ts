/** Finds what was audited or judged by and is not what is committed: a tag holds what is committed. */
import { sourceKindOf } from '../core/discover/source-kinds.ts';
import { EXCEPTIONS_FILE } from '../core/exceptions/read-exceptions.ts';
import type { Audit } from '../core/model/audit.ts';
import type { FileRead } from '../core/model/file.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Blocker } from '../core/model/release.ts';
import { excerpt } from '../core/model/text.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { RepositoryPorts } from './ports.ts';
import { CONFIG_FILE } from './setup.ts';

/** Files of fixby's own that decide a verdict, wherever they are there. */
const DECIDING = [CONFIG_FILE, EXCEPTIONS_FILE];

/**
 * One blocker a file, sorted by path: locks and manifests the audits read, the policy and what may loosen it, and
 * manifests that are about to be dropped. None unless a release is judged, and none outside a checkout: there nothing
 * can be told, which is said elsewhere.
 */
export async function findUncommitted(
  rule: RunRule,
  { audits, policy }: { readonly audits: readonly Audit[]; readonly policy: Policy },
  { files, git }: Pick<RepositoryPorts, 'files' | 'git'>,
): Promise<readonly Blocker[]> {
  if (rule.kind !== 'release' || (await git.state()) === null) return [];
  const dropped = (await git.stagedDeletions()).filter((path) => sourceKindOf(path) !== null);
  const read = audits.flatMap(({ inventory }) => inventory.files.map(({ path }) => path));
  const deciding = [policy.source.file, ...policy.windows.map(({ file }) => file), ...DECIDING];
  const blockers = await Promise.all(
    sortedUnique([...read, ...deciding, ...dropped]).map(async (path) => {
      const [committed, present] = await Promise.all([git.readAt('HEAD', path), files.read(path)]);
      const difference = describeDifference(committed, present);
      return difference === null ? [] : [block(path, difference)];
    }),
  );
  return blockers.flat();
}

/** `null` for the same content, for a file that is nowhere, and for one the operator named outside of the repository. */
function describeDifference(committed: FileRead, present: FileRead): string | null {
  if (committed.status === 'outside' || (committed.status === 'missing' && present.status === 'missing')) return null;
  if (committed.status === 'missing') return 'is not committed';
  if (present.status === 'missing') return 'is committed, and is not here';
  return isSame(committed, present) ? null : 'differs from what is committed';
}

/** Line ends aside: git may write them as the platform has them. What cannot be read on either side is not the same. */
function isSame(a: FileRead, b: FileRead): boolean {
  if (a.status !== 'ok' || b.status !== 'ok') return false;
  if (a.sha256 === b.sha256) return true;
  const isText = a.encoding === b.encoding && a.encoding !== 'lossy';
  return isText && a.text.replaceAll('\r\n', '\n') === b.text.replaceAll('\r\n', '\n');
}

function block(path: string, difference: string): Blocker {
  return {
    code: 'not-committed',
    message: `${excerpt(path)} ${difference}, and a tag holds what is committed.`,
    clears: `Commit ${excerpt(path)} as it is meant to be, or restore it, then run this again.`,
  };
}
