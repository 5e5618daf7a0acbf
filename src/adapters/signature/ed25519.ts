/** Signs texts and checks their signatures with Ed25519 keys in PEM files. https://www.rfc-editor.org/rfc/rfc8410 */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { UsageError } from '../../core/model/problem.ts';

/** The signature of an ASCII text in base64. Throws a UsageError `key-unusable`. */
export function signText(text: string, privateKeyPem: string): string {
  const key = readPrivateKey(privateKeyPem);
  return sign(null, Buffer.from(text, 'latin1'), key).toString('base64');
}

/** What tells whether a signature in base64 is that of an ASCII text. Throws a UsageError `key-unusable`. */
export function createVerifier(publicKeyPem: string): (text: string, signature: string) => boolean {
  const key = readPublicKey(publicKeyPem);
  return (text, signature) => verify(null, Buffer.from(text, 'latin1'), key, Buffer.from(signature, 'base64'));
}

/** Throws a UsageError `key-unusable`. */
export function readPrivateKey(pem: string): KeyObject {
  return readKey(() => createPrivateKey(pem), 'private');
}

/** Throws a UsageError `key-unusable`. */
export function readPublicKey(pem: string): KeyObject {
  return readKey(() => createPublicKey(pem), 'public');
}

function readKey(read: () => KeyObject, kind: 'private' | 'public'): KeyObject {
  const mend =
    kind === 'private'
      ? 'Make one with `openssl genpkey -algorithm ed25519 -out KEY`; it may have no passphrase.'
      : 'Make it with `openssl pkey -in KEY -pubout -out PUBLIC`.';
  const refuse = (): never => {
    throw new UsageError('key-unusable', `This is no Ed25519 ${kind} key in PEM form.`, mend);
  };
  try {
    const key = read();
    return key.asymmetricKeyType === 'ed25519' ? key : refuse();
  } catch {
    // What the library says may quote the key.
    return refuse();
  }
}
