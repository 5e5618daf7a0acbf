import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstalledPackage } from '../../../src/core/model/inventory.ts';
import type { Chains } from '../../../src/core/normalize/chains.ts';
import { findChains, readGraph } from '../../../src/core/normalize/chains.ts';
import { makeEntry } from '../../support/audit-values.ts';

/** Entries out of `name: requires`; names in capitals are direct. */
function graphOf(shape: Readonly<Record<string, readonly string[]>>): readonly InstalledPackage[] {
  return Object.entries(shape).map(([id, requires]) => makeEntry(id, { requires, direct: id === id.toUpperCase() }));
}

function chainsTo(name: string, packages: readonly InstalledPackage[]): Chains {
  return findChains(
    readGraph({ packages }),
    packages.filter((entry) => entry.id === name),
  );
}

describe('findChains', () => {
  it('finds both sides of a diamond, shortest first', () => {
    const packages = graphOf({ A: ['c', 'b'], b: ['d'], c: ['e'], e: ['d'], d: [] });
    expect(chainsTo('d', packages)).toEqual({
      paths: [
        ['A', 'b', 'd'],
        ['A', 'c', 'e', 'd'],
      ],
      omitted: 0,
    });
  });

  it('has a chain for a direct dependency itself, and for each that also brings it', () => {
    expect(chainsTo('B', graphOf({ A: ['B'], B: [] })).paths).toEqual([['B'], ['A', 'B']]);
  });

  it('walks cycles once', () => {
    const packages = graphOf({ A: ['b'], b: ['c'], c: ['b', 'c'] });
    expect(chainsTo('c', packages)).toEqual({ paths: [['A', 'b', 'c']], omitted: 0 });
    expect(chainsTo('b', packages)).toEqual({ paths: [['A', 'b']], omitted: 0 });
  });

  it('has no chain where nothing the repository asks for leads there', () => {
    expect(chainsTo('b', graphOf({ A: [], b: ['c'], c: ['b'] }))).toEqual({ paths: [], omitted: 0 });
    expect(chainsTo('b', graphOf({ A: ['gone'], b: [] }))).toEqual({ paths: [], omitted: 0 });
  });

  it('shows twenty chains and counts the others', () => {
    const middles = Array.from({ length: 25 }, (_, n) => `m${String(n).padStart(2, '0')}`);
    const packages = graphOf({ A: middles, ...Object.fromEntries(middles.map((name) => [name, ['d']])), d: [] });
    const { paths, omitted } = chainsTo('d', packages);
    expect(paths).toHaveLength(20);
    expect(paths[0]).toEqual(['A', 'm00', 'd']);
    expect(omitted).toBe(5);
  });

  it('ends on a tower of diamonds with more chains than anyone can count', () => {
    const shape: Record<string, string[]> = { A: ['n0'] };
    for (let level = 0; level < 60; level += 1) {
      shape[`n${level}`] = [`l${level}`, `r${level}`];
      shape[`l${level}`] = [`n${level + 1}`];
      shape[`r${level}`] = [`n${level + 1}`];
    }
    const { paths, omitted } = chainsTo('n60', graphOf({ ...shape, n60: [] }));
    expect(paths).toHaveLength(20);
    expect(paths.every((path) => path.length === 122 && path[0] === 'A' && path.at(-1) === 'n60')).toBe(true);
    expect(omitted).toBe(980);
  });

  it('finds exactly the simple chains of any small graph, whatever the order of its entries', () => {
    const names = ['A', 'B', 'c', 'd', 'e'];
    const shape = fc.tuple(...names.map(() => fc.subarray(names)));
    fc.assert(
      fc.property(shape, fc.shuffledSubarray(names, { minLength: names.length }), (requires, order) => {
        const packages = graphOf(Object.fromEntries(names.map((name, at) => [name, requires[at] ?? []])));
        const { paths, omitted } = chainsTo('e', packages);
        expect(paths.length + omitted).toBe(countSimpleChains(packages, 'e'));
        expect(new Set(paths.map((path) => path.join('>'))).size).toBe(paths.length);
        expect(paths.map((path) => path.length)).toEqual(paths.map((path) => path.length).sort((a, b) => a - b));
        const shuffled = order.flatMap((name) => packages.filter((entry) => entry.id === name));
        expect(chainsTo('e', shuffled)).toEqual({ paths, omitted });
      }),
    );
  });
});

/** The plain recursive count the search must agree with. */
function countSimpleChains(packages: readonly InstalledPackage[], id: string, below: readonly string[] = []): number {
  const here = packages.find((entry) => entry.id === id);
  if (here === undefined || below.includes(id)) return 0;
  const parents = packages.filter((entry) => entry.requires.includes(id));
  const above = parents.map((parent) => countSimpleChains(packages, parent.id, [...below, id]));
  return above.reduce((sum, count) => sum + count, here.direct ? 1 : 0);
}
