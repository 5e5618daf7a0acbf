/** The tags of git held against those the ledger saw: only what something open rests on is kept as it was cut. */
import { describe, expect, it } from 'vitest';
import type { Release } from '../../../src/core/model/release.ts';
import { knownReleases, withKnownCarriers } from '../../../src/core/reconcile/known-releases.ts';
import type { KnownReleases } from '../../../src/core/reconcile/known-releases.ts';
import { createTestLedger, day, observed, sighting } from '../../support/observed.ts';

const cut = (tag: string, at = day(3), commit = 'c1'): Release => ({
  tag,
  version: tag.replace(/^.*?v/, ''),
  at,
  commit,
});

/** A ledger that saw `releases`, and a finding that `carriedBy` carried. */
function stateOf(
  releases: readonly Release[],
  carriedBy: readonly string[],
): ReturnType<ReturnType<typeof createTestLedger>['state']> {
  const ledger = createTestLedger();
  ledger.record(observed([sighting(['GHSA-a'], { carriedBy })], { releases }), day(5));
  return ledger.state();
}

function know(told: readonly Release[], carriedBy: readonly string[], prefix = ''): KnownReleases {
  const state = stateOf([cut('v1.0.0'), cut('api-v2.0.0')], carriedBy);
  return knownReleases(told, state, { prefix, now: day(9) });
}

const codes = ({ problems }: KnownReleases): readonly string[] => problems.map(({ code }) => code);

describe('a tag the ledger saw', () => {
  const other = cut('v0.9.0', day(1));

  it.each<[string, readonly Release[], readonly string[], readonly Release[], readonly string[]]>([
    ['as it is', [cut('v1.0.0')], ['v1.0.0'], [cut('v1.0.0')], []],
    ['gone', [other], ['v1.0.0'], [other, cut('v1.0.0')], ['release-rewritten']],
    ['gone, and nothing rests on it', [other], [], [other], []],
    ['gone with all others', [], ['v1.0.0'], [cut('v1.0.0')], []],
    ['moved', [cut('v1.0.0', day(3), 'c2')], ['v1.0.0'], [cut('v1.0.0')], ['release-rewritten']],
    ['redated', [cut('v1.0.0', day(1))], ['v1.0.0'], [cut('v1.0.0')], ['release-rewritten']],
    ['moved, and nothing rests on it', [cut('v1.0.0', day(4), 'c2')], [], [cut('v1.0.0', day(4), 'c2')], []],
    ['of another pattern', [other], ['api-v2.0.0'], [other], []],
    [
      'dated ahead',
      [cut('v1.0.0'), cut('v3.0.0', day(12))],
      [],
      [cut('v1.0.0'), cut('v3.0.0', day(12))],
      ['release-dated-ahead'],
    ],
  ])('%s', (_, told, carriedBy, releases, problems) => {
    const known = know(told, carriedBy);
    expect(known.releases).toEqual(releases);
    expect(codes(known)).toEqual(problems);
  });

  it('counts behind its prefix where one is configured', () => {
    expect(know([cut('api-v1.0.0')], ['v1.0.0', 'api-v2.0.0'], 'api-').releases.map(({ tag }) => tag)).toEqual([
      'api-v1.0.0',
      'api-v2.0.0',
    ]);
  });
});

describe('a finding that a rewritten tag carried', () => {
  it('is still carried by it, and by what git tells of', () => {
    const state = stateOf([cut('v1.0.0')], ['v1.0.0']);
    const told = [cut('v1.1.0', day(6))];
    const known = knownReleases(told, state, { prefix: '', now: day(9) });
    const [id = ''] = [...state.findings.keys()];
    const { finding } = sighting(['GHSA-a'], { ledgerId: id, carriedBy: ['v1.1.0'] });
    expect(withKnownCarriers([finding], known, state)[0]?.carriedBy).toEqual(['v1.0.0', 'v1.1.0']);
    const fresh = sighting(['GHSA-b'], { carriedBy: ['v1.1.0'] }).finding;
    expect(withKnownCarriers([fresh], known, state)[0]?.carriedBy).toEqual(['v1.1.0']);
  });
});
