/** `fixby ledger`: shows that the record was not changed, prints its head to keep elsewhere, and carries it from store to store. */
import { basename, dirname, resolve } from 'node:path';
import { anchorLine, makeAnchor, readAnchors, signedText } from '../../core/ledger/anchor.ts';
import type { Anchor } from '../../core/ledger/anchor.ts';
import { describeProof } from '../../core/ledger/describe-proof.ts';
import { proveChain } from '../../core/ledger/prove-chain.ts';
import type { ChainProof } from '../../core/ledger/prove-chain.ts';
import type { Config } from '../../core/model/config.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { Problem } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { loadConfig } from '../../pipeline/setup.ts';
import type { LedgerRead } from '../../ports/ledger.ts';
import { createVerifier, ledgerFormat, openLedger, readLines, signText } from '../compose-ledger.ts';
import { openRepository, openSink, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

export type LedgerAction = 'verify' | 'anchor' | 'export' | 'import';

type Options = Readonly<Record<string, unknown>>;

interface Asked {
  readonly world: World;
  readonly root: string;
  readonly settings: Config['ledger'];
  readonly options: Options;
}

/**
 * - `verify`: 0 when the chain and every `anchor` (files or texts) hold, 1 when one does not, 3 when there is nothing that
 *   could be looked at. `publicKey` is a file: then every anchor must be signed. `format` is `table` or `json`.
 * - `anchor`: prints the head as one JSON line, signed with the key in the file `key` if there is one.
 * - `export`: prints every line as it lies in the store, or writes it to the file `output`.
 * - `import`: takes the lines of the file `from` into an empty ledger.
 */
export async function runLedger(world: World, action: LedgerAction, dir: string, options: Options): Promise<number> {
  const root = resolve(world.cwd, dir);
  const { files } = openRepository(world, root);
  const named = text(options['config']);
  const request = named === undefined ? {} : { config: await readOperatorFile(resolve(world.cwd, named)) };
  const { ledger: settings } = await loadConfig(request, (path) => files.read(path));
  return ACTIONS[action]({ world, root, settings, options });
}

const ACTIONS: Readonly<Record<LedgerAction, (asked: Asked) => Promise<number>>> = {
  verify: runVerify,
  anchor: runAnchor,
  export: runExport,
  import: runImport,
};

async function runVerify(asked: Asked): Promise<number> {
  const { world, options } = asked;
  const anchors = (await Promise.all(texts(options['anchor']).map((value) => loadAnchors(world, value)))).flat();
  const publicKey = text(options['publicKey']);
  const verify = publicKey === undefined ? undefined : createVerifier(await readFile(world, publicKey));
  if (verify !== undefined && anchors.length === 0) {
    throw new UsageError('no-anchor', 'A key checks anchors, and none was given.', 'Add --anchor FILE.');
  }
  const { read, place } = await readLedger(asked);
  if (read.status === 'unreadable') return complain(world, read.problem, EXIT.inconclusive);
  const examined = ledgerFormat.examineChain(read.lines);
  const isDoubtful = read.status === 'doubtful';
  const proof = proveChain({
    chain: isDoubtful && examined.faults.length === 0 ? { ...examined, faults: read.faults } : examined,
    place,
    problems: isDoubtful ? [read.problem] : read.problems,
    anchors,
    hash: ledgerFormat.hash,
    ...(verify === undefined ? {} : { verify }),
  });
  world.stdout.write(options['format'] === 'json' ? `${JSON.stringify(proof, null, 2)}\n` : describeProof(proof));
  return exitOf(proof);
}

/** A later form, or no event at all, is nothing that could be looked at; an anchor of more events tells that they are gone. */
function exitOf({ sound, events, faults }: ChainProof): number {
  if (faults.some(({ kind }) => kind === 'newer')) return EXIT.inconclusive;
  if (!sound) return EXIT.fail;
  return events === 0 ? EXIT.inconclusive : EXIT.pass;
}

async function runAnchor(asked: Asked): Promise<number> {
  const { world, options } = asked;
  const key = text(options['key']);
  const pem = key === undefined ? undefined : await readFile(world, key);
  const { read, place } = await readLedger(asked);
  if (read.status !== 'sound') return complain(world, read.problem, failureOf(read));
  const anchor = makeAnchor(ledgerFormat.readChain(read.lines, ''));
  if (anchor === null) return complain(world, nothingIn(place), EXIT.inconclusive);
  const signed = pem === undefined ? anchor : { ...anchor, signature: signText(signedText(anchor), pem) };
  world.stdout.write(`${anchorLine(signed)}\n`);
  return EXIT.pass;
}

async function runExport(asked: Asked): Promise<number> {
  const { world, root, options } = asked;
  const { read } = await readLedger(asked);
  if (read.status !== 'sound') return complain(world, read.problem, failureOf(read));
  for (const problem of read.problems) complain(world, problem, EXIT.pass);
  const lines = read.lines.map((line) => `${line}\n`).join('');
  const output = text(options['output']);
  if (output === undefined) {
    world.stdout.write(lines);
    return EXIT.pass;
  }
  const path = resolve(world.cwd, output);
  await openSink(dirname(path), root).write([{ path: basename(path), text: lines }]);
  world.stderr.write(`fixby: ${read.lines.length} events were written to ${visible(path)}\n`);
  return EXIT.pass;
}

async function runImport({ world, root, settings, options }: Asked): Promise<number> {
  const from = resolve(world.cwd, text(options['from']) ?? '');
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

async function readLedger({
  world,
  root,
  settings,
}: Asked): Promise<{ readonly read: LedgerRead; readonly place: string }> {
  const ledger = await openLedger(world, root, settings, 'read');
  try {
    return { read: await ledger.read(), place: ledger.place };
  } finally {
    await ledger.close();
  }
}

/** `value` is an anchor itself, or a file that holds some. */
async function loadAnchors(world: World, value: string): Promise<readonly Anchor[]> {
  const isText = value.trimStart().startsWith('{');
  const anchors = readAnchors(isText ? value : await readFile(world, value));
  const known = anchors.filter((anchor) => anchor !== null);
  if (known.length > 0 && known.length === anchors.length) return known;
  const where = isText ? 'the text of --anchor' : value;
  throw new UsageError(
    'anchor-unusable',
    `There is no anchor in ${excerpt(where)}, or one that cannot be read.`,
    'Give the line that `fixby ledger anchor` printed, or a file of such lines.',
  );
}

async function readFile(world: World, path: string): Promise<string> {
  const found = await readOperatorFile(resolve(world.cwd, path));
  if (found.status === 'ok') return found.text;
  throw new UsageError(
    'file-unreadable',
    `${excerpt(path)} cannot be read: ${found.detail}`,
    'Name a file that is there.',
  );
}

function complain(world: World, { message, mend }: Problem, code: number): number {
  world.stderr.write(`fixby: ${visible(message)}\n  → ${visible(mend)}\n`);
  return code;
}

function failureOf({ status, problem }: Exclude<LedgerRead, { status: 'sound' }>): number {
  return status === 'unreadable' || problem.code === 'ledger-newer' ? EXIT.inconclusive : EXIT.fail;
}

function nothingIn(place: string): Problem {
  const message = `There is no event in ${place}.`;
  return { target: null, code: 'ledger-empty', message, mend: 'Run `fixby audit` first.', blocks: true };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'string')
    : typeof value === 'string'
      ? [value]
      : [];
}
