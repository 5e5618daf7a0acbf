/** Anchors: the head of a chain, kept where whoever can write the ledger cannot. */
import * as z from 'zod';
import type { ChainReading, LineHash } from '../model/ledger-format.ts';
import { REPOSITORY_NAME } from '../model/ledger.ts';
import { excerpt } from '../model/text.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import { readEnvelope } from './envelope.ts';

const anchorSchema = z.object({
  schema: z.literal('fixby.anchor/v1'),
  repository: z.string().regex(REPOSITORY_NAME),
  seq: z.number().int().positive(),
  /** SHA-256 of the line of that event. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When that event became known. */
  at: z.string().max(40),
  /** Ed25519 over the anchor without its signature, in base64. */
  signature: z.base64().max(200).optional(),
});

export type Anchor = z.infer<typeof anchorSchema>;

/** What an anchor says of a chain. `message` is one sentence. */
export interface AnchorCheck {
  readonly anchor: Anchor;
  readonly status: 'holds' | 'cut-off' | 'rewritten' | 'other-repository' | 'unsigned' | 'signature-wrong';
  readonly message: string;
}

/** Whether `signature` (base64) signs `text`. */
export type VerifySignature = (text: string, signature: string) => boolean;

/** The anchor of a sound chain's head; `null` when there is no event to anchor. The same ledger gives the same anchor. */
export function makeAnchor({ lines, repository, head }: ChainReading): Anchor | null {
  const last = readEnvelope(lines.at(-1) ?? '');
  if (typeof last === 'string' || repository === undefined) return null;
  return { schema: 'fixby.anchor/v1', repository, seq: head.seq, hash: head.hash, at: last.at };
}

/** The text that is signed: the anchor in one line, without its signature. */
export function signedText({ schema, repository, seq, hash, at }: Anchor): string {
  return canonicalJson({ schema, repository, seq, hash, at });
}

/** As it is printed. */
export function anchorLine(anchor: Anchor): string {
  return canonicalJson(anchor);
}

/** Anchors from a file or a tag's message, one a line; lines that do not begin with a brace are passed over. `null` for a line that is none. */
export function readAnchors(text: string): readonly (Anchor | null)[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('{'))
    .map(readAnchor);
}

function readAnchor(line: string): Anchor | null {
  try {
    return anchorSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Holds a chain against an anchor. Without `verify` a signature is not looked at. */
export function checkAnchor(
  anchor: Anchor,
  chain: ChainReading,
  hash: LineHash,
  verify?: VerifySignature,
): AnchorCheck {
  const { seq, at, signature } = anchor;
  const named = `The anchor of event ${seq} (${excerpt(at, 40)})`;
  const say = (status: AnchorCheck['status'], message: string): AnchorCheck => ({ anchor, status, message });
  if (verify !== undefined && signature === undefined) return say('unsigned', `${named} is not signed.`);
  if (verify !== undefined && signature !== undefined && !verify(signedText(anchor), signature)) {
    return say('signature-wrong', `${named} was not signed with this key.`);
  }
  if (chain.repository !== undefined && anchor.repository !== chain.repository) {
    return say('other-repository', `${named} belongs to ${anchor.repository}, the ledger to ${chain.repository}.`);
  }
  const line = chain.lines[seq - 1];
  if (line === undefined) {
    return say(
      'cut-off',
      `${named} is of a longer ledger: this one ends with event ${chain.head.seq}, so its end was cut off.`,
    );
  }
  if (hash(line) !== anchor.hash) {
    return say('rewritten', `${named} does not hold: the ledger was rewritten at that event or before it.`);
  }
  return chain.faults.some((fault) => fault.line <= seq)
    ? say('rewritten', `${named} finds that event, but the chain that leads to it is broken.`)
    : say('holds', `${named} holds: everything up to it is as it was when the anchor was made.`);
}
