/** Sealed texts, held against another implementation of the same signature. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOpener, createSealer } from '../../src/adapters/signature/dsse.ts';
import { makeKeys } from '../support/evidence.ts';
import { makeRepository } from '../support/repository.ts';

const keys = makeKeys();
const seal = createSealer(keys.privateKey);
const open = createOpener(keys.publicKey);

/** The version of OpenSSL; `undefined` where it is missing or too old to know Ed25519 on the command line. */
function openssl(): string | undefined {
  try {
    const version = execFileSync('openssl', ['version'], { encoding: 'utf8' });
    return /^OpenSSL [3-9]/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}

describe('a seal', () => {
  it('opens to the very text, and says whose it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[a-z/+.-]{1,40}$/), (text, type) => {
        expect(open(seal({ type, text }))).toEqual({ status: 'holds', type, text });
      }),
    );
    const sealed = seal({ type: 'a/b', text: 'text' });
    expect(createOpener(makeKeys().publicKey)(sealed).status).toBe('other-key');
    expect(createOpener()(sealed)).toEqual({ status: 'unchecked', type: 'a/b', text: 'text' });
  });

  it('breaks with any change of the text or of its type', () => {
    const envelope = JSON.parse(seal({ type: 'a/b', text: 'text' })) as Record<string, unknown>;
    const other = { ...envelope, payload: Buffer.from('texT').toString('base64') };
    expect(open(JSON.stringify(other)).status).toBe('other-key');
    expect(open(JSON.stringify({ ...envelope, payloadType: 'a/c' })).status).toBe('other-key');
    expect(open(JSON.stringify({ ...envelope, signatures: [{ sig: 'AAAA' }] })).status).toBe('other-key');
  });

  it.each([
    '',
    '{',
    '[]',
    '{"payloadType":"a"}',
    '{"payloadType":"a","payload":"!","signatures":[{"sig":""}]}',
    '{"payloadType":"a","payload":"","signatures":[]}',
  ])('is none of %j', (text) => expect(open(text)).toEqual({ status: 'unreadable' }));

  const version = openssl();
  it.skipIf(version === undefined)(
    `is verified by OpenSSL as the protocol writes it (skipped: no OpenSSL 3 here)`,
    () => {
      const { payload, payloadType, signatures } = JSON.parse(
        seal({ type: 'application/vnd.in-toto+json', text: '{"é":1}' }),
      ) as {
        readonly payload: string;
        readonly payloadType: string;
        readonly signatures: readonly { readonly sig: string }[];
      };
      const body = Buffer.from(payload, 'base64');
      const { dir } = makeRepository({ 'public.pem': keys.publicKey });
      const at = (name: string): string => join(dir, name);
      writeFileSync(
        at('signed'),
        Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]),
      );
      writeFileSync(at('sig'), Buffer.from(signatures[0]?.sig ?? '', 'base64'));
      const args = [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-inkey',
        at('public.pem'),
        '-rawin',
        '-in',
        at('signed'),
        '-sigfile',
        at('sig'),
      ];
      expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('Signature Verified Successfully');
    },
  );
});
