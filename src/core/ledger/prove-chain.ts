/** What a ledger proves about itself, and what nothing within it can prove. */
import type { ChainReading, LineHash } from '../model/ledger-format.ts';
import { visible } from '../model/text.ts';
import { checkAnchor } from './anchor.ts';
import type { Anchor, AnchorCheck, VerifySignature } from './anchor.ts';
import { readEnvelope } from './envelope.ts';

/** The answer of `fixby ledger verify`, also as JSON. */
export interface ChainProof {
  readonly schema: 'fixby.ledger-proof/v1';
  readonly place: string;
  readonly repository?: string;
  readonly events: number;
  /** Hash of the last line; absent for an empty ledger. */
  readonly hash?: string;
  /** When the first and the last event became known. */
  readonly from?: string;
  readonly to?: string;
  /** Whether every event follows the one before and every anchor holds. */
  readonly sound: boolean;
  readonly faults: ChainReading['faults'];
  /** Bytes that a run left which did not finish; they are not part of the chain. */
  readonly tornBytes: number;
  readonly anchors: readonly AnchorCheck[];
  /** Number of the last event that an anchor vouches for; 0 for none. */
  readonly anchoredTo: number;
  /** One sentence. */
  readonly notProven: string;
}

export function proveChain(
  chain: ChainReading,
  place: string,
  anchors: readonly Anchor[],
  hash: LineHash,
  verify?: VerifySignature,
): ChainProof {
  const checks = anchors.map((anchor) => checkAnchor(anchor, chain, hash, verify));
  const anchoredTo = Math.max(0, ...checks.filter(({ status }) => status === 'holds').map(({ anchor }) => anchor.seq));
  const events = chain.lines.length;
  return {
    schema: 'fixby.ledger-proof/v1',
    place,
    ...(chain.repository === undefined ? {} : { repository: chain.repository }),
    events,
    ...(events === 0 ? {} : { hash: chain.head.hash }),
    ...span(chain.lines),
    sound: chain.faults.length === 0 && checks.every(({ status }) => status === 'holds'),
    faults: chain.faults,
    tornBytes: chain.torn.length,
    anchors: checks,
    anchoredTo,
    notProven: describeNotProven(events, anchoredTo),
  };
}

function span(lines: readonly string[]): Pick<ChainProof, 'from' | 'to'> {
  const [from, to] = [readEnvelope(lines[0] ?? ''), readEnvelope(lines.at(-1) ?? '')];
  return {
    ...(typeof from === 'string' ? {} : { from: from.at }),
    ...(typeof to === 'string' ? {} : { to: to.at }),
  };
}

const FORGER = 'whoever can write the ledger can cut its end off, or rewrite it from any event on with new hashes';

function describeNotProven(events: number, anchoredTo: number): string {
  if (events === 0) return 'An empty ledger proves nothing: it may have been removed.';
  if (anchoredTo === 0)
    return `That this is the ledger as it was written: ${FORGER}. Only an anchor kept elsewhere shows that.`;
  if (anchoredTo === events)
    return 'What was appended after the last anchor and cut off again. That the facts were true when they were written.';
  return `Events ${anchoredTo + 1} to ${events}: they follow no anchor, and ${FORGER}, as long as it lies after event ${anchoredTo}.`;
}

/** The proof for a terminal: what holds, what does not, and what is not proven. */
export function describeProof(proof: ChainProof): string {
  const { repository, events, from, to, place, faults, tornBytes, anchors, notProven } = proof;
  const chain = `${events} ${events === 1 ? 'event' : 'events'}${repository === undefined ? '' : ` of ${repository}`}${from === undefined || to === undefined ? '' : `, ${from} to ${to}`} (${place})`;
  const lines = [
    faults.length === 0 ? `✔ ${chain}: each carries the hash of the one before.` : `✖ ${chain}: the chain is broken.`,
    ...faults.slice(0, MOST_FAULTS).map(({ message }) => `  ✖ ${message}`),
    ...(faults.length > MOST_FAULTS ? [`  ✖ and ${faults.length - MOST_FAULTS} more.`] : []),
    ...(tornBytes === 0
      ? []
      : [`! ${tornBytes} bytes at the end were left by a run that did not finish; they do not count.`]),
    ...anchors.map(({ status, message }) => `${status === 'holds' ? '✔' : '✖'} ${message}`),
    `! Not proven: ${notProven}`,
  ];
  return `${lines.map(keepIndent).join('\n')}\n`;
}

const MOST_FAULTS = 20;

function keepIndent(line: string): string {
  return `${line.startsWith('  ') ? '  ' : ''}${visible(line)}`;
}
