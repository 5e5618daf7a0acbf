/** `fixby notify`: tells people of a report made before, or shows what they would be told. */
import { resolve } from 'node:path';
import type { Problem } from '../../core/model/problem.ts';
import { visible } from '../../core/model/text.ts';
import { digestOf } from '../../core/notify/digest.ts';
import type { ChannelPlan } from '../../core/notify/plan-channels.ts';
import { loadConfig } from '../../pipeline/setup.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { readReport } from '../read-report.ts';
import { planFor, repositoryTitle, tell } from '../tell.ts';
import type { World } from '../world.ts';

/** 0 when everybody was told (or with `--dry-run` would be), 4 when somebody was not; nobody is audited or judged. */
export async function runNotify(world: World, dir: string, raw: Readonly<Record<string, unknown>>): Promise<number> {
  const root = resolve(world.cwd, dir);
  const named = textOf(raw['config']);
  const repository = openRepository(world, root);
  const config = await loadConfig(
    named === undefined ? {} : { config: await readOperatorFile(resolve(world.cwd, named)) },
    (path) => repository.files.read(path),
  );
  const view = await readReport(resolve(world.cwd, textOf(raw['from']) ?? ''));
  const plan = planFor(config, world, namesOf(raw['channel']));
  const title = repositoryTitle(config, root, world);
  if (raw['dryRun'] === true) {
    const digest = digestOf(view, title);
    const previews = plan.ready.map(
      ({ name, channel }) => `── ${name} (${channel.kind})\n${channel.preview(digest)}\n`,
    );
    world.stdout.write(previews.join('\n'));
    return complain(plan.problems, world);
  }
  return complain(await tell(view, title, plan, world, raw['quiet'] === true), world);
}

function complain(problems: ChannelPlan['problems'], world: World): number {
  const lines = problems.map(({ message, mend }: Problem) => `fixby: ${visible(message)}\n  → ${visible(mend)}\n`);
  world.stderr.write(lines.join(''));
  return problems.length === 0 ? EXIT.pass : EXIT.unsent;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function namesOf(value: unknown): readonly string[] {
  return [value].flat().filter((name) => typeof name === 'string');
}
