/** Every way an archive can have been changed is found, and named. */
import { describe, expect, it } from 'vitest';
import { createOpener, createSealer } from '../../../src/adapters/signature/dsse.ts';
import { proveEvidence } from '../../../src/core/evidence/prove-evidence.ts';
import type { ProofRequest } from '../../../src/core/evidence/prove-evidence.ts';
import { readManifest } from '../../../src/core/evidence/read-manifest.ts';
import type { FoundEntry } from '../../../src/core/model/evidence.ts';
import { MANIFEST_TYPE, STATEMENT_TYPE } from '../../../src/core/model/evidence.ts';
import { makeEvidence, makeKeys } from '../../support/evidence.ts';
import { digest } from '../../support/observed.ts';
import { makeRepository } from '../../support/repository.ts';
import { richView } from '../report/views.ts';

const keys = makeKeys();
const other = makeKeys();
const open = createOpener(keys.publicKey);

/** A sound, signed archive as it is found, with the key to check it. */
function sound(privateKey: string | null = keys.privateKey): ProofRequest {
  const { dir } = makeRepository();
  const { entries, attestations } = makeEvidence({
    view: richView,
    folder: dir,
    ...(privateKey === null ? {} : { privateKey }),
  });
  const textOf = (path: string): string | undefined => {
    const entry = entries.find((each) => each.path === path);
    return entry !== undefined && 'text' in entry ? entry.text : undefined;
  };
  const manifestText = textOf('manifest.json') ?? '';
  const reading = readManifest(manifestText);
  if (reading.status === 'unusable') throw new Error(reading.detail);
  const { manifest } = reading;
  const signature = textOf('manifest.dsse.json');
  const own = ['manifest.json', 'manifest.dsse.json'].map((path): FoundEntry => ({ path, bytes: 1, sha256: '' }));
  return {
    archive: 'evidence.zip',
    manifest,
    manifestText,
    entries: [...own, ...manifest.files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))],
    report: richView,
    attestations,
    ...(signature === undefined ? {} : { signature }),
    open,
    hasKey: true,
  };
}

const sealWith = (privateKey: string, type: string, text: string): string => createSealer(privateKey)({ type, text });
const kinds = (request: ProofRequest): readonly string[] => proveEvidence(request).faults.map(({ kind }) => kind);

describe('a sound archive', () => {
  it('shows who signed it, and what nothing in it can show', () => {
    const proof = proveEvidence({ ...sound(), ledger: { holds: true, message: '' } });
    expect(proof).toMatchObject({ sound: true, faults: [], runs: 1, verdict: 'fail' });
    expect(proof.proven.join(' ')).toContain('signed by the holder of this key');
    expect(proof.notProven.join(' ')).toContain('clock of the machine');
    expect(proof.notProven.join(' ')).not.toContain('Who made it');
  });

  it('does not claim what was not checked', () => {
    const unchecked = proveEvidence({ ...sound(), open: createOpener(), hasKey: false });
    expect(unchecked.notProven.join(' ')).toContain('its signature was not looked at');
    const unsigned = proveEvidence({ ...sound(null), open: createOpener(), hasKey: false });
    expect([unchecked.sound, unsigned.sound]).toEqual([true, true]);
    expect(unsigned.notProven.join(' ')).toContain('it is not signed');
    expect(unsigned.notProven.join(' ')).toContain('the archive names no end of a ledger');
  });
});

describe('a changed archive', () => {
  const stolen = sealWith(keys.privateKey, STATEMENT_TYPE, '{"subject":[{"name":"other","digest":{"sha256":"0"}}]}');
  it.each<[string, (request: ProofRequest) => ProofRequest, readonly string[]]>([
    [
      'a file is gone',
      (it) => ({ ...it, entries: it.entries.filter(({ path }) => path !== 'report.json') }),
      ['missing'],
    ],
    [
      'a file has other bytes',
      (it) => ({
        ...it,
        entries: it.entries.map((each) => (each.path === 'report.json' ? { ...each, sha256: digest('x') } : each)),
      }),
      ['changed'],
    ],
    [
      'a file has another length',
      (it) => ({
        ...it,
        entries: it.entries.map((each) => (each.path === 'report.json' ? { ...each, bytes: 1 } : each)),
      }),
      ['changed'],
    ],
    [
      'a file was added',
      (it) => ({ ...it, entries: [...it.entries, { path: 'note.txt', bytes: 1, sha256: '' }] }),
      ['extra'],
    ],
    ['a file is there twice', (it) => ({ ...it, entries: [...it.entries, ...it.entries.slice(2, 3)] }), ['twice']],
    [
      'the manifest is there twice',
      (it) => ({ ...it, entries: [...it.entries, ...it.entries.slice(0, 1)] }),
      ['twice'],
    ],
    [
      'the manifest lists a file no longer',
      (it) => ({
        ...it,
        manifest: { ...it.manifest, files: it.manifest.files.filter(({ path }) => path !== 'report.json') },
      }),
      ['unlisted', 'extra'],
    ],
    ['the report cannot be read', (it) => ({ ...it, report: null }), ['disagrees']],
    ['the report tells another verdict', (it) => ({ ...it, report: { ...richView, verdict: 'pass' } }), ['disagrees']],
    [
      'the report tells of another commit',
      (it) => ({ ...it, report: { ...richView, repository: { commit: 'other' } } }),
      ['disagrees'],
    ],
    [
      'the manifest names other locks',
      (it) => ({ ...it, manifest: { ...it.manifest, locks: [] } }),
      ['disagrees', 'disagrees'],
    ],
    [
      'the policy is another',
      (it) => ({
        ...it,
        manifest: { ...it.manifest, sources: it.manifest.sources.map((each) => ({ ...each, sha256: digest('y') })) },
      }),
      ['disagrees'],
    ],
    [
      'the manifest changed after it was signed',
      (it) => ({ ...it, manifestText: `${it.manifestText} ` }),
      ['other-content'],
    ],
    ['the signature is garbage', (it) => ({ ...it, signature: '{"payload":1}' }), ['other-content']],
    [
      'the signature is of something else',
      (it) => ({ ...it, signature: sealWith(keys.privateKey, STATEMENT_TYPE, it.manifestText) }),
      ['other-content'],
    ],
    [
      'somebody else signed it',
      (it) => ({ ...it, signature: sealWith(other.privateKey, MANIFEST_TYPE, it.manifestText) }),
      ['other-key'],
    ],
    [
      'somebody else holds the key',
      (it) => ({ ...it, open: createOpener(other.publicKey) }),
      ['other-key', 'other-key'],
    ],
    ['an attestation is garbage', (it) => ({ ...it, attestations: 'x\n' }), ['disagrees']],
    ['an attestation is about another lock', (it) => ({ ...it, attestations: `${stolen}\n` }), ['disagrees']],
    [
      'an attestation is no statement',
      (it) => ({ ...it, attestations: `${sealWith(keys.privateKey, STATEMENT_TYPE, '[]')}\n` }),
      ['disagrees'],
    ],
    ['the ledger does not know it', (it) => ({ ...it, ledger: { holds: false, message: 'No.' } }), ['ledger']],
  ])('is found: %s', (_, spoil, faults) => {
    const proof = proveEvidence(spoil(sound()));
    expect(proof.faults.map(({ kind }) => kind)).toEqual(faults);
    expect([proof.sound, proof.proven]).toEqual([false, []]);
  });

  it('is no signed one where a key is given and nothing is signed', () => {
    expect(kinds(sound(null))).toEqual(['unsigned', 'unsigned']);
  });
});

describe('a manifest', () => {
  it.each([
    [undefined, 'no manifest.json'],
    ['', 'none that fixby writes'],
    ['[]', 'none that fixby writes'],
    ['{"schema":"fixby.evidence/v1"}', 'none that fixby writes'],
    ['{"schema":"fixby.evidence/v2"}', 'a later fixby (fixby.evidence/v2)'],
  ])('that cannot be used says why: %j', (text, detail) => {
    expect(readManifest(text)).toEqual({ status: 'unusable', detail: expect.stringContaining(detail) as string });
  });

  it('names no file outside of the archive', () => {
    const { manifestText } = sound();
    for (const path of ['../../etc/passwd', '/etc/passwd', 'C:/x', 'a/../b', 'sources/policy.md/', 'a b'])
      expect(readManifest(manifestText.replace('sources/policy.md', path))).toMatchObject({ status: 'unusable' });
  });
});
