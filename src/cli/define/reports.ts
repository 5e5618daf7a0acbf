/** The commands about what was found before: report, notify, diff and history. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { World } from '../world.ts';
import { examples, formatOption, formatsOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addReport(program: Command, world: World, finish: Finish): void {
  inherit(program.command('report'), program)
    .argument('[dir]', 'the repository', '.')
    .description('the report out of the ledger, as of now or as it was known on an earlier day')
    .option('--as-of <instant>', 'what was known then, under the policy in force then')
    .option('--period <period>', 'how the policy was kept over 2026, 2026-Q3, 2026-07 or 2026-07-01..2026-09-30')
    .option('--from <archive>', 'out of an archive that --evidence wrote, byte for byte as the run wrote it')
    .option('--under-current-policy', 'judge the same facts by the policy of today as well')
    .addOption(formatsOption())
    .option('--output <path>', 'write reports there: a folder, or a file for a single format')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--no-color', 'plain text')
    .option('--verbose', 'every finding, path and note')
    .addHelpText(
      'after',
      examples([
        'fixby report',
        'fixby report --as-of 2026-03-31 --format markdown',
        'fixby report --period 2026-Q3 --format markdown',
        'fixby report --from evidence.zip --format json',
      ]),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runReport } = await import('../commands/report.ts');
      finish(await runReport(world, dir, options));
    });
}

export function addNotify(program: Command, world: World, finish: Finish): void {
  inherit(program.command('notify'), program)
    .argument('[dir]', 'the repository', '.')
    .description('tell the channels of the configuration of a report made before')
    .requiredOption('--from <report>', 'JSON report to tell of')
    .option('--dry-run', 'print what each channel would be told, and send nothing')
    .option('--channel <name...>', 'only these channels')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--quiet', 'do not say who was told')
    .addHelpText(
      'after',
      examples([
        'fixby notify --from reports/fixby.json --dry-run',
        'fixby notify --from reports/fixby.json --channel team-chat',
      ]),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runNotify } = await import('../commands/notify.ts');
      finish(await runNotify(world, dir, options));
    });
}

export function addDiff(program: Command, world: World, finish: Finish): void {
  inherit(program.command('diff'), program)
    .argument('<before>', 'a JSON report, an evidence archive, a day, a release tag, or `now`')
    .argument('<after>', 'the same, for the later one')
    .argument('[dir]', 'the repository whose ledger knows the days', '.')
    .description('what is new, back, worse, better, fixed, or no longer known between two reports')
    .addOption(new Option('--fail-on <what>', 'exit 1 when something is new, re-opened or worse').choices(['worse']))
    .addOption(formatOption(['table', 'json', 'markdown']))
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--no-color', 'plain text')
    .option('--verbose', 'everything that was fixed, too')
    .addHelpText(
      'after',
      examples(['fixby diff yesterday.json today.json', 'fixby diff 2026-03-01 now', 'fixby diff v1.3.0 v1.4.0']),
    )
    .action(async (before: string, after: string, dir: string, options: Record<string, unknown>) => {
      const { runDiff } = await import('../commands/diff.ts');
      finish(await runDiff(world, { before, after, dir }, options));
    });
}

export function addHistory(program: Command, world: World, finish: Finish): void {
  inherit(program.command('history'), program)
    .argument('[dir]', 'the repository', '.')
    .description(
      "replay the repository's own past: what could have been fixed when, when it was, and what broke the policy",
    )
    .option('--since <date>', 'how far back to look; a year unless named')
    .option('--advisories <path...>', 'folders or zip files of OSV records to match with, in place of an OSV API')
    .addOption(formatsOption(['table', 'json', 'markdown']))
    .option('--output <path>', 'write reports there: a folder, or a file for a single format')
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--as-of <instant>', 'end of the time that is looked at, instead of now')
    .option('--registry <url>', 'npm registry to ask when fixes were released')
    .option('--osv-url <url>', 'base of an OSV API, without /v1')
    .option('--offline', 'ask nobody; use what the cache holds')
    .option('--no-color', 'plain text')
    .option('--quiet', 'no progress on stderr')
    .option('--verbose', 'every finding')
    .addHelpText(
      'after',
      examples([
        'fixby history --since 2025-11-22',
        'fixby history --since 2025-01-01 --advisories ./npm.zip --format markdown',
      ]),
    )
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runHistory } = await import('../commands/history.ts');
      finish(await runHistory(world, dir, options));
    });
}
