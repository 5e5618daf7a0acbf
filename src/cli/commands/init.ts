/** `fixby init`: shows what a repository lacks, and writes it on a yes. */
import { PROPOSAL_PARTS } from '../../core/model/proposal.ts';
import type { Proposal, SetupPlan } from '../../core/model/proposal.ts';
import { UsageError } from '../../core/model/problem.ts';
import { visible } from '../../core/model/text.ts';
import { describePlan } from '../../core/report/init/plan.ts';
import { proposeSetup } from '../../pipeline/propose-setup.ts';
import { loadConfig } from '../../pipeline/setup.ts';
import { openPromises } from '../compose-promises.ts';
import { openRepository, openSink } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { readRunOptions } from '../run-options.ts';
import { VERSION } from '../version.ts';
import { screenWidth } from '../world.ts';
import type { World } from '../world.ts';

/** 0 when everything that was proposed is written, or nothing was lacking; 1 when something was proposed and not written. */
export async function runInit(world: World, dir: string, raw: Readonly<Record<string, unknown>>): Promise<number> {
  const options = readRunOptions(world, dir, raw);
  const { files } = openRepository(world, options.dir);
  const config = await loadConfig({}, (path) => files.read(path));
  const whole = await proposeSetup(config, VERSION, openPromises(world, options.dir, config));
  const plan = narrow(whole, raw['only']);
  world.stdout.write(describePlan(plan, { width: screenWidth(world.stdout), color: options.color }));
  if (plan.proposals.length === 0) {
    world.stdout.write('\nNothing is lacking.\nNext: `fixby doctor`, then `fixby audit`.\n');
    return EXIT.pass;
  }
  if (!(await isWanted(plan.proposals, raw['yes'] === true, world))) return EXIT.fail;
  const written = await openSink(options.dir, options.dir, null).write(await unchanged(plan.proposals, files));
  for (const path of written) world.stdout.write(`wrote ${visible(path)}\n`);
  world.stdout.write('Next: look at them, run `fixby doctor`, then `fixby audit`, and commit.\n');
  return EXIT.pass;
}

/** The chosen parts; notes are about the whole repository. */
function narrow({ proposals, notes }: SetupPlan, only: unknown): SetupPlan {
  const parts: readonly unknown[] = Array.isArray(only) ? only : PROPOSAL_PARTS;
  return { proposals: proposals.filter(({ part }) => parts.includes(part)), notes };
}

async function isWanted(proposals: readonly Proposal[], yes: boolean, world: World): Promise<boolean> {
  if (yes) return true;
  const what = proposals.length === 1 ? 'this file' : `these ${proposals.length} files`;
  if (world.ask === undefined) {
    world.stderr.write(`\nfixby: nothing was written.\n  → Run \`fixby init --yes\` to write ${what}.\n`);
    return false;
  }
  if (/^\s*y(es)?\s*$/i.test(await world.ask(`\nWrite ${what}? [y/N] `))) return true;
  world.stderr.write('fixby: nothing was written.\n');
  return false;
}

/** What is to be written, if the files are still those the diff was made of. */
async function unchanged(
  proposals: readonly Proposal[],
  files: ReturnType<typeof openRepository>['files'],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  for (const { path, before } of proposals) {
    const now = await files.read(path);
    const same = before === null ? now.status === 'missing' : now.status === 'ok' && now.text === before;
    if (!same) throw new UsageError('file-changed', `${path} changed meanwhile.`, 'Run `fixby init` again.');
  }
  return proposals.map(({ path, after }) => ({ path, text: after }));
}
