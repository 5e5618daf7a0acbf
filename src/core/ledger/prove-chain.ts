/** What a ledger proves about itself, and what nothing within it can prove. */
import type { ChainReading, LineHash } from '../model/ledger-format.ts';
import type { Problem } from '../model/problem.ts';
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
  /** What was met besides: an end that a killed run left, a store that keeps the chain under another name. */
  readonly problems: readonly Problem[];
  readonly anchors: readonly AnchorCheck[];
  /** Number of the last event that an anchor vouches for; 0 for none. */
  readonly anchoredTo: number;
  /** One sentence. */
  readonly notProven: string;
}

/** What a chain is held against. */
export interface ProofRequest {
  readonly chain: ChainReading;
  /** Where it lies. */
  readonly place: string;
  readonly problems: readonly Problem[];
  readonly anchors: readonly Anchor[];
  readonly hash: LineHash;
  /** Set when every anchor must be signed. */
  readonly verify?: VerifySignature;
}

export function proveChain({ chain, place, problems, anchors, hash, verify }: ProofRequest): ChainProof {
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
    sound:
      chain.faults.length === 0 &&
      checks.every(({ status }) => status === 'holds') &&
      problems.every(({ blocks }) => !blocks),
    faults: chain.faults,
    problems,
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
  const after =
    events === anchoredTo + 1 ? `Event ${events}: it follows` : `Events ${anchoredTo + 1} to ${events}: they follow`;
  return `${after} no anchor, and ${FORGER}, as long as it lies after event ${anchoredTo}.`;
}
