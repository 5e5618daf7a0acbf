/** What the definitions of commands share: the groups of flags, and how sub-commands and examples are made. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { reportFormats } from '../../core/report/registry.ts';

/** Told the exit code of the command that ran. */
export type Finish = (code: number) => void;

/** What says how reports are shown and where they go. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(formatsOption())
    .option('--output <path>', 'write reports there: a folder, or a file for a single format')
    .option('--verbose', 'every finding, path and note');
}

/** What says how a run is made. */
export function addRunOptions(command: Command): void {
  command
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--as-of <instant>', 'judge that moment (ISO-8601) instead of now')
    .option('--registry <url>', 'npm registry to ask')
    .option('--osv-url <url>', 'base of an OSV API, without /v1')
    .option('--mirror <dir>', 'folder of an imported mirror: advisories are taken from it')
    .option('--offline', 'take advisory details from the cache only')
    .option(
      '--import <report...>',
      'judge a report made elsewhere, as NAME=FILE or NAME=FILE@TARGET; NAME is npm-audit, pip-audit, pnpm-audit, yarn-audit, bun-audit or uv-audit',
    )
    .option('--trust-imports', 'take imported reports as complete')
    .option('--no-install', 'do not make the managed Python environment')
    .option('--no-color', 'plain text')
    .option('--quiet', 'no progress on stderr');
}

/** What a run can leave for an auditor besides its reports. */
export function addEvidenceOptions(command: Command): void {
  command
    .option('--evidence <file>', 'write an archive of everything the run was given and gave, secrets taken out')
    .option('--attest <file>', 'write in-toto statements of what each auditor found in which lock')
    .option('--sign-key <file>', 'PEM of an ed25519 key to sign both with; FIXBY_SIGN_KEY may hold the key itself');
}

/** Any number of formats out of `choices`; a command decides what it writes where none is named. */
export function formatsOption(choices: readonly string[] = reportFormats.map(({ name }) => name)): Option {
  return new Option('--format <name...>', 'format of the report; may be repeated').choices(choices);
}

/** One format out of `choices`, a table unless named. */
export function formatOption(choices: readonly string[]): Option {
  return new Option('--format <name>', 'what to print').choices(choices).default('table');
}

/** Sub-commands end through the same door as the program. */
export function inherit(command: Command, program: Command): Command {
  return command.copyInheritedSettings(program);
}

/** What to copy, below the flags in the help of a command. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}
