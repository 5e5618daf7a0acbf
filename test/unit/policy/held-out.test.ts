/** Policy texts that were written after how such files look, not after the grammar, each with what a person reads in it: how many are read, and that none is read wrongly. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readPolicy } from '../../../src/core/policy/read-policy.ts';
import { noOverrides } from '../../support/policy-config.ts';
import { inShort } from './corpus/case.ts';

interface HeldOut {
  readonly name: string;
  /** Four windows, or `none` where a person finds no policy for every severity, or one that a table of windows cannot hold. */
  readonly truth: string;
  readonly text: string;
}

const file = fileURLToPath(new URL('../../fixtures/policies/held-out.txt', import.meta.url));
const TEXTS: readonly HeldOut[] = readFileSync(file, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [head = '', ...lines] = part.split('\n');
    const [name = '', truth = ''] = head.split('|').map((word) => word.trim());
    return { name, truth, text: lines.join('\n') };
  });

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
