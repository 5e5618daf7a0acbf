/** Seals texts in DSSE envelopes with Ed25519 keys, and opens them. https://github.com/secure-systems-lab/dsse */
import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import type { Opened, SealedText } from '../../core/model/seal.ts';
import { readPrivateKey, readPublicKey } from './ed25519.ts';
import { parseJson } from '../../core/model/json.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

const envelopeSchema = z.object({
  payloadType: z.string().max(200),
  payload: base64,
  signatures: z
    .array(z.object({ sig: base64.max(200) }))
    .min(1)
    .max(20),
});

/** What seals a text: one line of JSON with the text and its signature. Throws a UsageError `key-unusable`. */
export function createSealer(privateKeyPem: string): (sealed: SealedText) => string {
  const key = readPrivateKey(privateKeyPem);
  const keyid = keyIdOf(createPublicKey(key));
  return ({ type, text }) => {
    const payload = Buffer.from(text, 'utf8');
    const sig = sign(null, signedBytes(type, payload), key).toString('base64');
    return JSON.stringify({ payloadType: type, payload: payload.toString('base64'), signatures: [{ keyid, sig }] });
  };
}

/** What opens envelopes; without a key it looks at no signature. Throws a UsageError `key-unusable`. */
export function createOpener(publicKeyPem?: string): (envelope: string) => Opened {
  const key = publicKeyPem === undefined ? undefined : readPublicKey(publicKeyPem);
  return (text) => {
    const envelope = envelopeSchema.safeParse(parseJson(text));
    if (!envelope.success) return { status: 'unreadable' };
    const { payloadType: type, payload, signatures } = envelope.data;
    const bytes = Buffer.from(payload, 'base64');
    const sealed = { type, text: bytes.toString('utf8') };
    if (key === undefined) return { status: 'unchecked', ...sealed };
    const holds = signatures.some(({ sig }) => verify(null, signedBytes(type, bytes), key, Buffer.from(sig, 'base64')));
    return { status: holds ? 'holds' : 'other-key', ...sealed };
  };
}

/** The encoding that is signed in place of the text: nobody can take one type of text for another. */
function signedBytes(type: string, payload: Buffer): Buffer {
  const name = Buffer.from(type, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${name.length} `, 'utf8'),
    name,
    Buffer.from(` ${payload.length} `, 'utf8'),
    payload,
  ]);
}

/** A hint for whoever has many keys; nothing is decided by it. */
function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
