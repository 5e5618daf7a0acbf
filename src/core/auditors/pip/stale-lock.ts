/** The refusal of a Python lock that is not in step with its project: it says nothing of what is installed. */
import { excerpt, sentence } from '../../model/text.ts';
import type { Refusal } from './reading.ts';

/** `why` is one sentence or half of one; `command` makes the lock again. */
export function staleLock(path: string, why: string, command: string): Refusal {
  return {
    reason: 'lockfile-stale',
    message: sentence(`${path} is not in step with its project: ${why}`),
    mend: `Run \`${command}\` and commit the result.`,
  };
}

/** Why a lock that holds `locked` is stale; `asked` is what its manifest asks for, absent when that cannot be read. */
export function whyStale(
  manifest: string,
  asked: Iterable<string> | undefined,
  locked: ReadonlySet<string>,
): string | undefined {
  if (asked === undefined) return `${manifest} cannot be read.`;
  const first = [...asked].find((name) => !locked.has(name));
  return first === undefined ? undefined : `${manifest} asks for ${excerpt(first, 80)}, which it does not hold.`;
}
