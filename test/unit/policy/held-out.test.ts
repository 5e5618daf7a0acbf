/** Policy texts that were written after how such files look, not after the grammar, each with what a person reads in it: how many are read, and that none is read wrongly. */
import { expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { readHeldOut } from '../../support/held-out.ts';
import { noOverrides } from '../../support/policy-config.ts';
import { inShort } from './corpus/case.ts';

/** The truth is four windows, or `none` where a person finds no policy for every severity, or one that a table of windows cannot hold. */
const TEXTS = readHeldOut('policies/held-out.txt');

function read(text: string): string {
  const reading = readPolicy({ files: [{ path: 'SECURITY.md', text, sha256: 'f00d' }], overrides: noOverrides });
  return reading.ok ? reading.policy.windows.map(({ window }) => inShort(window)).join() : 'none';
}

it.each(TEXTS.map((each) => [each.name, each] as const))('%s is not read wrongly', (_name, { truth, text }) => {
  expect([truth, 'none']).toContain(read(text));
});

it('is read as often as docs/policy.md says', () => {
  const readable = TEXTS.filter(({ truth }) => truth !== 'none');
  expect([TEXTS.length, readable.length]).toEqual([133, 59]);
  expect(readable.filter(({ truth, text }) => read(text) === truth).length).toBeGreaterThanOrEqual(53);
});
