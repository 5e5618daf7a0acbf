/** `fixby ledger export` and `import`: carry every line as it is from one store to another. */
import { basename, dirname, resolve } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import type { Problem } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { ledgerFormat, openLedger, readLines } from '../compose-ledger.ts';
import { openSink } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { complain, failureOf, readLedger, textOf } from './asked.ts';
import type { Asked } from './asked.ts';

/** The lines on stdout, or in the file `output`. */
export async function runExport(asked: Asked): Promise<number> {
  const { world, root, options } = asked;
  const { read } = await readLedger(asked);
  if (read.status !== 'sound') return complain(world, read.problem, failureOf(read));
  for (const problem of read.problems) complain(world, problem, EXIT.pass);
  const lines = read.lines.map((line) => `${line}\n`).join('');
  const output = textOf(options['output']);
  if (output === undefined) {
    world.stdout.write(lines);
    return EXIT.pass;
  }
  const path = resolve(world.cwd, output);
  await openSink(dirname(path), root).write([{ path: basename(path), text: lines }]);
  world.stderr.write(`fixby: ${read.lines.length} events were written to ${visible(path)}\n`);
  return EXIT.pass;
}

/** The lines of the file `from` go into an empty ledger: 2 when they or it do not suit, 3 when it could not be reached. */
export async function runImport({ world, root, settings, options }: Asked): Promise<number> {
  const from = resolve(world.cwd, textOf(options['from']) ?? '');
  const lines = await readImport(from);
  const repository = settings.repository ?? ledgerFormat.readChain(lines, '').repository;
  const named = repository === undefined ? settings : { ...settings, repository };
  const ledger = await openLedger(world, root, named, 'append');
  try {
    const answer = await ledger.adopt(lines);
    if (answer.status === 'failed')
      return complain(world, answer.problem, isRefusal(answer.problem) ? EXIT.usage : EXIT.inconclusive);
    world.stdout.write(`${answer.head.seq} events were imported into ${visible(ledger.place)}\n`);
    return EXIT.pass;
  } finally {
    await ledger.close();
  }
}

/** Whether the file or the ledger does not suit, rather than that one could not be reached. */
function isRefusal({ code }: Problem): boolean {
  return ['ledger-broken', 'ledger-not-empty', 'ledger-other-repository'].includes(code);
}

async function readImport(path: string): Promise<readonly string[]> {
  const found = await readLines(path, true);
  const detail =
    found.status === 'missing' ? 'there is no such file.' : found.status === 'unreadable' ? found.detail : undefined;
  if (found.status !== 'read') {
    throw new UsageError(
      'import-unreadable',
      `${path} cannot be imported: ${excerpt(detail ?? '')}`,
      'Name a file that `fixby ledger export` wrote.',
    );
  }
  if (found.rest === '') return found.lines;
  throw new UsageError(
    'import-torn',
    `The last line of ${path} has no end: the file is not whole.`,
    'Export it again.',
  );
}
