/** The commands of the advisory mirror: import, status, match and serve. */
import { Option } from 'commander';
import type { Command } from 'commander';
import type { World } from '../world.ts';
import { examples, formatOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addMirror(program: Command, world: World, finish: Finish): void {
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
      const { runMirrorImport } = await import('../commands/mirror-import.ts');
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
      const { runMirrorStatus } = await import('../commands/mirror-status.ts');
      finish(await runMirrorStatus(world, options));
    });
  inherit(mirror.command('match'), program)
    .argument('<what...>', 'locks, folders that hold some, or packages such as npm:lodash@4.17.20')
    .description('which advisories of the mirror concern what a lock installs; no policy, no git, no tool')
    .option('--mirror <dir>', 'folder of the mirror; default: beside the caches')
    .option('--max-age <time>', 'how old it may be', '48 hours')
    .addOption(formatOption(['table', 'json']))
    .option('--no-color', 'plain text')
    .addHelpText(
      'after',
      examples([
        'fixby mirror match package-lock.json',
        'fixby mirror match backend/uv.lock frontend --format json',
        'fixby mirror match npm:lodash@4.17.20 PyPI:jinja2@3.1.2',
      ]),
    )
    .action(async (names: string[], options: Record<string, unknown>) => {
      const { runMirrorMatch } = await import('../commands/mirror-match.ts');
      finish(await runMirrorMatch(world, names, options));
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
      const { runMirrorServe } = await import('../commands/mirror-serve.ts');
      finish(await runMirrorServe(world, options));
    });
}
