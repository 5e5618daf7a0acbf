/** Replays the past of a real repository over records of a test's own, as `fixby history` does. */
import { createGit } from '../../src/adapters/git/create-git.ts';
import type { OsvRecord } from '../../src/core/model/advisory.ts';
import type { HistoryView } from '../../src/core/model/history-report.ts';
import type { Policy } from '../../src/core/model/policy.ts';
import { readHistory } from '../../src/core/timeline/release-history.ts';
import { packagesInStore } from '../../src/mirror/packages-in-store.ts';
import { createStore } from '../../src/mirror/store.ts';
import { replayHistory } from '../../src/pipeline/replay-history.ts';
import type { PackageAdvisories } from '../../src/ports/advisories.ts';
import { makePolicy } from './judge-values.ts';
import { stored } from './osv.ts';
import { openHistory } from './trace.ts';

export interface ReplaySettings {
  readonly since: string;
  readonly asOf: string;
  readonly policy: Policy;
  readonly advisories: PackageAdvisories;
  /** Days on which versions were published, by package; every other package is not known to the registry. */
  readonly published: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function replay(
  dir: string,
  records: readonly OsvRecord[],
  settings: Partial<ReplaySettings> = {},
): Promise<HistoryView> {
  const asOf = settings.asOf ?? '2026-12-31T00:00:00.000Z';
  const {
    published = {},
    since = '2025-01-01T00:00:00.000Z',
    policy = makePolicy({ kind: 'within', amount: 7, unit: 'days' }),
  } = settings;
  const store = createStore(records.map((record) => stored(record)));
  return replayHistory(
    { policy, problems: [], since, asOf, version: '1.0.0' },
    {
      git: createGit({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' } }),
      history: openHistory(dir),
      advisories: settings.advisories ?? packagesInStore(store, 'records of the test'),
      clock: { now: () => asOf, elapsed: () => 0 },
      askReleases: () =>
        Promise.resolve(({ ecosystem, package: name }) => {
          const days = published[name];
          if (days === undefined) return { why: 'the registry of the test does not know it' };
          const versions = Object.entries(days).map(([version, at]) => ({ version, at }));
          return {
            history: readHistory(
              ecosystem,
              { status: 'found', name, source: 'registry', published: versions, withdrawn: [] },
              asOf,
            ),
          };
        }),
    },
    () => undefined,
  );
}
