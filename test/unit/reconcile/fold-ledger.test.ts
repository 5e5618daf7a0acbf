/** What a ledger says once its events are added up: at any moment, whatever its clocks and whoever wrote into it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerBody } from '../../../src/core/model/ledger.ts';
import { carriedFindings, describeCarried } from '../../../src/core/reconcile/carried-findings.ts';
import { clockProblems } from '../../../src/core/reconcile/clock-problems.ts';
import { dateEvents } from '../../../src/core/reconcile/date-events.ts';
import { dateFindings } from '../../../src/core/reconcile/date-findings.ts';
import { foldKnown, foldLedger, stateAsOf } from '../../../src/core/reconcile/fold-ledger.ts';
import { openFindings } from '../../../src/core/reconcile/ledger-state.ts';
import { sameFacts } from '../../../src/core/reconcile/same-facts.ts';
import { worseOf } from '../../../src/core/reconcile/severity-history.ts';
import { audited, createTestLedger, day, failed, observed, sighting } from '../../support/observed.ts';
import type { TestEvent } from '../../support/observed.ts';

const seen = observed([sighting()]);
const upgraded = observed([], { audits: [audited('web', { left: '2.0.0' })] });

function opening(id: string, over: Partial<Extract<LedgerBody, { type: 'finding-opened' }>> = {}): LedgerBody {
  return {
    type: 'finding-opened',
    finding: {
      id,
      target: 'web',
      ecosystem: 'npm',
      package: 'left',
      ids: ['GHSA-a'],
      advisory: 'GHSA-a',
      versions: ['1.0.0'],
      severity: 'high',
    },
    ...over,
  };
}

function events(...bodies: readonly (readonly [at: string, body: LedgerBody])[]): readonly TestEvent[] {
  return bodies.map(([at, body], index) => ({ seq: index + 1, at, body }));
}

describe('the state as of a moment', () => {
  const ledger = createTestLedger();
  ledger.record(seen, day(1));
  ledger.record(upgraded, day(3));

  it.each([
    [day(0), 0, 0],
    [day(1), 1, 1],
    [day(2), 1, 1],
    [day(3), 0, 1],
    [day(9), 0, 1],
  ])('on %s there are %i open of %i known', (at, open, known) => {
    const state = stateAsOf(ledger.events, at);
    expect([openFindings(state).length, state.findings.size]).toEqual([open, known]);
  });

  it('needs the events only as they come, and takes them all', () => {
    let taken = 0;
    const dated = function* (): Generator<TestEvent & { readonly known: string }> {
      for (const event of ledger.events) {
        taken += 1;
        yield { ...event, known: event.at };
      }
    };
    expect(foldKnown(dated(), day(2))).toEqual(stateAsOf(ledger.events, day(2)));
    expect(taken).toBe(ledger.events.length);
  });

  it('is what the events up to then add up to, whatever came later', () => {
    const ats = fc
      .array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 })
      .map((days) => [...days].sort((a, b) => a - b));
    fc.assert(
      fc.property(ats, fc.integer({ min: 0, max: 10 }), (days, asked) => {
        const all = events(...days.map((at, index) => [day(at), opening(`f${index}`)] as const));
        const then = all.filter(({ at }) => at <= day(asked));
        expect(stateAsOf(all, day(asked))).toEqual(foldLedger(then));
      }),
    );
  });
});

describe('clocks that disagree', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['in step', [1, 2, 2, 3], [1, 2, 2, 3]],
    ['one run from the future', [1, 9, 2, 3], [1, 2, 2, 3]],
    ['one run from the past', [3, 4, 1, 5], [1, 1, 1, 5]],
    ['the last run from the future', [1, 2, 9], [1, 2, 9]],
  ])('%s: the earlier evidence counts', (_, days, expected) => {
    expect(dateEvents(days.map((at) => ({ at: day(at) })))).toEqual(expected.map(day));
  });

  it('never lets a date fall, whatever the dates are', () => {
    const at = fc.oneof(
      fc.constantFrom('', 'soon', '2026-03-01', '0000-00-00T00:00:00.000Z'),
      fc.integer({ min: 1, max: 30 }).map(day),
    );
    fc.assert(
      fc.property(fc.array(at), (ats) => {
        const dates = dateEvents(ats.map((each) => ({ at: each })));
        expect(dates).toEqual([...dates].sort());
      }),
    );
  });

  it('says which events are dated wrong', () => {
    const state = foldLedger(events([day(9), opening('a')], [day(2), opening('b')]));
    expect([state.misdated, state.findings.get('a')?.firstSeen.at]).toEqual([[1], day(2)]);
    expect(clockProblems(state, day(3)).map(({ code, blocks }) => [code, blocks])).toEqual([
      ['ledger-misdated', false],
    ]);
  });

  it.each([
    [day(1), [['clock-before-ledger', true]]],
    [day(3), [['clock-behind-ledger', false]]],
    [day(4), []],
  ])('a run at %s is told so', (now, expected) => {
    const state = foldLedger(events([day(2), opening('a')], [day(4), opening('b')]));
    expect(clockProblems(state, now).map(({ code, blocks }) => [code, blocks])).toEqual(expected);
  });
});

describe('events that say nothing', () => {
  it.each<[string, readonly LedgerBody[]]>([
    ['a change of what was never opened', [{ type: 'finding-changed', id: 'x', severity: 'low' }]],
    ['an end of what was never opened', [{ type: 'finding-closed', id: 'x', by: 'removed' }]],
    ['a return of what was never opened', [{ type: 'finding-reopened', id: 'x' }]],
    ['a merger into nothing', [{ type: 'finding-closed', id: 'x', by: 'merged', into: 'y' }]],
  ])('%s', (_, bodies) => {
    expect(foldLedger(events(...bodies.map((body) => [day(1), body] as const))).findings.size).toBe(0);
  });

  it('neither a second opening nor a second end moves a date', () => {
    const state = foldLedger(
      events(
        [day(1), opening('a')],
        [day(2), opening('a')],
        [day(3), { type: 'finding-closed', id: 'a', by: 'removed' }],
        [day(4), { type: 'finding-closed', id: 'a', by: 'upgraded' }],
        [day(5), { type: 'finding-reopened', id: 'b' }],
      ),
    );
    expect(state.findings.get('a')).toMatchObject({
      firstSeen: { at: day(1), event: 1 },
      closed: { at: day(3), by: 'removed' },
    });
  });

  it('a chain of occurrences that leads back to itself is none', () => {
    const state = foldLedger(events([day(1), opening('a', { back: 'a' })], [day(1), opening('b', { back: 'c' })]));
    expect([...state.findings.values()].map(({ back }) => back)).toEqual([undefined, undefined]);
  });

  it('keeps keys of an object for what they are', () => {
    const state = foldLedger(events([day(1), opening('__proto__')], [day(2), opening('constructor')]));
    expect([...state.findings.keys()]).toEqual(['__proto__', 'constructor']);
  });
});

describe('the dates of a run', () => {
  const ledger = createTestLedger();
  ledger.record(observed([sighting(['GHSA-a'], { level: 'low' })]), day(1));
  ledger.record(observed([sighting(['GHSA-a'], { level: 'high' })]), day(2));
  const dates = (run: typeof seen): unknown =>
    dateFindings(
      ledger.state(),
      run.sightings.map(({ finding }) => finding),
      run,
      day(5),
    ).map(({ timeline, severityHistory, ledgerId, back }) => ({
      seen: timeline.firstSeen,
      severityHistory,
      ledgerId,
      back,
    }));

  it('are those of the ledger, with the event that says so', () => {
    const [known] = openFindings(ledger.state());
    expect(dates(observed([sighting(['GHSA-a'], { level: 'critical' })]))).toEqual([
      {
        seen: { at: day(1), source: 'ledger event 3' },
        severityHistory: [
          { at: day(1), level: 'low' },
          { at: day(2), level: 'high' },
          { at: day(5), level: 'critical' },
        ],
        ledgerId: known?.id,
        back: undefined,
      },
    ]);
  });

  it('begin now for what is new', () => {
    expect(dates(observed([sighting(['GHSA-b'])]))).toEqual([
      { seen: { at: day(5), source: 'this run' }, severityHistory: [{ at: day(5), level: 'high' }] },
    ]);
  });

  it('begin now for what is back, with a link', () => {
    ledger.record(upgraded, day(3));
    const [old] = ledger.state().findings.values();
    expect(dates(seen)).toMatchObject([
      {
        seen: { at: day(5) },
        back: { ledgerId: old?.id, firstSeenAt: day(1), closedAt: day(3), closedBy: 'upgraded' },
      },
    ]);
  });
});

/** A look in full at everything but one package. */
function passing(name: string): ReturnType<typeof audited> {
  return { ...audited(), coverage: { packages: 1, audited: 0, skipped: [{ name, reason: 'not-on-the-registry' }] } };
}

describe('what is carried from before', () => {
  const ledger = createTestLedger();
  ledger.record(
    observed([sighting(), sighting(['GHSA-b'], { target: 'api' })], { audits: [audited(), audited('api')] }),
    day(1),
  );

  it('is what nobody could look for', () => {
    const run = observed([], { audits: [failed(), audited('api', {})] });
    const carried = carriedFindings(ledger.state(), run);
    expect(carried.map(({ target, timeline, advisory }) => [target, timeline.firstSeen?.at, advisory.id])).toEqual([
      ['web', day(1), 'GHSA-a'],
    ]);
    expect(describeCarried(carried)).toEqual([
      {
        target: 'web',
        code: 'finding-carried',
        message: '1 finding is shown as last seen on 2026-03-01: this run could not look for it.',
        mend: 'What is shown from memory ends once an audit looks here in full and does not find it.',
        blocks: false,
      },
    ]);
  });

  it.each<[string, ReturnType<typeof audited>, number]>([
    ['a full look', audited(), 4],
    ['no look', failed(), 1],
    ['a look at half of it', { ...audited(), coverage: { packages: 2, audited: 1, skipped: [] } }, 1],
    ['one that passed the package over', passing('left'), 1],
    ['one that passed over another', passing('right'), 4],
  ])('was last seen by the last run that would have noticed its end: %s', (_, audit, expected) => {
    const nightly = createTestLedger();
    nightly.record(observed([sighting()]), day(1));
    nightly.record(observed([sighting()], { audits: [audit] }), day(4));
    nightly.record(observed([], { audits: [failed()] }), day(6));
    const [carried] = carriedFindings(nightly.state(), observed([], { audits: [failed()] }));
    expect(carried?.lastSeen).toBe(day(expected));
  });

  it('was last seen where it was before its folder moved', () => {
    const moving = createTestLedger();
    const renamed = [{ from: 'web', to: 'site' }];
    moving.record(observed([sighting()]), day(1));
    moving.record(observed([], { audits: [failed('site')], renamed }), day(3));
    const [carried] = carriedFindings(moving.state(), observed([], { audits: [failed('site')] }));
    expect([carried?.target, carried?.lastSeen]).toEqual(['site', day(1)]);
  });

  it('is nothing where everybody looked', () => {
    expect(carriedFindings(ledger.state(), observed([], { audits: [audited('web', {}), audited('api', {})] }))).toEqual(
      [],
    );
  });

  it('moves with its folder', () => {
    const run = observed([], { audits: [failed('site'), audited('api', {})], renamed: [{ from: 'web', to: 'site' }] });
    expect(carriedFindings(ledger.state(), run).map(({ target, key }) => [target, key])).toEqual([
      ['site', 'npm:site:left:GHSA-a'],
    ]);
  });
});

describe('small parts', () => {
  it.each([
    [{ a: 1, b: undefined }, { a: 1 }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [[1, 2], [2, 1], false],
    [[], {}, false],
    [{ a: undefined }, { b: undefined }, true],
    [{ a: [{ b: null }] }, { a: [{ b: null }] }, true],
    [null, {}, false],
    ['1', 1, false],
  ])('%j and %j say the same: %s', (a, b, expected) => {
    expect([sameFacts(a, b), sameFacts(b, a)]).toEqual([expected, expected]);
  });

  it('the worse of two histories is that of the worse at every moment', () => {
    const level = fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown');
    const history = fc
      .array(fc.record({ at: fc.integer({ min: 1, max: 9 }).map(day), level }), { maxLength: 6 })
      .map((changes) =>
        [...new Map(changes.map((change) => [change.at, change])).values()].sort((a, b) => (a.at < b.at ? -1 : 1)),
      );
    const rank = ['critical', 'high', 'medium', 'low', 'unknown', undefined];
    fc.assert(
      fc.property(history, history, (a, b) => {
        const worse = worseOf(a, b);
        for (let n = 1; n < 10; n += 1) {
          const at = (changes: typeof a): number =>
            rank.indexOf(changes.findLast((change) => change.at <= day(n))?.level);
          expect(rank.indexOf(worse.findLast((change) => change.at <= day(n))?.level)).toBe(Math.min(at(a), at(b)));
        }
        expect(worse.every((change, index) => change.level !== worse[index - 1]?.level)).toBe(true);
      }),
    );
  });
});
