import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import type { OsvEvent } from '../../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { affects } from '../../../src/core/match/affected.ts';
import { fixedVersionsFor, smallestFix } from '../../../src/core/match/fix.ts';
import { toSemverRange } from '../../../src/core/match/npm-range.ts';
import { compareVersions } from '../../../src/core/match/version.ts';
import { block, osvRecord } from '../../support/osv.ts';

/** Small universes, oldest first: a version is as good as its place in the list. */
const UNIVERSE: Readonly<Record<Ecosystem, readonly string[]>> = {
  npm: ['0.0.0-0', '0.0.0', '0.9.0', '1.0.0-a', '1.0.0-rc.1', '1.0.0', '1.0.1-0', '1.0.1', '1.2.0', '2.0.0-beta', '2.0.0', '10.0.0'], // prettier-ignore
  PyPI: ['0.dev0', '0.0', '0.9', '1.0.dev1', '1.0a1', '1.0rc1', '1.0', '1.0.post1', '1.2', '2.0.dev0', '2.0', '10.0', '1!0.1'], // prettier-ignore
};

interface Event {
  readonly kind: keyof OsvEvent;
  /** Place in the universe; -1 is the `0` of introduced. */
  readonly at: number;
}

/** Events at distinct versions in any order: what the schema leaves no doubt about. */
function eventsOf(ecosystem: Ecosystem): fc.Arbitrary<readonly Event[]> {
  const kinds = fc.constantFrom<keyof OsvEvent>('introduced', 'introduced', 'fixed', 'last_affected', 'limit');
  const places = fc.uniqueArray(fc.integer({ min: 0, max: UNIVERSE[ecosystem].length - 1 }), { maxLength: 7 });
  return fc
    .tuple(places, fc.array(kinds, { minLength: 7, maxLength: 7 }), fc.integer({ min: -1, max: 2 }))
    .map(([at, kind, first]) => [
      ...at.filter((place) => place !== first).map((place, index) => ({ kind: kind[index]!, at: place })),
      { kind: 'introduced' as const, at: first },
    ]);
}

/** The schema's own evaluation, on places instead of versions. */
function oracle(events: readonly Event[], version: number): boolean {
  const limits = events.filter(({ kind }) => kind === 'limit');
  if (limits.length > 0 && !limits.some(({ at }) => version < at)) return false;
  let vulnerable = false;
  for (const { kind, at } of [...events].sort((a, b) => a.at - b.at)) {
    if (kind === 'introduced' && version >= at) vulnerable = true;
    if (kind === 'fixed' && version >= at) vulnerable = false;
    if (kind === 'last_affected' && version > at) vulnerable = false;
  }
  return vulnerable;
}

function toRange(ecosystem: Ecosystem, events: readonly Event[]) {
  const written = events.map(({ kind, at }) => ({ [kind]: at < 0 ? '0' : UNIVERSE[ecosystem][at]! }));
  return { type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: written };
}

describe.each<Ecosystem>(['npm', 'PyPI'])('%s', (ecosystem) => {
  const universe = UNIVERSE[ecosystem];
  const ranges = fc.array(eventsOf(ecosystem), { minLength: 1, maxLength: 3 });
  const listed = fc.subarray([...universe], { maxLength: 3 });

  it('has a sorted universe', () => {
    const pairs = universe.slice(1).map((version, index) => compareVersions(ecosystem, universe[index]!, version));
    expect(pairs.every((order) => order < 0)).toBe(true);
  });

  it('agrees with the schema, whatever the ranges, lists and order of events', () => {
    fc.assert(
      fc.property(ranges, listed, (all, versions) => {
        const blocks = [
          block(ecosystem, 'p', { ranges: all.slice(0, 1).map((each) => toRange(ecosystem, each)), versions }),
          block(ecosystem, 'p', { ranges: all.slice(1).map((each) => toRange(ecosystem, each)) }),
          block(ecosystem, 'other', { versions: [...universe] }),
        ];
        const found = universe.filter((version) => affects(blocks, ecosystem, 'p', version).affected);
        const expected = universe.filter(
          (version, place) => versions.includes(version) || all.some((events) => oracle(events, place)),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('never names a fix that is affected itself, nor one below what is installed', () => {
    fc.assert(
      fc.property(ranges, fc.subarray([...universe], { minLength: 1, maxLength: 3 }), (all, installed) => {
        const record = osvRecord('X-1', [
          block(ecosystem, 'p', { ranges: all.map((each) => toRange(ecosystem, each)) }),
        ]);
        const fixed = fixedVersionsFor(record, ecosystem, 'p');
        expect(fixed.filter((version) => affects(record, ecosystem, 'p', version).affected)).toEqual([]);
        const above = fixed.filter((version) =>
          installed.every((each) => universe.indexOf(each) < universe.indexOf(version)),
        );
        expect(smallestFix(ecosystem, installed, fixed)).toBe(above[0]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('toSemverRange', () => {
  it('makes npm say what the matcher says', () => {
    const universe = UNIVERSE.npm;
    fc.assert(
      fc.property(
        fc.array(eventsOf('npm'), { maxLength: 3 }),
        fc.subarray([...universe, 'banana'], { maxLength: 4 }),
        (all, versions) => {
          const record = osvRecord('X-1', [
            block('npm', 'p', { ranges: all.map((each) => toRange('npm', each)), versions }),
          ]);
          const range = toSemverRange(record, 'p');
          const byNpm = (version: string): boolean =>
            semver.satisfies(version, range, { includePrerelease: true, loose: true });
          expect(universe.filter(byNpm)).toEqual(
            universe.filter((version) => affects(record, 'npm', 'p', version).affected),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
