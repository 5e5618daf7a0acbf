/** `fixby ledger anchor`: prints the head of the chain, to be kept where whoever writes the ledger cannot. */
import { anchorLine, makeAnchor, signedText } from '../../core/ledger/anchor.ts';
import type { Problem } from '../../core/model/problem.ts';
import { ledgerFormat, signText } from '../compose-ledger.ts';
import { EXIT } from '../exit-codes.ts';
import { complain, failureOf, readFile, readLedger, textOf } from './asked.ts';
import type { Asked } from './asked.ts';

/** One JSON line on stdout, signed when there is a key; no anchor is made of a chain that is not sound. */
export async function runAnchor(asked: Asked): Promise<number> {
  const { world, options } = asked;
  const key = textOf(options['key']);
  const pem = key === undefined ? undefined : await readFile(world, key);
  const { read, place } = await readLedger(asked);
  if (read.status !== 'sound') return complain(world, read.problem, failureOf(read));
  const anchor = makeAnchor(ledgerFormat.readChain(read.lines, ''));
  if (anchor === null) return complain(world, nothingIn(place), EXIT.inconclusive);
  const signed = pem === undefined ? anchor : { ...anchor, signature: signText(signedText(anchor), pem) };
  world.stdout.write(`${anchorLine(signed)}\n`);
  return EXIT.pass;
}

function nothingIn(place: string): Problem {
  const message = `There is no event in ${place}.`;
  return { target: null, code: 'ledger-empty', message, mend: 'Run `fixby audit` first.', blocks: true };
}
