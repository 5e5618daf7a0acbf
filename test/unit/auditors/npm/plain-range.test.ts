/** What is answered without semver is what semver answers. */
import fc from 'fast-check';
import semver from 'semver';
import { expect, it } from 'vitest';
import { isInPlainRange } from '../../../../src/core/auditors/npm/plain-range.ts';

const number = fc.oneof(
  { weight: 15, arbitrary: fc.nat({ max: 2 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('10', '01', '', 'x', '99999999999999999') },
);
const version = fc
  .tuple(
    number,
    number,
    number,
    fc.oneof({ weight: 6, arbitrary: fc.constant('') }, fc.constantFrom('-rc.1', '+b', ' ')),
  )
  .map(([a, b, c, rest]) => `${a}.${b}.${c}${rest}`);
const sign = fc.constantFrom('', '^', '~', '>=', '>', '=', 'v', '^ ', '<=', '*');

it('answers as semver does, or not at all', () => {
  let answered = 0;
  fc.assert(
    fc.property(version, sign, version, (installed, mark, bound) => {
      const said = isInPlainRange(installed, `${mark}${bound}`);
      if (said === undefined) return;
      answered += 1;
      expect(said).toBe(semver.satisfies(installed, `${mark}${bound}`, { loose: true }));
    }),
    { numRuns: 20_000 },
  );
  expect(answered).toBeGreaterThan(500);
});

it.each([
  ['1.2.3', '^1.2.3', true],
  ['2.0.0', '^1.2.3', false],
  ['0.2.9', '^0.2.3', true],
  ['0.3.0', '^0.2.3', false],
  ['0.0.4', '^0.0.3', false],
  ['1.3.0', '~1.2.3', false],
  ['1.2.4', '1.2.3', false],
  ['9.0.0', '>=1.2.3', true],
  ['1.2.3', '^1.2', undefined],
  ['1.2.3-rc.1', '^1.2.3', undefined],
])('%s in %s: %s', (installed, range, said) => {
  expect(isInPlainRange(installed, range)).toBe(said);
});
