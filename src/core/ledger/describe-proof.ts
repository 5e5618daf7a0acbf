/** The proof of a ledger for a terminal: what holds, what does not, and what is not proven. */
import { visible } from '../model/text.ts';
import type { ChainProof } from './prove-chain.ts';

const MOST_FAULTS = 20;

/** Every line begins with a mark: `✔` holds, `✖` does not, `!` must be known. */
export function describeProof({ faults, problems, anchors, notProven, ...proof }: ChainProof): string {
  const isLinked = faults.length === 0;
  const lines = [
    `${isLinked ? '✔' : '✖'} ${nameChain(proof)}: ${isLinked ? 'each carries the hash of the one before.' : 'the chain is broken.'}`,
    ...faults.slice(0, MOST_FAULTS).map(({ message }) => `  ✖ ${message}`),
    ...(faults.length > MOST_FAULTS ? [`  ✖ and ${faults.length - MOST_FAULTS} more.`] : []),
    ...problems.flatMap(({ message, mend }) => [`! ${message}`, `  → ${mend}`]),
    ...anchors.map(({ status, message }) => `${status === 'holds' ? '✔' : '✖'} ${message}`),
    `! Not proven: ${notProven}`,
  ];
  return lines.map(keepIndent).join('');
}

function nameChain({
  events,
  repository,
  from,
  to,
  place,
}: Omit<ChainProof, 'faults' | 'problems' | 'anchors' | 'notProven'>): string {
  const owner = repository === undefined ? '' : ` of ${repository}`;
  const span = from === undefined || to === undefined ? '' : `, ${from} to ${to}`;
  return `${events} ${events === 1 ? 'event' : 'events'}${owner}${span} (${place})`;
}

function keepIndent(line: string): string {
  return `${line.startsWith('  ') ? '  ' : ''}${visible(line)}\n`;
}
