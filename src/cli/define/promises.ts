/** The commands about what SECURITY.md says: policy, except and promises. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { ExceptAction } from '../commands/except.ts';
import type { World } from '../world.ts';
import { examples, formatOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addPolicy(program: Command, world: World, finish: Finish): void {
  inherit(program.command('policy'), program)
    .argument('[dir]', 'the repository', '.')
    .description('print the policy as understood, with the line each rule came from')
    .addOption(formatOption(['table', 'json']))
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--check', 'exit 2 unless every severity has a window and nothing is left to guess')
    .addHelpText('after', examples(['fixby policy', 'fixby policy --check']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runPolicy } = await import('../commands/policy.ts');
      finish(await runPolicy(world, dir, options));
    });
}

export function addExcept(program: Command, world: World, finish: Finish): void {
  const except = inherit(program.command('except'), program).description(
    'the risks that are accepted, in .fixby/exceptions.yaml',
  );
  const run = async (action: ExceptAction, dir: string, options: Record<string, unknown>): Promise<void> => {
    const { runExcept } = await import('../commands/except.ts');
    finish(await runExcept(world, action, dir, options));
  };
  const config = ['--config <file>', 'configuration to use instead of .fixby/config.yaml'] as const;
  inherit(except.command('add'), program)
    .argument('<advisory>', 'any id of the advisory')
    .argument('[dir]', 'the repository', '.')
    .description('accept a risk: who, why, and until when')
    .option('--reason <text>', 'why it is accepted')
    .option('--owner <name>', 'who answers for it')
    .option('--approver <name>', 'who accepted it')
    .option('--expires <date>', 'last day on which it holds')
    .option('--target <folder>', 'only in this folder')
    .option('--package <name>', 'only this package')
    .option('--versions <range>', 'only these versions')
    .option('--path <chain>', 'only where it comes in this way')
    .option('--ticket <id>', 'where it is followed')
    .option(...config)
    .addHelpText(
      'after',
      examples([
        'fixby except add GHSA-xxjr-mmjv-4gpg --reason "not reachable" --owner ana --approver ben --expires 2026-12-31',
      ]),
    )
    .action((advisory: string, dir: string, options: Record<string, unknown>) =>
      run('add', dir, { ...options, advisory }),
    );
  for (const [action, description] of [
    ['list', 'print every accepted risk, the next to end first'],
    ['check', 'say what is wrong with them; exit 2 when anything but a warning is'],
  ] as const) {
    inherit(except.command(action), program)
      .argument('[dir]', 'the repository', '.')
      .description(description)
      .addOption(formatOption(['table', 'json']))
      .option(...config)
      .addHelpText('after', examples([`fixby except ${action}`]))
      .action((dir: string, options: Record<string, unknown>) => run(action, dir, options));
  }
}

export function addPromises(program: Command, world: World, finish: Finish): void {
  inherit(program.command('promises'), program)
    .argument('[dir]', 'the repository', '.')
    .description('hold every checkable sentence of SECURITY.md against the repository: kept, broken, or cannot tell')
    .addOption(new Option('--fail-on <what>', 'exit 1 when a promise is broken').choices(['broken']))
    .option('--report <file>', 'JSON report of an audit, as proof of what only an audit can tell')
    .option('--advisories-export <file>', 'export of the advisories the project published, for response times')
    .option('--advisories-from <owner/name>', 'ask GitHub for them; GITHUB_TOKEN, GITHUB_API_URL and proxies count')
    .option('--deep', 'look through the whole history for files that were once committed')
    .addOption(formatOption(['table', 'json', 'markdown']))
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--as-of <instant>', 'judge that moment instead of now')
    .option('--no-color', 'plain text')
    .option('--verbose', 'every proof')
    .addHelpText(
      'after',
      examples(['fixby promises', 'fixby promises --fail-on broken', 'fixby promises --report reports/fixby.json']),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runPromises } = await import('../commands/promises.ts');
      finish(await runPromises(world, dir, options));
    });
}
