import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctNpmIds, npmId } from '../../../src/mirror/npm-id.ts';

const ghsaPart = fc.string({
  unit: fc.constantFrom(...Array.from('23456789cfghjmpqrvwx')),
  minLength: 4,
  maxLength: 4,
});
const ghsaId = fc.tuple(ghsaPart, ghsaPart, ghsaPart).map((parts) => `GHSA-${parts.join('-')}`);

describe('npmId', () => {
  it.each([
    ['GHSA-2222-2222-2222', 1],
    ['GHSA-2222-2222-2223', 2],
    ['GHSA-2222-2222-2232', 21],
    ['GHSA-xxxx-xxxx-xxxx', 20 ** 12],
  ])('%s is %d', (id, number) => {
    expect(npmId(id)).toBe(number);
  });

  it('is a positive safe integer for anything, and above every GHSA id for anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('MAL-2024-1', 'GHSA-aaaa-bbbb-cccc', 'ghsa-2222-2222-2222')),
        (id) => {
          expect(npmId(id)).toBeGreaterThan(20 ** 12);
          expect(Number.isSafeInteger(npmId(id))).toBe(true);
        },
      ),
    );
  });

  it('keeps two GHSA ids apart', () => {
    fc.assert(fc.property(ghsaId, ghsaId, (a, b) => (npmId(a) === npmId(b)) === (a === b)));
  });

  it('does not change from one release to the next', () => {
    expect(npmId('MAL-2024-1')).toBe(5070977139852797);
  });
});

describe('distinctNpmIds', () => {
  it('gives the later of two equal ids the next number', () => {
    expect(distinctNpmIds(['GHSA-2222-2222-2222', 'GHSA-2222-2222-2222', 'GHSA-2222-2222-2223'])).toEqual([1, 2, 3]);
  });
});
