/** The commands about what is kept: ledger and evidence. */
import type { Command } from 'commander';
import type { LedgerAction } from '../commands/ledger.ts';
import type { World } from '../world.ts';
import { examples, formatOption, inherit } from './options.ts';
import type { Finish } from './options.ts';

export function addLedger(program: Command, world: World, finish: Finish): void {
  const ledger = inherit(program.command('ledger'), program).description(
    'the record of runs, findings, policies and releases',
  );
  const action = (name: LedgerAction, description: string): Command =>
    inherit(ledger.command(name), program)
      .argument('[dir]', 'the repository', '.')
      .description(description)
      .option('--config <file>', 'configuration to use instead of .fixby/config.yaml')
      .action(async (dir: string, options: Record<string, unknown>) => {
        const { runLedger } = await import('../commands/ledger.ts');
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

export function addEvidence(program: Command, world: World, finish: Finish): void {
  const evidence = inherit(program.command('evidence'), program).description(
    'archives that a run leaves for an auditor',
  );
  inherit(evidence.command('verify'), program)
    .argument('<archive>', 'a file that --evidence wrote')
    .description('find any change, offline, and say what the archive shows and what it does not')
    .option('--public-key <file>', 'PEM: everything must be signed with its key')
    .option('--ledger <file>', 'the ledger file or an export of it: it must hold what the archive names')
    .addOption(formatOption(['table', 'json']))
    .addHelpText(
      'after',
      examples(['fixby evidence verify evidence.zip', 'fixby evidence verify evidence.zip --public-key public.pem']),
    )
    .action(async (archive: string, options: Record<string, unknown>) => {
      const { runEvidenceVerify } = await import('../commands/evidence.ts');
      finish(await runEvidenceVerify(world, archive, options));
    });
}
