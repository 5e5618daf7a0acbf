/** Lists the manifests no updater looks after, so that entries for them can be proposed. */
import { entriesFor } from './coverage.ts';
import { describeFolder, readDependabot } from './read-dependabot.ts';
import { dependabotNames, manifestsOf } from '../manifests.ts';
import { readRenovate } from '../renovate.ts';
import { readFile } from '../../model/program.ts';
import type { Program } from '../../model/program.ts';
import type { PromiseFacts } from '../../model/promise.ts';

/** What Dependabot lacks, or why nothing is proposed. `file` is what there is of it. */
export type MissingEntries =
  | {
      readonly status: 'known';
      readonly file: { readonly path: string; readonly text: string } | null;
      readonly missing: readonly { readonly ecosystem: string; readonly directory: string }[];
      /** That of the first entry, `weekly` where there is none. */
      readonly interval: string;
    }
  /** A sentence. */
  | { readonly status: 'left'; readonly why: string };

/** Holds every manifest against the entries there are. A repository with Renovate needs none. */
export function* findMissingEntries(facts: Pick<PromiseFacts, 'targets' | 'setAside'>): Program<MissingEntries> {
  const renovate = yield* readRenovate();
  if (renovate.status !== 'missing')
    return { status: 'left', why: 'Updates are left to Renovate, which is configured.' };
  const reading = yield* readDependabot();
  if (reading.status === 'unreadable') return { status: 'left', why: `${reading.doubt.text}.` };
  if (reading.status === 'refused')
    return {
      status: 'left',
      why: 'The Dependabot configuration is nothing Dependabot accepts: `fixby promises` says why.',
    };
  const entries = reading.status === 'read' ? reading.entries : [];
  const missing = manifestsOf(facts)
    .filter((manifest) => entriesFor(manifest, entries).length === 0)
    .map((manifest) => ({
      ecosystem: dependabotNames(manifest)[0] ?? 'npm',
      directory: describeFolder(manifest.path),
    }));
  const interval = entries.find(({ schedule }) => schedule.interval !== 'cron')?.schedule.interval ?? 'weekly';
  if (reading.status === 'missing') return { status: 'known', file: null, missing, interval };
  const file = yield* readFile(reading.file);
  if (file.status !== 'ok' || file.encoding !== 'utf-8')
    return { status: 'left', why: `${reading.file} cannot be read.` };
  return { status: 'known', file, missing, interval };
}
