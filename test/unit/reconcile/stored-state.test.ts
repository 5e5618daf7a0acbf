/** A state that was kept as JSON: the same as the events behind it, whatever follows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerBody } from '../../../src/core/model/ledger.ts';
import { dateEvents } from '../../../src/core/reconcile/date-events.ts';
import { foldKnown, foldLedger, foldOnto, type KnownEvent } from '../../../src/core/reconcile/fold-ledger.ts';
import type { LedgerState } from '../../../src/core/reconcile/ledger-state.ts';
import { STATE_FORM, readState, storeState } from '../../../src/core/reconcile/stored-state.ts';
import { factsOf } from '../../../src/core/reconcile/finding-facts.ts';
import { runEvent } from '../../../src/core/reconcile/run-event.ts';
import { makePolicy } from '../../support/judge-values.ts';
import { audited, day, digest, failed, observed, sighting } from '../../support/observed.ts';

const IDS = ['a', 'b', 'c'] as const;
const LEVELS = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
const CLOSINGS = ['upgraded', 'removed', 'withdrawn', 'no-longer-affected', 'target-removed'] as const;
const id = fc.constantFrom(...IDS);
const ids = fc.uniqueArray(fc.constantFrom('GHSA-a', 'CVE-1', 'PYSEC-2', 'MAL-3'), { minLength: 1 });
const level = fc.constantFrom(...LEVELS);
const facts = factsOf(sighting().finding);

const exception = fc.record({
  advisory: fc.constantFrom('GHSA-a', 'CVE-1'),
  reason: fc.constant('Not reached.'),
  owner: fc.constant('web'),
  approver: fc.constant('cto'),
  expires: fc.constantFrom('2026-04-01', '2026-05-01'),
});

const observation = observed([sighting()]);
const run = fc
  .constantFrom(audited('web'), audited('api', {}), failed('web'), {
    ...audited('web'),
    coverage: { packages: 2, audited: 1, skipped: [{ name: 'odd', reason: 'no version' }] },
  })
  .map((audit): LedgerBody => runEvent({ ...observation, audits: [audit] }));

const body: fc.Arbitrary<LedgerBody> = fc
  .oneof(
    run,
    fc
      .record({
        id,
        ids,
        severity: level,
        facts: fc.option(fc.constant(facts), { nil: undefined }),
        back: fc.option(id, { nil: undefined }),
        split: fc.option(id, { nil: undefined }),
        provisional: fc.option(fc.constant(true as const), { nil: undefined }),
      })
      .map(({ id: own, ids: known, severity, ...rest }) => {
        const place = {
          target: 'web',
          ecosystem: 'npm',
          package: 'left',
          advisory: 'GHSA-a',
          versions: ['1.0.0'],
        } as const;
        return { type: 'finding-opened' as const, finding: { id: own, ids: known, severity, ...place }, ...rest };
      }),
    fc.record({
      type: fc.constant('finding-changed' as const),
      id,
      ids: fc.option(ids, { nil: undefined }),
      severity: fc.option(level, { nil: undefined }),
      target: fc.option(fc.constantFrom('web', 'shop'), { nil: undefined }),
      facts: fc.option(fc.constant({ direct: false }), { nil: undefined }),
      settled: fc.option(fc.constant(true as const), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('finding-closed' as const), id, by: fc.constantFrom(...CLOSINGS) }),
    fc.record({ type: fc.constant('finding-closed' as const), id, by: fc.constant('merged' as const), into: id }),
    fc.record({ type: fc.constant('finding-reopened' as const), id }),
    fc.record({
      type: fc.constantFrom('exception-added' as const, 'exception-expired' as const, 'exception-removed' as const),
      exception,
    }),
    fc.constantFrom<LedgerBody>(
      { type: 'release-cut', tag: 'v1.0.0', version: '1.0.0', at: day(2), commit: 'c1' },
      { type: 'release-cut', tag: 'v1.1.0', version: '1.1.0', at: day(3), commit: 'c2' },
      {
        type: 'policy-changed',
        file: 'SECURITY.md',
        sha256: '00',
        text: 'T',
        policy: makePolicy({ kind: 'immediate' }),
      },
    ),
  )
  .map(plain);

/** As it would be read back. */
function plain(value: unknown): LedgerBody {
  return JSON.parse(JSON.stringify(value)) as LedgerBody;
}

const moments = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 25 });

function eventsAt(
  days: readonly number[],
  bodies: readonly LedgerBody[],
): readonly { seq: number; at: string; body: LedgerBody }[] {
  return bodies.slice(0, days.length).map((each, index) => ({ seq: index + 1, at: day(days[index] ?? 1), body: each }));
}

/** As a ledger that is read from event `from` on would date them. */
function knownFrom(events: ReturnType<typeof eventsAt>, from: number): readonly KnownEvent[] {
  const rest = events.slice(from);
  const dates = dateEvents(rest);
  return rest.map((event, index) => ({ ...event, known: dates[index] ?? event.at }));
}

const keep = (state: LedgerState): LedgerState | null => readState(JSON.parse(JSON.stringify(storeState(state))));

const history = fc
  .tuple(moments, fc.array(body, { minLength: 1, maxLength: 25 }))
  .map(([days, bodies]) => eventsAt(days, bodies));

describe('a kept state', () => {
  it('is the state that was kept', () => {
    fc.assert(
      fc.property(history, (events) => {
        expect(keep(foldLedger(events))).toStrictEqual(foldLedger(events));
      }),
    );
  });

  it('and the events after it say what all events say, or nothing', () => {
    let told = 0;
    const asked = fc.option(fc.integer({ min: 0, max: 13 }).map(day), { nil: undefined });
    fc.assert(
      fc.property(history, fc.nat(25), asked, (events, cut, instant) => {
        const from = Math.min(cut, events.length);
        const kept = keep(foldLedger(events.slice(0, from)))!;
        const state = foldOnto(kept, knownFrom(events, from), instant);
        if (state === null) return;
        told += 1;
        expect(state).toStrictEqual(foldKnown(knownFrom(events, 0), instant));
      }),
      { numRuns: 400 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it('always says something where no clock ran backwards and nobody asks for the past', () => {
    const inStep = history.map((events) =>
      eventsAt(
        events.map((_, index) => index + 1),
        events.map((each) => each.body),
      ),
    );
    fc.assert(
      fc.property(inStep, fc.nat(25), (events, cut) => {
        const kept = keep(foldLedger(events.slice(0, cut)))!;
        expect(foldOnto(kept, knownFrom(events, cut))).toStrictEqual(foldLedger(events));
      }),
    );
  });

  it('is not changed by what is added to it', () => {
    fc.assert(
      fc.property(history, history, (first, second) => {
        const kept = foldLedger(first);
        foldOnto(
          kept,
          knownFrom(second, 0).map((event) => ({ ...event, known: day(20) })),
        );
        expect(kept).toStrictEqual(foldLedger(first));
      }),
    );
  });
});

describe('what is no kept state', () => {
  const stored = storeState(foldLedger([])) as { readonly state: object };
  const changed = (change: object) => ({ ...stored, state: { ...stored.state, ...change } });
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'state'],
    ['an older form', { ...stored, form: STATE_FORM - 1 }],
    ['findings that are none', changed({ findings: [{ id: 'a' }] })],
    ['a number for a moment', changed({ began: 1 })],
  ])('%s', (_, value) => {
    expect(readState(value)).toBeNull();
  });
});

it('has another form whenever the same events add up to something else', () => {
  const random = fc.sample(history, { seed: 4, numRuns: 300 });
  const sum = digest(JSON.stringify(random.map((events) => storeState(foldLedger(events)))));
  // Not equal any more? Unless only the samples changed, raise STATE_FORM: no checkpoint of before may be believed then.
  expect([STATE_FORM, sum]).toEqual([1, '0a60d5336bd0ec9cec238bce0e5af3367665a95091012494031d2481c7cccfa9']);
});
