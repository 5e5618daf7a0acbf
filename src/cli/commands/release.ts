/** `fixby release`: may this version be tagged? The note to sign off is its Markdown report. */
import { planRelease } from '../../core/judge/plan-release.ts';
import { UsageError } from '../../core/model/problem.ts';
import { runCheck } from '../run-check.ts';
import type { World } from '../world.ts';

/**
 * Ends before anything is audited (UsageError) when the version cannot follow the tags there are. `--what-if` is
 * `--as-of` by the name a release manager looks for.
 */
export function runRelease(
  world: World,
  version: string,
  dir: string,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { whatIf, ...shared } = options;
  if (whatIf !== undefined && shared['asOf'] !== undefined) {
    throw new UsageError('two-moments', '--what-if and --as-of both name the moment to judge.', 'Name one of them.');
  }
  return runCheck(world, dir, whatIf === undefined ? shared : { ...shared, asOf: whatIf }, {
    command: 'release',
    keepsReports: false,
    rule: async (git, asOf) => {
      const releases = await git.releases();
      const cut = asOf === undefined ? releases : releases.filter(({ at }) => at <= asOf);
      return { kind: 'release', ...planRelease(version, cut) };
    },
  });
}
