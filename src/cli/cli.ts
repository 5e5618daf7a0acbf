/** The shell of the program: finds the command, and turns every ending into an exit code and a message. */
import { Command, CommanderError, Option } from 'commander';
import { excerpt, visible } from '../core/model/text.ts';
import { PROPOSAL_PARTS } from '../core/model/proposal.ts';
import { UsageError } from '../core/model/problem.ts';
import { EXIT } from './exit-codes.ts';
import { FORMAT_NAMES } from './format-names.ts';
import { narrowHelp } from './help/narrow-help.ts';
import { VERSION } from './version.ts';
import { screenWidth } from './world.ts';
import type { ExceptAction } from './commands/except.ts';
import type { LedgerAction } from './commands/ledger.ts';
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

function addAudit(program: Command, world: World, finish: Finish): void {
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
  addRunOptions(addReportOptions(command));
  addEvidenceOptions(command);
  command
    .addHelpText('after', examples(['fixby gate', 'fixby gate --fail-on high', 'fixby gate --since origin/main']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runGate } = await import('./commands/gate.ts');
      finish(await runGate(world, dir, options));
    });
}

function addRelease(program: Command, world: World, finish: Finish): void {
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
      const { runRelease } = await import('./commands/release.ts');
      finish(await runRelease(world, version, dir, options));
    });
}

function addExplain(program: Command, world: World, finish: Finish): void {
  const command = inherit(program.command('explain'), program)
    .argument('<id|package>', 'any id of an advisory, or a package')
    .argument('[dir]', 'the repository', '.')
    .description('every date, rule, source line and exception behind one deadline')
    .option('--report <file>', 'explain a JSON report made before, and ask nobody')
    .option('--format <name>', 'table or json');
  addRunOptions(command);
  command
    .addHelpText(
      'after',
      examples(['fixby explain lodash', 'fixby explain GHSA-xxjr-mmjv-4gpg --report reports/fixby.json']),
    )
    .action(async (query: string, dir: string, options: Record<string, unknown>) => {
      const { runExplain } = await import('./commands/explain.ts');
      finish(await runExplain(world, query, dir, options));
    });
}

function addNotify(program: Command, world: World, finish: Finish): void {
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
      const { runNotify } = await import('./commands/notify.ts');
      finish(await runNotify(world, dir, options));
    });
}

function addHistory(program: Command, world: World, finish: Finish): void {
  inherit(program.command('history'), program)
    .argument('[dir]', 'the repository', '.')
    .description(
      "replay the repository's own past: what could have been fixed when, when it was, and what broke the policy",
    )
    .option('--since <date>', 'how far back to look; a year unless named')
    .option('--advisories <path...>', 'folders or zip files of OSV records to match with, in place of an OSV API')
    .option('--format <name...>', 'table, json or markdown; may be repeated')
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
      const { runHistory } = await import('./commands/history.ts');
      finish(await runHistory(world, dir, options));
    });
}

function addReport(program: Command, world: World, finish: Finish): void {
  inherit(program.command('report'), program)
    .argument('[dir]', 'the repository', '.')
    .description('the report out of the ledger, as of now or as it was known on an earlier day')
    .option('--as-of <instant>', 'what was known then, under the policy in force then')
    .option('--period <period>', 'how the policy was kept over 2026, 2026-Q3, 2026-07 or 2026-07-01..2026-09-30')
    .option('--from <archive>', 'out of an archive that --evidence wrote, byte for byte as the run wrote it')
    .option('--under-current-policy', 'judge the same facts by the policy of today as well')
    .option('--format <name...>', `${FORMAT_NAMES.join(', ')}; may be repeated`)
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
      const { runReport } = await import('./commands/report.ts');
      finish(await runReport(world, dir, options));
    });
}

function addDiff(program: Command, world: World, finish: Finish): void {
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
      const { runDiff } = await import('./commands/diff.ts');
      finish(await runDiff(world, { before, after, dir }, options));
    });
}

function addExcept(program: Command, world: World, finish: Finish): void {
  const except = inherit(program.command('except'), program).description(
    'the risks that are accepted, in .fixby/exceptions.yaml',
  );
  const run = async (action: ExceptAction, dir: string, options: Record<string, unknown>): Promise<void> => {
    const { runExcept } = await import('./commands/except.ts');
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

function addPromises(program: Command, world: World, finish: Finish): void {
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
      const { runPromises } = await import('./commands/promises.ts');
      finish(await runPromises(world, dir, options));
    });
}

function addLedger(program: Command, world: World, finish: Finish): void {
  const ledger = inherit(program.command('ledger'), program).description(
    'the record of runs, findings, policies and releases',
  );
  const action = (name: LedgerAction, description: string): Command =>
    inherit(ledger.command(name), program)
      .argument('[dir]', 'the repository', '.')
      .description(description)
      .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
      .action(async (dir: string, options: Record<string, unknown>) => {
        const { runLedger } = await import('./commands/ledger.ts');
        finish(await runLedger(world, name, dir, options));
      });
  action('verify', 'find any edit, removal or reorder, and say what cannot be proved')
    .option('--anchor <file-or-text...>', 'an anchor printed before: the chain must still hold it')
    .option('--public-key <file>', 'PEM: every anchor must be signed with its key')
    .addOption(formatOption(['table', 'json']))
    .addHelpText('after', examples(['fixby ledger verify', 'fixby ledger verify --anchor anchor.json']));
  action('anchor', 'print the head of the chain, to keep where nobody can rewrite it')
    .option('--key <file>', 'PEM of an ed25519 key to sign it with')
    .addHelpText('after', examples(['fixby ledger anchor > anchor.json']));
  action('export', 'print every line as it lies in the store')
    .option('--output <file>', 'write to that file instead')
    .addHelpText('after', examples(['fixby ledger export > ledger.jsonl']));
  action('import', 'take the lines of a file into an empty ledger')
    .requiredOption('--from <file>', 'JSON Lines as exported')
    .addHelpText('after', examples(['fixby ledger import --from ledger.jsonl']));
}

function addEvidence(program: Command, world: World, finish: Finish): void {
  const evidence = inherit(program.command('evidence'), program).description(
    'archives that a run leaves for an auditor',
  );
  inherit(evidence.command('verify'), program)
    .argument('<archive>', 'a file that --evidence wrote')
    .description('find any change, offline, and say what the archive shows and what it does not')
    .option('--public-key <file>', 'PEM: everything must be signed with its key')
    .option('--ledger <file>', 'the ledger file or an export of it: it must hold what the archive names')
    .option('--format <name>', 'table or json', 'table')
    .addHelpText(
      'after',
      examples(['fixby evidence verify evidence.zip', 'fixby evidence verify evidence.zip --public-key public.pem']),
    )
    .action(async (archive: string, options: Record<string, unknown>) => {
      const { runEvidenceVerify } = await import('./commands/evidence.ts');
      finish(await runEvidenceVerify(world, archive, options));
    });
}

function addPolicy(program: Command, world: World, finish: Finish): void {
  inherit(program.command('policy'), program)
    .argument('[dir]', 'the repository', '.')
    .description('print the policy as understood, with the line each rule came from')
    .addOption(formatOption(['table', 'json']))
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
      const { runDoctor } = await import('./commands/doctor.ts');
      finish(await runDoctor(world, dir, options));
    });
}

function addCompletion(program: Command, world: World, finish: Finish): void {
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
      const { runCompletion } = await import('./commands/completion.ts');
      finish(runCompletion(world, program, shell));
    });
}

function addInit(program: Command, world: World, finish: Finish): void {
  inherit(program.command('init'), program)
    .argument('[dir]', 'the repository', '.')
    .description('propose what a repository lacks: policy, configuration, Dependabot entries, CI jobs; writes on a yes')
    .option('--yes', 'write without asking')
    .addOption(new Option('--only <part...>', 'propose nothing else').choices(PROPOSAL_PARTS))
    .option('--no-color', 'plain text')
    .addHelpText('after', examples(['fixby init', 'fixby init --only policy --only gate', 'fixby init --yes']))
    .action(async (dir: string, options: Record<string, unknown>) => {
      const { runInit } = await import('./commands/init.ts');
      finish(await runInit(world, dir, options));
    });
}

function addMirror(program: Command, world: World, finish: Finish): void {
  const mirror = inherit(program.command('mirror'), program).description(
    'an OSV advisory mirror that unmodified npm and pip-audit can use',
  );
  inherit(mirror.command('import'), program)
    .argument('<what...>', 'npm, PyPI, kev, epss')
    .description('make or renew the mirror from the published dumps; what did not change is not read again')
    .option('--from <path...>', 'files or folders brought along, in place of a download')
    .option('--base-url <url>', "a copy of OSV's dumps: the address below which npm/all.zip lies")
    .option('--mirror <dir>', 'folder of the mirror; default: beside the caches')
    .option('--accept-loss', 'import also when more than half of the records are gone')
    .addOption(new Option('--format <name>', 'what is printed').choices(['text', 'json']).default('text'))
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      examples([
        'fixby mirror import npm PyPI kev epss',
        'fixby mirror import npm --from ./npm-all.zip --mirror /srv/fixby/mirror',
        'fixby mirror import PyPI --from ./advisory-database',
      ]),
    )
    .action(async (names: string[], options: Record<string, unknown>) => {
      const { runMirrorImport } = await import('./commands/mirror-import.ts');
      finish(await runMirrorImport(world, names, options));
    });
  inherit(mirror.command('status'), program)
    .description('what the mirror holds, from where and how old; exit 3 when it is old, damaged or not there')
    .option('--mirror <dir>', 'folder of the mirror; default: beside the caches')
    .option('--max-age <time>', 'how old it may be', '48 hours')
    .option('--verify', 'read all of it and compare it with what was imported')
    .addOption(new Option('--format <name>', 'what is printed').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples(['fixby mirror status', 'fixby mirror status --verify --format json']))
    .action(async (options: Record<string, unknown>) => {
      const { runMirrorStatus } = await import('./commands/mirror-status.ts');
      finish(await runMirrorStatus(world, options));
    });
  inherit(mirror.command('serve'), program)
    .description('answer npm, yarn, pnpm, pip-audit and OSV clients from the imported mirror, on loopback')
    .option('--mirror <dir>', 'folder of the mirror; default: beside the caches')
    .option('--advisories <path...>', 'folders or zip files of OSV records, in place of the imported mirror')
    .option('--port <number>', 'port to listen on; 0 takes a free one', '4873')
    .option('--host <address>', 'address to listen on; any but loopback needs a token and TLS', '127.0.0.1')
    .option('--token-file <file>', 'token that every request has to carry, as Bearer or as a password')
    .option('--tls-cert <file>', 'certificate chain (PEM): serve HTTPS')
    .option('--tls-key <file>', 'its key (PEM)')
    .option(
      '--upstream <url>',
      'registry that answers package metadata; without it the mirror answers from what it was asked',
    )
    .option('--published-before <date>', 'serve only records published before this ISO date')
    .addHelpText(
      'after',
      examples([
        'fixby mirror serve',
        'fixby mirror serve --advisories npm.zip --advisories PyPI.zip --port 0',
        'fixby mirror serve --host 0.0.0.0 --token-file token --tls-cert cert.pem --tls-key key.pem',
      ]),
    )
    .action(async (options: Record<string, unknown>) => {
      const { runMirrorServe } = await import('./commands/mirror-serve.ts');
      finish(await runMirrorServe(world, options));
    });
}

/** The options that `audit` and `gate` share. */
/** What says how reports are shown and where they go. */
function addReportOptions(command: Command): Command {
  return command
    .option('--format <name...>', `${FORMAT_NAMES.join(', ')}; may be repeated`)
    .option('--output <path>', 'write reports there: a folder, or a file for a single format')
    .option('--verbose', 'every finding, path and note');
}

/** What says how a run is made. */
function addRunOptions(command: Command): void {
  command
    .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
    .option('--as-of <instant>', 'judge that moment (ISO-8601) instead of now')
    .option('--registry <url>', 'npm registry to ask')
    .option('--osv-url <url>', 'base of an OSV API, without /v1')
    .option('--mirror <dir>', 'folder of an imported mirror: advisories are taken from it')
    .option('--offline', 'take advisory details from the cache only')
    .option(
      '--import <report...>',
      'judge a report made elsewhere instead of running that auditor: npm-audit=FILE or npm-audit=FILE@TARGET',
    )
    .option('--trust-imports', 'take imported reports as complete')
    .option('--no-install', 'do not make the managed Python environment')
    .option('--no-color', 'plain text')
    .option('--quiet', 'no progress on stderr');
}

/** What a run can leave for an auditor besides its reports. */
function addEvidenceOptions(command: Command): void {
  command
    .option('--evidence <file>', 'write an archive of everything the run was given and gave, secrets taken out')
    .option('--attest <file>', 'write in-toto statements of what each auditor found in which lock')
    .option('--sign-key <file>', 'PEM of an ed25519 key to sign both with; FIXBY_SIGN_KEY may hold the key itself');
}

function formatOption(choices: readonly string[]): Option {
  return new Option('--format <name>', 'what to print').choices(choices).default('table');
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
