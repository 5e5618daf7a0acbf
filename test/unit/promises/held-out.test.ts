/** Sentences that were written after how such files look, not after the grammar, each with the promises a person finds in it: how many are found, and that none is made up. */
import { expect, it } from 'vitest';
import { readHeldOut } from '../../support/held-out.ts';
import { reportOn } from '../../support/promises.ts';

/** The truth is the kinds of promises; none where a person finds no promise. */
const TEXTS = readHeldOut('promises/held-out.txt').map(({ truth, ...rest }) => {
  return { ...rest, truth: truth === 'none' ? [] : truth.split(', ') };
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
