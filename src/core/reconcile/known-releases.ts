/** Holds the tags of git against those the ledger saw: a tag that was cut was cut, whatever became of it since. */
import { byEach, byText } from '../model/order.ts';
import type { DatedFinding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Release } from '../model/release.ts';
import { excerpt } from '../model/text.ts';
import { openFindings } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';

export interface KnownReleases {
  /** Those of git, and as the ledger saw them those that carried what is still open. Oldest first. */
  readonly releases: readonly Release[];
  /** Tags of which git tells something else now, or nothing. */
  readonly rewritten: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const byAge = byEach<Release>(
  (a, b) => byText(a.at, b.at),
  (a, b) => byText(a.tag, b.tag),
);

/**
 * Of a tag that nothing open rests on, git's word is taken. `prefix` is what the tags that count begin with, before an
 * optional `v`, and `now` is UTC ISO-8601. A clone without any tags tells nothing of them.
 */
export function knownReleases(
  told: readonly Release[],
  state: LedgerState,
  { prefix, now: today }: { readonly prefix: string; readonly now: string },
): KnownReleases {
  const now = new Map(told.map((release) => [release.tag, release]));
  const carrying = new Set(openFindings(state).flatMap(({ facts }) => facts?.carriedBy ?? []));
  const seen = [...state.releases.values()].filter(
    ({ tag, version }) => carrying.has(tag) && (tag === `${prefix}${version}` || tag === `${prefix}v${version}`),
  );
  const gone = seen.filter(({ tag }) => !now.has(tag));
  const changed = seen.filter(({ tag, commit, at }) => {
    const release = now.get(tag);
    return release !== undefined && (release.commit !== commit || release.at !== at);
  });
  for (const release of [...gone, ...changed]) now.set(release.tag, release);
  return {
    releases: [...now.values()].sort(byAge),
    rewritten: new Set([...gone, ...changed].map(({ tag }) => tag)),
    problems: [
      ...(told.length === 0 ? [] : gone.map(describeGone)),
      ...changed.map(describeChanged),
      ...told.filter(({ at }) => at > today).map(describeAhead),
    ],
  };
}

/** The findings, each with the rewritten tags that the ledger knows to have carried it. */
export function withKnownCarriers(
  findings: readonly DatedFinding[],
  { releases, rewritten }: KnownReleases,
  { findings: known }: Pick<LedgerState, 'findings'>,
): readonly DatedFinding[] {
  if (rewritten.size === 0) return findings;
  return findings.map((finding) => {
    const before = known.get(finding.ledgerId ?? '')?.facts?.carriedBy ?? [];
    const carriers = new Set([...finding.carriedBy, ...before.filter((tag) => rewritten.has(tag))]);
    return { ...finding, carriedBy: releases.map(({ tag }) => tag).filter((tag) => carriers.has(tag)) };
  });
}

function describeAhead({ tag, at }: Release): Problem {
  const message = `The release ${excerpt(tag, 80)} is dated ${at.slice(0, 10)}, later than now: it counts from that day on.`;
  const mend = 'Look at who cut the tag, and on which clock.';
  return { target: null, code: 'release-dated-ahead', message, mend, blocks: false };
}

function describeGone(release: Release): Problem {
  return rewrite(release, 'is gone from git');
}

function describeChanged(release: Release): Problem {
  return rewrite(release, 'names another commit or another day now');
}

function rewrite({ tag, at, commit }: Release, what: string): Problem {
  const name = excerpt(tag, 80);
  return {
    target: null,
    code: 'release-rewritten',
    message: `The release ${name} ${what}; the ledger saw it cut on ${at.slice(0, 10)} at ${excerpt(commit.slice(0, 12))}, and that counts.`,
    mend: 'Leave tags of releases as they were cut; a release that went wrong is followed by the next one.',
    blocks: false,
  };
}
