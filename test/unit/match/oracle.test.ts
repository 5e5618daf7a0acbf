/**
 * The matcher against a brute-force oracle that knows neither of its libraries: versions are structures with an order written
 * out from their specification, and a record is evaluated step by step as the OSV schema says.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affects, hasUnreadableRange } from '../../../src/core/match/affected.ts';
import type { OsvEvent } from '../../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../../src/core/model/ecosystem.ts';
import { block } from '../../support/osv.ts';

/** A version as the places its specification compares, most significant first; `text` is one way to write it. */
interface Version {
  readonly key: readonly (number | string)[];
  readonly text: string;
  /** PyPI only: the key without a local label, and whether there is one. */
  readonly publicKey: readonly (number | string)[];
  readonly isLocal: boolean;
}

/** Numbers before texts, a list before the longer list it begins. */
function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1;
    if (left === right) continue;
    if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

const small = fc.integer({ min: 0, max: 2 });

/** https://semver.org/#spec-item-11: a release comes after every pre-release of it; build metadata does not count. */
const semverVersion: fc.Arbitrary<Version> = fc
  .record({
    release: fc.tuple(small, small, small),
    pre: fc.option(fc.array(fc.oneof(small, fc.constantFrom('a', 'rc', 'x-1')), { minLength: 1, maxLength: 2 })),
    build: fc.option(fc.constantFrom('b1', '7')),
  })
  .map(({ release, pre, build }) => {
    const key = pre === null ? [...release, 1] : [...release, 0, ...pre];
    const text = `${release.join('.')}${pre === null ? '' : `-${pre.join('.')}`}${build === null ? '' : `+${build}`}`;
    return { key, text, publicKey: key, isLocal: false };
  });

const PRE = ['a', 'b', 'rc'] as const;
const SPELLINGS: Readonly<Record<(typeof PRE)[number], readonly string[]>> = {
  a: ['a', '.alpha', '-A'],
  b: ['b', '.beta', '_B'],
  rc: ['rc', '.c', '-preview', '.RC.'],
};

/**
 * https://packaging.python.org/en/latest/specifications/version-specifiers/#summary-of-permitted-suffixes-and-relative-ordering:
 * .devN of a release, its aN, bN, rcN (each with .devN before it), the release, .postN; then local labels.
 */
const pep440Version: fc.Arbitrary<Version> = fc
  .record({
    epoch: fc.integer({ min: 0, max: 1 }),
    release: fc.array(small, { minLength: 1, maxLength: 3 }),
    pre: fc.option(fc.tuple(fc.constantFrom(...PRE), small)),
    post: fc.option(small),
    dev: fc.option(small),
    local: fc.option(fc.array(fc.oneof(small, fc.constantFrom('cpu', 'x')), { minLength: 1, maxLength: 2 })),
    spelling: fc.nat({ max: 11 }),
  })
  .map(({ epoch, release, pre, post, dev, local, spelling }) => {
    const padded = [...release, 0, 0].slice(0, 3);
    // A .devN of the bare release comes before its alphas; one of anything else before that alone.
    const onlyDev = pre === null && post === null && dev !== null;
    const stage = onlyDev ? -1 : pre === null ? PRE.length : PRE.indexOf(pre[0]);
    const publicKey = [epoch, ...padded, stage, pre?.[1] ?? 0, post === null ? -1 : post, dev === null ? 99 : dev];
    // In labels a number comes after a text.
    const labels = (local ?? []).flatMap((part) => (typeof part === 'number' ? [1, part] : [0, part]));
    const key = local === null ? [...publicKey, -1] : [...publicKey, 0, ...labels];
    const preSpellings = pre === null ? [''] : SPELLINGS[pre[0]].map((word) => `${word}${pre[1]}`);
    const text = [
      spelling % 3 === 0 ? 'v' : '',
      epoch === 0 ? '' : `${epoch}!`,
      release.map((part) => (spelling % 2 === 0 ? part : `0${part}`)).join('.'),
      preSpellings[spelling % preSpellings.length] ?? '',
      post === null ? '' : ['.post', '-post', '.rev'][spelling % 3]! + String(post),
      dev === null ? '' : `${spelling % 2 === 0 ? '.dev' : '-DEV'}${dev}`,
      local === null ? '' : `+${local.join(spelling % 2 === 0 ? '.' : '-')}`,
    ].join('');
    return { key, text, publicKey: [...publicKey, -1], isLocal: local !== null };
  });

const VERSIONS: Readonly<Record<Ecosystem, fc.Arbitrary<Version>>> = { npm: semverVersion, PyPI: pep440Version };

interface Event {
  readonly kind: keyof OsvEvent;
  /** `null` is the `0` of introduced, or the `*` of limit. */
  readonly at: Version | null;
}

/** The installed version against a bound: without its local label, unless the bound has one. */
function compareWith(version: Version, at: Version): number {
  return compareKeys(at.isLocal ? version.key : version.publicKey, at.key);
}

/** https://ossf.github.io/osv-schema/#evaluation, on versions that have no two events. */
function isInRange(version: Version, events: readonly Event[]): boolean {
  const limits = events.filter(({ kind }) => kind === 'limit');
  const isBeforeLimits = limits.length === 0 || limits.some(({ at }) => at === null || compareWith(version, at) < 0);
  let vulnerable = false;
  const sorted = events
    .filter(({ kind }) => kind !== 'limit')
    .sort((a, b) => (a.at === null ? -1 : b.at === null ? 1 : compareKeys(a.at.key, b.at.key)));
  for (const { kind, at } of sorted) {
    const order = at === null ? 1 : compareWith(version, at);
    if (kind === 'introduced' && order >= 0) vulnerable = true;
    if (kind === 'fixed' && order >= 0) vulnerable = false;
    if (kind === 'last_affected' && order > 0) vulnerable = false;
  }
  return isBeforeLimits && vulnerable;
}

/** What fixby keeps of a bound: as in the version, with the label only where the bound has one. */
function eventsOf(ecosystem: Ecosystem): fc.Arbitrary<readonly Event[]> {
  const kind = fc.constantFrom<Event['kind']>('introduced', 'introduced', 'fixed', 'fixed', 'last_affected', 'limit');
  const at = VERSIONS[ecosystem].filter(({ isLocal }) => !isLocal);
  const bounds = fc.uniqueArray(fc.record({ kind, at }), {
    maxLength: 5,
    selector: ({ at: { key } }) => JSON.stringify(key),
  });
  return fc.tuple(bounds, fc.boolean()).map(([events, fromZero]): readonly Event[] => {
    const opens = fromZero || !events.some((event) => event.kind === 'introduced');
    return opens ? [...events, { kind: 'introduced', at: null }] : events;
  });
}

function written(events: readonly Event[], type: string) {
  return {
    type,
    events: events.map(({ kind, at }) => ({ [kind]: at === null ? (kind === 'limit' ? '*' : '0') : at.text })),
  };
}

/** What is worth asking about: a version of chance, every bound itself, and local builds of every bound. */
function candidates(ecosystem: Ecosystem, chance: Version, events: readonly Event[]): readonly Version[] {
  const bounds = events.flatMap(({ at }) => at ?? []);
  const builds = bounds.map(({ publicKey, text }) => ({
    key: [...publicKey.slice(0, -1), 0, 0, 'cpu'],
    text: `${text}+cpu`,
    publicKey,
    isLocal: true,
  }));
  return [chance, ...bounds, ...(ecosystem === 'PyPI' ? builds : [])];
}

/** Spellings of one name, and names that are others. */
const NAMES: Readonly<Record<Ecosystem, { readonly same: readonly string[]; readonly other: readonly string[] }>> = {
  npm: { same: ['left-pad'], other: ['Left-Pad', 'left_pad', '@a/left-pad'] },
  PyPI: { same: ['left-pad', 'Left_Pad', 'left.-_pad'], other: ['leftpad', 'left-pad2'] },
};

describe.each<Ecosystem>(['npm', 'PyPI'])('%s', (ecosystem) => {
  const { same, other } = NAMES[ecosystem];
  const oneBlock = fc.record({
    isOurs: fc.boolean(),
    spelling: fc.nat(),
    suffix: fc.boolean(),
    ranges: fc.array(fc.tuple(eventsOf(ecosystem), fc.constantFrom('SEMVER', 'ECOSYSTEM')), { maxLength: 2 }),
    versions: fc.array(VERSIONS[ecosystem], { maxLength: 2 }),
  });

  it('agrees with the oracle on any record of several blocks, packages, ranges and lists', () => {
    fc.assert(
      fc.property(fc.array(oneBlock, { maxLength: 4 }), VERSIONS[ecosystem], (blocks, chance) => {
        const record = blocks.map(({ isOurs, spelling, suffix, ranges, versions }) => {
          const names = isOurs ? same : other;
          return block(suffix ? `${ecosystem}:https://example.org` : ecosystem, names[spelling % names.length]!, {
            ranges: [
              ...ranges.map(([events, type]) => written(events, type)),
              { type: 'GIT', events: [{ introduced: '0' }] },
            ],
            versions: versions.map(({ text }) => text),
          });
        });
        const isAffected = (version: Version): boolean =>
          blocks.some(
            ({ isOurs, ranges, versions }) =>
              isOurs &&
              (ranges.some(([events]) => isInRange(version, events)) ||
                versions.some(({ key }) =>
                  [version.key, version.publicKey].some((own) => compareKeys(own, key) === 0),
                )),
          );
        const all = blocks.flatMap(({ ranges }) => ranges.flatMap(([events]) => events));
        for (const version of candidates(ecosystem, chance, all)) {
          const { affected, malformed } = affects(record, ecosystem, 'left-pad', version.text);
          expect([version.text, affected, malformed]).toEqual([version.text, isAffected(version), []]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never lets a bound it cannot read widen anything, and names it', () => {
    const garbage = fc.constantFrom('soon', '', '1..2', '=>1', '9'.repeat(300), '1.0 || 2.0', '*', '\u0000', '>=1', 'latest'); // prettier-ignore
    fc.assert(
      fc.property(
        fc.array(fc.tuple(eventsOf(ecosystem), fc.option(garbage), fc.constantFrom('introduced', 'fixed', 'last_affected')), { minLength: 1, maxLength: 3 }), // prettier-ignore
        VERSIONS[ecosystem],
        (ranges, version) => {
          const record = [
            block(ecosystem, 'left-pad', {
              ranges: ranges.map(([events, bad, kind]) => {
                const range = written(events, 'ECOSYSTEM');
                return bad === null ? range : { ...range, events: [...range.events, { [kind]: bad }] };
              }),
            }),
          ];
          const sound = ranges.filter(([, bad]) => bad === null);
          const found = affects(record, ecosystem, 'left-pad', version.text);
          expect(found.affected).toBe(sound.some(([events]) => isInRange(version, events)));
          expect(found.malformed).toHaveLength(ranges.length - sound.length);
          expect(hasUnreadableRange({ affected: record })).toBe(found.malformed.length > 0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
