/** Says what a replayed past could not look at. */
import type { PackageLookup } from '../core/model/advisory.ts';
import type { PastOccurrence } from '../core/model/history-report.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Problem } from '../core/model/problem.ts';
import { excerpt } from '../core/model/text.ts';
import type { StatedPackages } from './describe-past.ts';

const NAMED = 5;

/** The history as a whole: without it there is nothing to tell, which is not the same as nothing to be told. */
export function unreadablePast({ message, mend }: Problem): Problem {
  return { target: null, code: 'history-unknown', message, mend, blocks: true };
}

/** Packages nobody could tell about: whatever they carried is missing. */
export function missingAdvisories(lookups: readonly PackageLookup[]): readonly Problem[] {
  const missing = lookups.flatMap((lookup) => (lookup.status === 'unavailable' ? [lookup] : []));
  return sortedUnique(missing.map(({ detail }) => detail)).map((detail) => ({
    target: null,
    code: 'advisory-source-unavailable',
    message: `The advisory source did not answer for ${nameSome(missing.filter((each) => each.detail === detail).map(({ name }) => name))}: ${excerpt(detail)}. What they carried is missing here.`,
    mend: 'Run again when the source can be reached, name another with --osv-url, or bring records with --advisories.',
    blocks: true,
  }));
}

/** Packages that were only ever asked for by ranges: no file says what was installed. */
export function rangesOnly(stated: readonly StatedPackages[]): readonly Problem[] {
  const names = stated.flatMap(({ versions, ranged }) => [...ranged].filter((name) => !versions.has(name)));
  if (names.length === 0) return [];
  return [
    {
      target: null,
      code: 'versions-not-stated',
      message: `${nameSome(names)} ${names.length === 1 ? 'was' : 'were'} only ever asked for by open ranges: which versions were installed is written down nowhere, so nothing is told of them.`,
      mend: 'Commit a lock from now on; the past cannot be mended.',
      blocks: false,
    },
  ];
}

/** Occurrences whose clock cannot be told because the clone is cut off. */
export function startsUnknown(occurrences: readonly PastOccurrence[]): readonly Problem[] {
  const unknown = occurrences.filter(({ notCounted }) => notCounted === 'start-unknown').length;
  if (unknown === 0) return [];
  const what = unknown === 1 ? '1 finding was' : `${unknown} findings were`;
  return [
    {
      target: null,
      code: 'history-cut',
      message: `${what} there before the oldest commit of this clone, so when the clock started is not known.`,
      mend: 'Run `git fetch --unshallow` (in CI: fetch-depth: 0).',
      blocks: true,
    },
  ];
}

function nameSome(names: readonly string[]): string {
  const distinct = sortedUnique(names).map((name) => excerpt(name, 60));
  const more = distinct.length - NAMED;
  return more <= 0 ? distinct.join(', ') : `${distinct.slice(0, NAMED).join(', ')} and ${more} more`;
}
