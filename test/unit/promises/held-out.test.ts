/** Sentences that were written after how such files look, not after the grammar, each with the promises a person finds in it: how many are found, and that none is made up. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { reportOn } from '../../support/promises.ts';

interface HeldOut {
  readonly name: string;
  /** Kinds; none where a person finds no promise. */
  readonly truth: readonly string[];
  readonly text: string;
}

const file = fileURLToPath(new URL('../../fixtures/promises/held-out.txt', import.meta.url));
const TEXTS: readonly HeldOut[] = readFileSync(file, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [head = '', ...lines] = part.split('\n');
    const [name = '', truth = ''] = head.split('|').map((word) => word.trim());
    return { name, truth: truth === 'none' ? [] : truth.split(', '), text: lines.join('\n') };
  });

function kindsIn(text: string): readonly string[] {
  return reportOn(`# Security\n\n${text}`).promises.map(({ kind }) => kind);
}

it.each(TEXTS.map((each) => [each.name, each] as const))(
  '%s holds no promise nobody made',
  (_name, { truth, text }) => {
    expect(kindsIn(text).filter((kind) => !truth.includes(kind))).toEqual([]);
  },
);

it('are found as often as docs/promises.md says', () => {
  const promising = TEXTS.filter(({ truth }) => truth.length > 0);
  const found = promising.filter(({ truth, text }) => kindsIn(text).some((kind) => truth.includes(kind)));
  expect([TEXTS.length, promising.length]).toEqual([90, 68]);
  expect(found.length).toBeGreaterThanOrEqual(46);
});
