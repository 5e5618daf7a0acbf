/** The shell of the program: finds the command, and turns every ending into an exit code and a message. */
import { Command, CommanderError } from 'commander';
import { excerpt, visible } from '../core/model/text.ts';
import { UsageError } from '../core/model/problem.ts';
import { addAudit, addExplain, addGate, addRelease } from './define/checks.ts';
import { addCompletion, addDoctor, addInit } from './define/machine.ts';
import { addMirror } from './define/mirror.ts';
import type { Finish } from './define/options.ts';
import { addExcept, addPolicy, addPromises } from './define/promises.ts';
import { addEvidence, addLedger } from './define/records.ts';
import { addDiff, addHistory, addNotify, addReport } from './define/reports.ts';
import { EXIT } from './exit-codes.ts';
import { narrowHelp } from './help/narrow-help.ts';
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

const EXIT_CODES = `
Begin with \`fixby init\`.

Exit codes:
  0   pass
  1   the policy is broken
  2   usage or configuration
  3   could not look
  4   somebody was not told
  70  a bug in fixby`;

/** Every command with its flags and examples; `finish` is told the exit code of the one that ran. */
export function buildProgram(world: World, finish: Finish): Command {
  const program = new Command('fixby')
    .description(
      'Turns the update policy in SECURITY.md into deadlines, gates and evidence, over npm audit and pip-audit.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .exitOverride()
    .configureHelp(narrowHelp)
    .showHelpAfterError('Run with --help to see what is possible.')
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => screenWidth(world.stdout),
      getErrHelpWidth: () => screenWidth(world.stderr),
    })
    .addHelpText('after', EXIT_CODES);

  addAudit(program, world, finish);
  addGate(program, world, finish);
  addRelease(program, world, finish);
  addExplain(program, world, finish);
  addReport(program, world, finish);
  addNotify(program, world, finish);
  addDiff(program, world, finish);
  addHistory(program, world, finish);
  addPolicy(program, world, finish);
  addExcept(program, world, finish);
  addPromises(program, world, finish);
  addLedger(program, world, finish);
  addEvidence(program, world, finish);
  addDoctor(program, world, finish);
  addMirror(program, world, finish);
  addInit(program, world, finish);
  addCompletion(program, world, finish);
  return program;
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
