/** Tells people of a report, for `audit --notify` and `notify`: only ever because the operator asked for it. */
import { basename } from 'node:path';
import type { Config } from '../core/model/config.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ReportView } from '../core/model/report.ts';
import { excerpt } from '../core/model/text.ts';
import { digestOf } from '../core/notify/digest.ts';
import { planChannels } from '../core/notify/plan-channels.ts';
import type { ChannelPlan } from '../core/notify/plan-channels.ts';
import { channels } from '../core/notify/registry.ts';
import { notify } from '../pipeline/notify.ts';
import { openOutbox } from './compose-notify.ts';
import type { World } from './world.ts';

/** What the digest calls a repository: as the ledger does, as the code host does, or as its folder is called. */
export function repositoryTitle(config: Config, dir: string, { env }: Pick<World, 'env'>): string {
  return config.ledger.repository ?? (env['GITHUB_REPOSITORY'] || env['CI_PROJECT_PATH'] || basename(dir));
}

/** The channels of the configuration with what this environment gives them; of `only` those, when it names any. */
export function planFor({ notify: wanted }: Config, world: World, only: readonly string[] = []): ChannelPlan {
  const unknown = only.find((name) => !wanted.channels.some((channel) => channel.name === name));
  if (unknown !== undefined) {
    const names = wanted.channels.map(({ name }) => name).join(', ') || 'none';
    const message = `The configuration names no channel "${excerpt(unknown, 60)}".`;
    throw new UsageError('no-such-channel', message, `Channels it names: ${names}.`);
  }
  const plan = planChannels(wanted, channels, world.env);
  if (only.length === 0) return plan;
  return planChannels({ channels: wanted.channels.filter(({ name }) => only.includes(name)) }, channels, world.env);
}

/** Sends the digest, says on stderr who was told, and gives back everything that kept somebody from being told. */
export async function tell(
  view: ReportView,
  title: string,
  { ready, problems }: ChannelPlan,
  world: World,
  quiet: boolean,
): Promise<readonly Problem[]> {
  if (ready.length === 0) return problems;
  const outbox = openOutbox(world);
  try {
    const failures = await notify(digestOf(view, title), ready, outbox, (name, { status }) => {
      if (!quiet) world.stderr.write(`fixby: ${name} ${status === 'delivered' ? 'was told' : 'could not be told'}\n`);
    });
    return [...problems, ...failures];
  } finally {
    await outbox.close();
  }
}
