/** The commands that set a machine and a repository up: doctor, init and completion. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { PROPOSAL_PARTS } from '../../core/model/proposal.ts';
import type { World } from '../world.ts';
import { examples, formatOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addDoctor(program: Command, world: World, finish: Finish): void {
  inherit(program.command('doctor'), program)
    .argument('[dir]', 'the repository', '.')
    .description('say what would run, whether the sources answer and are not blind, and what mends what is amiss')
    .addOption(formatOption(['table', 'json']))
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--prepare', 'make the managed Python environment now, if it is needed')
    .option('--registry <url>', 'npm registry to ask')
    .option('--osv-url <url>', 'base of an OSV API, without /v1')
    .option('--offline', 'ask no source')
    .option('--no-color', 'plain text')
    .addHelpText('after', examples(['fixby doctor', 'fixby doctor --prepare', 'fixby doctor --format json']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runDoctor } = await import('../commands/doctor.ts');
      finish(await runDoctor(world, dir, options));
    });
}

export function addInit(program: Command, world: World, finish: Finish): void {
  inherit(program.command('init'), program)
    .argument('[dir]', 'the repository', '.')
    .description('propose what a repository lacks: policy, configuration, Dependabot entries, CI jobs; writes on a yes')
    .option('--yes', 'write without asking')
    .addOption(new Option('--only <part...>', 'propose nothing else').choices(PROPOSAL_PARTS))
    .option('--no-color', 'plain text')
    .addHelpText('after', examples(['fixby init', 'fixby init --only policy --only gate', 'fixby init --yes']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runInit } = await import('../commands/init.ts');
      finish(await runInit(world, dir, options));
    });
}

export function addCompletion(program: Command, world: World, finish: Finish): void {
  inherit(program.command('completion'), program)
    .addArgument(program.createArgument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish', 'pwsh']))
    .description('print the script that makes a shell complete commands and flags')
    .addHelpText(
      'after',
      examples([
        'fixby completion bash > ~/.local/share/bash-completion/completions/fixby',
        'fixby completion zsh > ~/.zsh/completions/_fixby',
        'fixby completion fish > ~/.config/fish/completions/fixby.fish',
      ]),
    )
    .action(async (shell: string) => {
      const { runCompletion } = await import('../commands/completion.ts');
      finish(runCompletion(world, program, shell));
    });
}
