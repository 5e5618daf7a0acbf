/** The commands that run the auditors: audit, gate, release and explain. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { World } from '../world.ts';
import { addEvidenceOptions, addReportOptions, addRunOptions, examples, formatOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addAudit(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('audit'), program)
    .argument('[dir]', 'the repository', '.')
    .description('run the auditors, judge against the policy, write reports/ (the nightly job)');
  addRunOptions(addReportOptions(command));
  addEvidenceOptions(command);
  command
    .option('--notify', 'tell the channels of the configuration (docs/nightly.md)')
    .option('--require-notify', 'the same, and exit 4 where the verdict is pass and somebody was not told')
    .addHelpText(
      'after',
      examples([
        'fixby audit',
        'fixby audit --require-notify',
        'fixby audit --format json > report.json',
        'fixby audit ../app --output /var/reports/app',
        'fixby audit --evidence evidence.zip --sign-key key.pem',
      ]),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runAudit } = await import('../commands/audit.ts');
      finish(await runAudit(world, dir, options));
    });
}

export function addGate(program: Command, world: World, finish: Finish): void {
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
  addRunOptions(addReportOptions(command));
  addEvidenceOptions(command);
  command
    .addHelpText('after', examples(['fixby gate', 'fixby gate --fail-on high', 'fixby gate --since origin/main']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runGate } = await import('../commands/gate.ts');
      finish(await runGate(world, dir, options));
    });
}

export function addRelease(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('release'), program)
    .argument('<version>', 'the version to be tagged')
    .argument('[dir]', 'the repository', '.')
    .description('may this version be tagged, and if not, exactly why')
    .option('--what-if <date>', 'judge that day instead of today');
  addRunOptions(addReportOptions(command));
  addEvidenceOptions(command);
  command
    .addHelpText(
      'after',
      examples([
        'fixby release 1.4.0',
        'fixby release 1.4.0 --what-if 2026-12-01',
        'fixby release 1.4.0 --format markdown',
      ]),
    )
    .action(async (version: string, dir: string, options: Record<string, unknown>) => {
      const { runRelease } = await import('../commands/release.ts');
      finish(await runRelease(world, version, dir, options));
    });
}

export function addExplain(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('explain'), program)
    .argument('<id|package>', 'any id of an advisory, or a package')
    .argument('[dir]', 'the repository', '.')
    .description('every date, rule, source line and exception behind one deadline')
    .option('--report <file>', 'explain a JSON report made before, and ask nobody')
    .addOption(formatOption(['table', 'json']));
  addRunOptions(command);
  command
    .addHelpText(
      'after',
      examples(['fixby explain lodash', 'fixby explain GHSA-xxjr-mmjv-4gpg --report reports/fixby.json']),
    )
    .action(async (query: string, dir: string, options: Record<string, unknown>) => {
      const { runExplain } = await import('../commands/explain.ts');
      finish(await runExplain(world, query, dir, options));
    });
}
