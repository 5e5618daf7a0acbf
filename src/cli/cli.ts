/** The shell of the program: finds the command, and turns every ending into an exit code and a message. */
import { Command, CommanderError, Option } from 'commander';
import { excerpt, visible } from '../core/model/text.ts';
import { UsageError } from '../core/model/problem.ts';
import { EXIT } from './exit-codes.ts';
import { VERSION } from './version.ts';
import { screenWidth } from './world.ts';
import type { World } from './world.ts';

/** Runs the command that `world.argv` names and returns its exit code; never throws. */
export async function runCli(world: World): Promise<number> {
  const outcome = { code: EXIT.pass as number };
  const program = buildProgram(world, (code) => (outcome.code = code));
  try {
    await program.parseAsync([...world.argv], { from: 'user' });
    return outcome.code;
  } catch (error) {
    return explainFailure(error, world);
  }
}

type Finish = (code: number) => void;

function buildProgram(world: World, finish: Finish): Command {
  const program = new Command('fixby')
    .description(
      'Turns the update policy in SECURITY.md into deadlines, gates and evidence, over npm audit and pip-audit.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .exitOverride()
    .showHelpAfterError('Run with --help to see what is possible.')
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => screenWidth(world.stdout),
      getErrHelpWidth: () => screenWidth(world.stderr),
    })
    .addHelpText(
      'after',
      `\nExit codes: 0 pass · 1 the policy is broken · 2 usage or configuration · 3 could not look · 70 a bug in fixby`,
    );

  addAudit(program, world, finish);
  addGate(program, world, finish);
  addPolicy(program, world, finish);
  addDoctor(program, world, finish);
  addMirror(program, world, finish);
  return program;
}

function addAudit(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('audit'), program)
    .argument('[dir]', 'the repository', '.')
    .description('run the auditors, judge against the policy, write reports/ (the nightly job)');
  addRunOptions(command);
  command
    .addHelpText(
      'after',
      examples([
        'fixby audit',
        'fixby audit --format json > report.json',
        'fixby audit ../app --output /var/reports/app',
      ]),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runAudit } = await import('./commands/audit.ts');
      finish(await runAudit(world, dir, options));
    });
}

function addGate(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('gate'), program)
    .argument('[dir]', 'the repository', '.')
    .description('fail a CI job on findings of a severity or on overdue ones; keeps no state')
    .addOption(
      new Option('--fail-on <level>', 'what fails the gate')
        .choices(['critical', 'high', 'medium', 'low', 'overdue'])
        .default('critical'),
    )
    .option(
      '--since <ref>',
      'base of the change: policy and configuration are read there, and only findings it did not have fail the gate',
    );
  addRunOptions(command);
  command
    .addHelpText('after', examples(['fixby gate', 'fixby gate --fail-on high', 'fixby gate --since origin/main']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runGate } = await import('./commands/gate.ts');
      finish(await runGate(world, dir, options));
    });
}

function addPolicy(program: Command, world: World, finish: Finish): void {
  inherit(program.command('policy'), program)
    .argument('[dir]', 'the repository', '.')
    .description('print the policy as understood, with the line each rule came from')
    .option('--format <name>', 'table or json', 'table')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--check', 'exit 2 unless every severity has a window and nothing is left to guess')
    .addHelpText('after', examples(['fixby policy', 'fixby policy --check']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runPolicy } = await import('./commands/policy.ts');
      finish(await runPolicy(world, dir, options));
    });
}

function addDoctor(program: Command, world: World, finish: Finish): void {
  inherit(program.command('doctor'), program)
    .argument('[dir]', 'the repository', '.')
    .description('say what would run, its version, and what is missing or too old, with the mend')
    .option('--format <name>', 'table or json', 'table')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--prepare', 'make the managed Python environment now, if it is needed')
    .addHelpText('after', examples(['fixby doctor', 'fixby doctor --format json']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runDoctor } = await import('./commands/doctor.ts');
      finish(await runDoctor(world, dir, options));
    });
}

function addMirror(program: Command, world: World, finish: Finish): void {
  const mirror = inherit(program.command('mirror'), program).description(
    'an OSV advisory mirror that unmodified npm and pip-audit can use',
  );
  inherit(mirror.command('serve'), program)
    .description('answer npm audit and pip-audit from OSV records, on loopback')
    .requiredOption('--advisories <path...>', 'folders or zip files of OSV records')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '4873')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--upstream <url>',
      'registry that answers package metadata; without it the mirror answers from what it was asked',
    )
    .option('--published-before <date>', 'serve only records published before this ISO date')
    .addHelpText(
      'after',
      examples([
        'fixby mirror serve --advisories ./advisories',
        'fixby mirror serve --advisories npm.zip --advisories PyPI.zip --port 0',
      ]),
    )
    .action(async (options: Record<string, unknown>) => {
      const { runMirrorServe } = await import('./commands/mirror-serve.ts');
      finish(await runMirrorServe(world, options));
    });
}

/** The options that `audit` and `gate` share. */
function addRunOptions(command: Command): void {
  command
    .option('--format <name...>', 'table, json or markdown; may be repeated')
    .option('--output <path>', 'write reports there: a folder, or a file for a single format')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--as-of <instant>', 'judge that moment (ISO-8601) instead of now')
    .option('--registry <url>', 'npm registry to ask')
    .option('--osv-url <url>', 'base of an OSV API, without /v1')
    .option('--offline', 'take advisory details from the cache only')
    .option(
      '--import <report...>',
      'judge a report made elsewhere instead of running that auditor: npm-audit=FILE or npm-audit=FILE@TARGET',
    )
    .option('--trust-imports', 'take imported reports as complete')
    .option('--no-install', 'do not make the managed Python environment')
    .option('--no-color', 'plain text')
    .option('--quiet', 'no progress on stderr')
    .option('--verbose', 'every finding, path and note');
}

/** Sub-commands end through the same door as the program. */
function inherit(command: Command, program: Command): Command {
  return command.copyInheritedSettings(program);
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

function explainFailure(error: unknown, world: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
  if (error instanceof UsageError) {
    const details = error.problems.map(({ message, mend }) => `  - ${visible(message)}\n    → ${visible(mend)}\n`);
    world.stderr.write(`fixby: ${visible(error.message)}\n${details.join('')}  → ${visible(error.mend)}\n`);
    return EXIT.usage;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : excerpt(String(error));
  world.stderr.write(`fixby: this is a bug in fixby; nothing was judged.\n${detail}\n`);
  return EXIT.bug;
}
