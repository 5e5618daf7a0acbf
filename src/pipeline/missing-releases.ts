/** Says when "no release" may only mean that no release can be seen. */
import type { JudgedFinding } from '../core/model/judged-finding.ts';
import type { Problem } from '../core/model/problem.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { Release } from '../core/model/release.ts';
import type { GitState } from '../ports/git.ts';

/**
 * A finding that waits for the next release is only kept as long as there was none. Without git, or in a shallow clone
 * without tags, nobody can tell; that leaves the question open wherever overdue findings decide.
 */
export function missingReleases(
  findings: readonly JudgedFinding[],
  releases: readonly Release[],
  state: GitState | null,
  rule: RunRule,
): readonly Problem[] {
  const waiting = findings.filter(({ deadline, counts }) => counts && deadline.state === 'next-release').length;
  if (waiting === 0 || (state !== null && !(state.shallow && releases.length === 0))) return [];
  const why = state === null ? 'this is no git checkout' : 'this clone is shallow and holds no tags';
  return [
    {
      target: null,
      code: 'releases-unknown',
      message: `${waiting} ${waiting === 1 ? 'finding waits' : 'findings wait'} for the next release, and ${why}: whether one was cut since cannot be told.`,
      mend: 'Check the repository out with its history and tags (`git fetch --unshallow --tags`; in GitHub Actions `fetch-depth: 0`).',
      blocks: rule.kind === 'audit' || rule.failOn === 'overdue',
    },
  ];
}
