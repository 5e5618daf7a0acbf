/** Opens what the ledger of a repository knows of its past, for commands that ask about more than one moment. */
import { once } from '../core/model/once.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ReportView } from '../core/model/report.ts';
import { recall } from '../pipeline/recall.ts';
import { reportFromLedger } from '../pipeline/report-from-ledger.ts';
import { loadConfig } from '../pipeline/setup.ts';
import { openLedger } from './compose-ledger.ts';
import { openRepository, readOperatorFile } from './compose.ts';
import { readInstant } from './run-options.ts';
import type { RunOptions } from './run-options.ts';
import type { World } from './world.ts';

export interface Past {
  /** The moment of a day, of `now`, or of a release tag, UTC ISO-8601; `undefined` for what names none. */
  momentOf(name: string): Promise<string | undefined>;
  /** Why a name may be a release tag that git could not tell of; empty where it told of all. */
  doubts(): Promise<readonly Problem[]>;
  /** The report of what was known then. Throws a UsageError where the ledger cannot tell. */
  reportAt(at: string): Promise<ReportView>;
}

/** Nothing is read before it is asked for. */
export function openPast(world: World, { dir, configFile }: Pick<RunOptions, 'dir' | 'configFile'>): Past {
  const { files, clock } = openRepository(world, dir);
  const readConfig = async (): ReturnType<typeof loadConfig> =>
    loadConfig(configFile === undefined ? {} : { config: await readOperatorFile(configFile) }, (path) =>
      files.read(path),
    );
  const git = once(async () => openRepository(world, dir, (await readConfig()).releases.tagPattern).git);
  return {
    momentOf: async (name) => {
      if (name === 'now') return clock.now();
      if (/^\d{4}-\d{2}-\d{2}/.test(name)) return readInstant(name);
      const tags = await (await git()).releases();
      return tags.find(({ tag }) => tag === name)?.at;
    },
    doubts: async () => (await git()).problems(),
    reportAt: async (at) => {
      const ledger = await openLedger(world, dir, (await readConfig()).ledger, 'read');
      const { head, state, problems } = await recall(ledger, at).finally(() => ledger.close());
      if (head !== null) return reportFromLedger({ state, now: at, problems });
      throw new UsageError(
        'ledger-unusable',
        'The ledger cannot be relied on.',
        'Run `fixby ledger verify`.',
        problems,
      );
    },
  };
}
