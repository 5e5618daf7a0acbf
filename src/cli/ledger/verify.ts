/** `fixby ledger verify`: shows that the record was not changed, and says what that does not prove. */
import { readAnchors } from '../../core/ledger/anchor.ts';
import type { Anchor } from '../../core/ledger/anchor.ts';
import { describeProof } from '../../core/ledger/describe-proof.ts';
import { proveChain } from '../../core/ledger/prove-chain.ts';
import type { ChainProof } from '../../core/ledger/prove-chain.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import { createVerifier, ledgerFormat } from '../compose-ledger.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';
import { complain, readFile, readLedger, textOf, textsOf } from './asked.ts';
import type { Asked } from './asked.ts';

/** 0 when the chain and every anchor hold, 1 when one does not, 3 when there is nothing that could be looked at. */
export async function runVerify(asked: Asked): Promise<number> {
  const { world, options } = asked;
  const anchors = (await Promise.all(textsOf(options['anchor']).map((value) => loadAnchors(world, value)))).flat();
  const publicKey = textOf(options['publicKey']);
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
