/** Random years of a repository, held against a model that knows the truth: no accident moves a date. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerState } from '../../../src/core/reconcile/ledger-state.ts';
import { openFindings } from '../../../src/core/reconcile/ledger-state.ts';
import type { Observation, Sighting } from '../../../src/core/reconcile/observation.ts';
import { reconcile } from '../../../src/core/reconcile/reconcile.ts';
import { audited, createTestLedger, day, digest, failed, observed, sighting } from '../../support/observed.ts';
import { foldLedger } from '../../../src/core/reconcile/fold-ledger.ts';

const LEVELS = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
const FOLDERS = ['web', 'api'] as const;
const FLAWS = [0, 1, 2] as const;

/** What may happen to one flaw in one folder before a night. */
const flawChange = fc.record({
  /** Versions 1 and 2 are affected, 3 is fixed, 0 is "not installed"; absent keeps the one that is there. */
  version: fc.option(fc.constantFrom(0, 1, 2, 3), { freq: 2, nil: undefined }),
  /** Which of its three names the sources use from tonight on. */
  names: fc.option(fc.subarray([0, 1, 2], { minLength: 1 }), { nil: undefined }),
  level: fc.option(fc.constantFrom(...LEVELS), { nil: undefined }),
  /** The advisory source forgets it for this night. */
  forgotten: fc.boolean(),
});

const night = fc.record({
  changes: fc.tuple(
    ...FOLDERS.map(() => fc.tuple(...FLAWS.map(() => fc.option(flawChange, { freq: 3, nil: undefined })))),
  ),
  look: fc.tuple(...FOLDERS.map(() => fc.constantFrom('full', 'full', 'full', 'failed', 'unanswered'))),
  offline: fc.constantFrom(false, false, false, false, true),
  rename: fc.constantFrom(undefined, undefined, undefined, 0, 1),
});

type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;

/** The truth about one flaw in one folder, and what a ledger may know of it. */
interface Truth {
  version: number;
  names: readonly number[];
  /** Names by which the ledger has heard of it. */
  readonly recorded: Set<number>;
  level: (typeof LEVELS)[number];
  /** Night of its first sight; undefined while no occurrence is known. */
  first?: number;
  state: 'unseen' | 'open' | 'dormant' | 'ended';
  knownVersion?: number;
}

class World {
  readonly folders = FOLDERS.map(String);
  readonly truths = FOLDERS.map(() =>
    FLAWS.map((): Truth => ({ version: 0, names: [0], recorded: new Set(), level: 'high', state: 'unseen' })),
  );
  #renames = 0;

  /** Lets a night happen, and says what its run sees. */
  live(it: Night, at: number): Observation {
    const renamed = it.rename === undefined ? [] : [this.#rename(it.rename)];
    const sightings: Sighting[] = [];
    const audits = this.folders.map((path, folder) => {
      const look = it.look[folder];
      const packages: Record<string, string> = {};
      for (const [flaw, truth] of (this.truths[folder] ?? []).entries()) {
        const change = it.changes[folder]?.[flaw];
        truth.version = change?.version ?? truth.version;
        truth.names = renamedTo(change?.names ?? truth.names, truth.recorded);
        truth.level = change?.level ?? truth.level;
        if (truth.version > 0) packages[`package-${flaw}`] = `${truth.version}.0.0`;
        const isThere = (truth.version === 1 || truth.version === 2) && change?.forgotten !== true;
        if (look !== 'failed' && isThere) sightings.push(this.#see(path, flaw, truth, look === 'full'));
        if (look !== 'failed') this.#remember(truth, isThere, look === 'full' && !it.offline, at, it.offline);
      }
      return look === 'failed' ? failed(path) : audited(path, packages);
    });
    return observed(sightings, { audits, renamed, offline: it.offline });
  }

  #rename(folder: number): { readonly from: string; readonly to: string } {
    const from = this.folders[folder] ?? '';
    this.#renames += 1;
    const to = `renamed-${this.#renames}`;
    this.folders[folder] = to;
    return { from, to };
  }

  #see(path: string, flaw: number, { version, names, level }: Truth, answered: boolean): Sighting {
    const [first = '', ...others] = names.map((name) => `ID-${flaw}-${name}`);
    return sighting([first, ...others], {
      target: path,
      package: `package-${flaw}`,
      versions: [`${version}.0.0`],
      level,
      answered,
    });
  }

  /** The rules of docs/adr/0007, told once more from the side of the repository. */
  #remember(truth: Truth, isThere: boolean, inFull: boolean, at: number, offline: boolean): void {
    if (isThere) {
      const begins = truth.state === 'unseen' || (truth.state === 'ended' && inFull);
      if (begins) truth.first = at;
      if (begins || (truth.state === 'dormant' && inFull)) truth.state = 'open';
      if (begins || inFull) truth.knownVersion = truth.version;
      if (truth.state === 'open') for (const name of truth.names) truth.recorded.add(name);
    } else if (truth.state === 'open' && !offline) {
      truth.state = truth.version === truth.knownVersion ? 'dormant' : 'ended';
    }
  }

  /** `package in folder: night` of everything that is open. */
  expected(): readonly string[] {
    return this.truths
      .flatMap((flaws, folder) =>
        flaws.flatMap((truth, flaw) =>
          truth.state === 'open' ? [`package-${flaw} in ${this.folders[folder]}: ${day(truth.first ?? 0)}`] : [],
        ),
      )
      .sort();
  }
}

/** A flaw gets a new name by being called by both: nobody can know two names for one that were never seen together. */
function renamedTo(names: readonly number[], recorded: ReadonlySet<number>): readonly number[] {
  const [old] = recorded;
  return old === undefined || names.some((name) => recorded.has(name)) ? names : [...names, old];
}

function known(state: LedgerState): readonly string[] {
  return openFindings(state)
    .map(({ package: name, target, firstSeen }) => `${name} in ${target}: ${firstSeen.at}`)
    .sort();
}

function reversed(observation: Observation): Observation {
  const { discovery, audits, sightings, releases, exceptions } = observation;
  return {
    ...observation,
    discovery: { ...discovery, targets: [...discovery.targets].reverse(), setAside: [...discovery.setAside].reverse() },
    audits: [...audits].reverse(),
    sightings: [...sightings].reverse(),
    releases: [...releases].reverse(),
    exceptions: [...exceptions].reverse(),
  };
}

const year = fc.array(night, { minLength: 1, maxLength: 25 });

describe('any sequence of nights', () => {
  it('keeps the date of every occurrence', () => {
    fc.assert(
      fc.property(year, (nights) => {
        const world = new World();
        const ledger = createTestLedger();
        for (const [index, it] of nights.entries()) {
          ledger.record(world.live(it, index + 1), day(index + 1));
          expect(known(ledger.state())).toEqual(world.expected());
        }
      }),
      { numRuns: 150 },
    );
  });

  it('adds the same events in whatever order a run lists what it saw, and none the second time', () => {
    fc.assert(
      fc.property(year, (nights) => {
        const world = new World();
        const ledger = createTestLedger();
        for (const [index, it] of nights.entries()) {
          const observation = world.live(it, index + 1);
          expect(reconcile(ledger.state(), reversed(observation), digest)).toEqual(
            reconcile(ledger.state(), observation, digest),
          );
          ledger.record(observation, day(index + 1));
          expect(ledger.record({ ...observation, renamed: [] }, day(index + 1))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never moves a first sight to a later day, whatever is appended', () => {
    fc.assert(
      fc.property(year, (nights) => {
        const world = new World();
        const ledger = createTestLedger();
        for (const [index, it] of nights.entries()) ledger.record(world.live(it, index + 1), day(index + 1));
        const dates = new Map<string, string>();
        for (let length = 1; length <= ledger.events.length; length += 1) {
          for (const { id, firstSeen } of foldLedger(ledger.events.slice(0, length)).findings.values()) {
            expect(firstSeen.at <= (dates.get(id) ?? firstSeen.at)).toBe(true);
            dates.set(id, firstSeen.at);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
