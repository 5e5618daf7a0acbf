/** Says when "no release" may only mean that no release can be seen. */
import type { JudgedFinding } from '../core/model/judged-finding.ts';
import type { Problem } from '../core/model/problem.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { Release } from '../core/model/release.ts';
import type { GitState } from '../ports/git.ts';

/**
 * A finding that waits for the next release is only kept as long as there was none. Without git, or in a shallow clone
 * without tags, nobody can tell; that leaves the question open wherever overdue findings decide, and for a release always.
 */
export function missingReleases(
  findings: readonly JudgedFinding[],
  releases: readonly Release[],
  state: GitState | null,
  rule: RunRule,
): readonly Problem[] {
  const waiting = findings.filter(({ counts, deadline }) => counts && deadline.state === 'next-release').length;
  const why = whyUnknown(releases, state);
  if (why === null || (waiting === 0 && rule.kind !== 'release')) return [];
  const waits = `${waiting} ${waiting === 1 ? 'finding waits' : 'findings wait'} for the next release`;
  return [
    {
      target: null,
      code: 'releases-unknown',
      message:
        rule.kind === 'release'
          ? `Which release ${rule.version} follows cannot be told: ${why}.`
          : `${waits}, and ${why}: whether one was cut since cannot be told.`,
      mend: 'Check the repository out with its history and tags (`git fetch --unshallow --tags`; in GitHub Actions `fetch-depth: 0`).',
      blocks: rule.kind !== 'gate' || rule.failOn === 'overdue',
    },
  ];
}

function whyUnknown(releases: readonly Release[], state: GitState | null): string | null {
  if (state === null) return 'this is no git checkout';
  return state.shallow && releases.length === 0 ? 'this clone is shallow and holds no tags' : null;
}
