/** What becomes of a finding from night to night: one row for every accident that must not touch its dates. */
import { describe, expect, it } from 'vitest';
import type { LedgerBody } from '../../../src/core/model/ledger.ts';
import type { KnownFinding, LedgerState } from '../../../src/core/reconcile/ledger-state.ts';
import { openFindings } from '../../../src/core/reconcile/ledger-state.ts';
import type { Audit } from '../../../src/core/model/audit.ts';
import type { Observation } from '../../../src/core/reconcile/observation.ts';
import { reconcile, unexplained } from '../../../src/core/reconcile/reconcile.ts';
import { makeRelease } from '../../support/judge-values.ts';
import {
  aside,
  audited,
  createTestLedger,
  day,
  digest,
  failed,
  observed,
  sighting,
  target,
} from '../../support/observed.ts';
import type { TestLedger } from '../../support/observed.ts';

const FIRST = day(1);

/** The runs of successive nights, the first of March being the first. */
function nights(...runs: readonly Observation[]): {
  readonly ledger: TestLedger;
  readonly last: readonly LedgerBody[];
} {
  const ledger = createTestLedger();
  const appended = runs.map((run, index) => ledger.record(run, day(index + 1)));
  return { ledger, last: appended.at(-1) ?? [] };
}

function all(state: LedgerState): readonly KnownFinding[] {
  return [...state.findings.values()];
}

/** `first seen, how it ended` of everything the ledger knows. */
function fates(ledger: TestLedger): readonly string[] {
  return all(ledger.state()).map(({ firstSeen, closed }) => `${firstSeen.at.slice(8, 10)} ${closed?.by ?? 'open'}`);
}

const seen = observed([sighting()]);
const gone = (packages: Readonly<Record<string, string>>): Observation =>
  observed([], { audits: [audited('web', packages)] });

describe('the dates of a finding survive', () => {
  it.each<[string, readonly Observation[], readonly string[]]>([
    ['the same report twice', [seen, seen], ['01 open']],
    ['a crash of the tool', [seen, observed([], { audits: [failed()] }), seen], ['01 open']],
    [
      'a failure of its folder while another is audited',
      [seen, observed([], { audits: [failed(), audited('api', {})] }), seen],
      ['01 open'],
    ],
    ['a lock that was deleted', [seen, observed([], { audits: [failed()] }), seen], ['01 open']],
    ['an offline run that does not see it', [seen, { ...gone({ left: '2.0.0' }), offline: true }, seen], ['01 open']],
    [
      'an audit that answers for too few',
      [
        seen,
        observed([], { audits: [{ ...audited('web', {}), coverage: { packages: 2, audited: 1, skipped: [] } }] }),
        seen,
      ],
      ['01 open'],
    ],
    [
      'a package that could not be audited that night',
      [
        seen,
        observed([], {
          audits: [
            {
              ...audited('web', {}),
              coverage: { packages: 1, audited: 0, skipped: [{ name: 'left', reason: 'git' }] },
            },
          ],
        }),
        seen,
      ],
      ['01 open'],
    ],
    [
      'a run that does not ask its auditor',
      [seen, { ...observed([], { audits: [] }), discovery: seen.discovery }, seen],
      ['01 open'],
    ],
    [
      'a folder that could not be listed',
      [seen, observed([], { audits: [audited('api', {})], complete: false }), seen],
      ['01 open'],
    ],
    [
      'a folder that was excluded',
      [seen, observed([], { audits: [audited('api', {})], setAside: [aside('web', 'excluded')] }), seen],
      ['01 open'],
    ],
    ['an alias that is added', [seen, observed([sighting(['GHSA-a', 'CVE-1'])])], ['01 open']],
    [
      'a change of all its names, one at a time',
      [observed([sighting(['PYSEC-1'])]), observed([sighting(['GHSA-a', 'PYSEC-1'])]), seen],
      ['01 open'],
    ],
    [
      'a name it had long ago',
      [observed([sighting(['PYSEC-1', 'GHSA-a'])]), seen, observed([sighting(['PYSEC-1'])])],
      ['01 open'],
    ],
    ['a new score', [seen, observed([sighting(['GHSA-a'], { level: 'critical' })])], ['01 open']],
    [
      'a bump to a version that is affected too',
      [
        seen,
        observed([sighting(['GHSA-a'], { versions: ['1.1.0'] })], { audits: [audited('web', { left: '1.1.0' })] }),
      ],
      ['01 open'],
    ],
    [
      'a move of its folder',
      [
        seen,
        observed([sighting(['GHSA-a'], { target: 'site' })], {
          audits: [audited('site')],
          renamed: [{ from: 'web', to: 'site' }],
        }),
      ],
      ['01 open'],
    ],
    [
      'a move of its folder in a night that could not look',
      [
        seen,
        observed([], { audits: [failed('site')], renamed: [{ from: 'web', to: 'site' }] }),
        observed([sighting(['GHSA-a'], { target: 'site' })], { audits: [audited('site')] }),
      ],
      ['01 open'],
    ],
    [
      'a move of the folder above it',
      [
        observed([sighting(['GHSA-a'], { target: 'apps/web' })], { audits: [audited('apps/web')] }),
        observed([sighting(['GHSA-a'], { target: 'services/web' })], {
          audits: [audited('services/web')],
          renamed: [{ from: 'apps', to: 'services' }],
        }),
      ],
      ['01 open'],
    ],
    [
      'its folder joining a workspace',
      [
        seen,
        observed([sighting(['GHSA-a'], { target: '.' })], {
          audits: [audited('.')],
          setAside: [aside('web', 'workspace-member')],
        }),
      ],
      ['01 open'],
    ],
    [
      'an advisory source that forgets it for a night, the lock unchanged',
      [seen, gone({ left: '1.0.0' }), seen],
      ['01 open'],
    ],
    [
      'a withdrawal that is taken back',
      [seen, { ...gone({ left: '1.0.0' }), withdrawn: new Set([idOf(seen)]) }, seen],
      ['01 open'],
    ],
    [
      'a partial audit that does not see it',
      [
        seen,
        observed([], { audits: [failed()] }),
        observed([sighting(['GHSA-a'], { fromCompleteAudit: false })], { audits: [failed()] }),
      ],
      ['01 open'],
    ],
  ])('%s', (_, runs, expected) => {
    expect(fates(nights(...runs).ledger)).toEqual(expected);
  });
});

/** The ledger id of the one finding of a run that is the first. */
function idOf(run: Observation): string {
  return all(nights(run).ledger.state())[0]?.id ?? '';
}

describe('a finding ends', () => {
  const withdrawnNow = sighting(['GHSA-a'], {
    advisory: { ...sighting().finding.advisory, withdrawn: '2026-03-02T00:00:00.000Z' },
  });
  it.each<[string, Observation, string]>([
    ['by an upgrade', gone({ left: '1.0.1' }), 'upgraded'],
    ['when its package is removed', gone({ right: '1.0.0' }), 'removed'],
    ['when its folder is deleted', observed([], { audits: [audited('api', {})] }), 'target-removed'],
    ['when it is no longer affected', gone({ left: '1.0.0' }), 'no-longer-affected'],
    [
      'when its advisory is known to be withdrawn',
      { ...gone({ left: '1.0.0' }), withdrawn: new Set([idOf(seen)]) },
      'withdrawn',
    ],
    ['when its advisory says that it is withdrawn', observed([withdrawnNow]), 'withdrawn'],
    [
      'when its folder asks for no packages any more',
      observed([], { audits: [audited('api', {})], setAside: [aside('web', 'no-dependencies')] }),
      'removed',
    ],
    [
      'when its auditor finds that nothing is asked for',
      observed([], {
        audits: [
          { ...audited('web', {}), outcome: { status: 'not-applicable', reason: 'no-dependencies', message: '' } },
        ],
      }),
      'removed',
    ],
  ])('%s', (_, run, by) => {
    expect(fates(nights(seen, run).ledger)).toEqual([`01 ${by}`]);
  });

  it('does not end while one of two auditors could not look', () => {
    const run = observed([], { audits: [audited('web', {}), { ...failed(), auditor: 'other' }] });
    expect(fates(nights(seen, run).ledger)).toEqual(['01 open']);
  });

  const second = (audit: Audit): Audit => ({ ...audit, auditor: 'osv', secondOpinion: true });
  const seenByBoth = observed([sighting(['GHSA-a'], { seenBy: ['npm-audit', 'osv'] })]);
  it.each<[string, Observation, readonly Audit[], string]>([
    ['goes on while a second opinion that saw it cannot look', seenByBoth, [audited('web', { left: '2.0.0' }), second(failed())], 'open'], // prettier-ignore
    ['ends without a second opinion that never saw it', seen, [audited('web', { left: '2.0.0' }), second(failed())], 'upgraded'], // prettier-ignore
    ['ends when both looked', seenByBoth, [audited('web', { left: '2.0.0' }), second(audited('web', { left: '2.0.0' }))], 'upgraded'], // prettier-ignore
    ['goes on where another stands in for the only one that saw it', seen, [{ ...failed(), secondOpinion: true }, { ...audited('web', { left: '2.0.0' }), auditor: 'osv' }], 'open'], // prettier-ignore
  ])('%s', (_, first, audits, fate) => {
    expect(fates(nights(first, observed([], { audits })).ledger)).toEqual([`01 ${fate}`]);
  });

  it('is not begun by an advisory that is withdrawn already', () => {
    expect(fates(nights(observed([withdrawnNow])).ledger)).toEqual([]);
    expect(fates(nights(seen, observed([withdrawnNow]), observed([withdrawnNow])).ledger)).toEqual(['01 withdrawn']);
  });

  it('asks about the withdrawal of what nothing in the repository explains', () => {
    const { ledger } = nights(observed([sighting(), sighting(['GHSA-b'], { package: 'right' })]));
    const looked = gone({ left: '1.0.0', right: '2.0.0' });
    expect(unexplained(ledger.state(), looked).map((known) => known.package)).toEqual(['left']);
  });
});

describe('back again', () => {
  it.each<[string, Observation]>([
    ['after an upgrade', gone({ left: '2.0.0' })],
    ['after a removal', gone({})],
    ['after its folder was deleted', observed([], { audits: [audited('api', {})] })],
  ])('%s it is a new finding with a link to the old one', (_, away) => {
    const { ledger } = nights(seen, away, seen);
    const [old, again] = all(ledger.state());
    expect(fates(ledger)).toEqual([`01 ${old?.closed?.by}`, '03 open']);
    expect([again?.back, again?.id === old?.id]).toEqual([old?.id, false]);
  });

  it('keeps the link when its folder was renamed while it was away', () => {
    const renamed = observed([], { audits: [audited('site', {})], renamed: [{ from: 'web', to: 'site' }] });
    const returned = observed([sighting(['GHSA-a'], { target: 'site' })], { audits: [audited('site')] });
    const [old, again] = all(nights(seen, gone({}), renamed, returned).ledger.state());
    expect([again?.back, old?.target]).toEqual([old?.id, 'site']);
  });

  it.each<[string, Partial<Observation>, ReturnType<typeof sighting>]>([
    ['an offline run', { offline: true }, sighting()],
    ['a partial audit', {}, sighting(['GHSA-a'], { fromCompleteAudit: false })],
    ['a run whose advisories were not answered', {}, sighting(['GHSA-a'], { answered: false })],
  ])('is not begun by %s', (_, how, again) => {
    expect(fates(nights(seen, gone({}), { ...observed([again]), ...how }).ledger)).toEqual(['01 removed']);
    expect(fates(nights(seen, gone({ left: '1.0.0' }), { ...observed([again]), ...how }).ledger)).toEqual([
      '01 no-longer-affected',
    ]);
  });

  it('remembers for how long it was away though nothing had changed', () => {
    const [known] = all(nights(seen, gone({ left: '1.0.0' }), seen).ledger.state());
    expect(known?.absences).toEqual([{ from: day(2), to: day(3), by: 'no-longer-affected' }]);
  });
});

describe('findings that turn out to be one, or several', () => {
  const a = sighting(['GHSA-a']);
  const b = sighting(['PYSEC-b'], { level: 'critical' });
  const both = sighting(['GHSA-a', 'PYSEC-b']);

  it('go on as the one first seen, with the worse levels of both', () => {
    const { ledger, last } = nights(observed([b]), observed([a, b]), observed([both]));
    expect(fates(ledger)).toEqual(['01 open', '02 merged']);
    const [survivor, other] = all(ledger.state());
    expect(other?.closed?.into).toBe(survivor?.id);
    expect(survivor?.severityHistory).toEqual([
      { at: FIRST, level: 'critical' },
      { at: day(3), level: 'high' },
    ]);
    expect(last.map((body) => body.type)).toEqual(['finding-closed', 'finding-changed']);
  });

  it('take the earlier date when the later one survives by none', () => {
    const { ledger } = nights(observed([a]), observed([a, b]), observed([both]), observed([both]));
    expect(openFindings(ledger.state()).map(({ firstSeen, ids }) => [firstSeen.at, ids])).toEqual([
      [FIRST, ['GHSA-a', 'PYSEC-b']],
    ]);
  });

  it('keep the date of the whole when it is split', () => {
    const { ledger } = nights(observed([both]), observed([a, b]));
    expect(openFindings(ledger.state()).map(({ firstSeen, ids }) => [firstSeen.at, ids])).toEqual([
      [FIRST, ['GHSA-a']],
      [FIRST, ['PYSEC-b']],
    ]);
    expect(ledger.record(observed([b, a]), day(3))).toEqual([]);
  });

  it('change partners without losing a date', () => {
    const [one, two] = [sighting(['A', 'B']), sighting(['C', 'D'])];
    const [three, four] = [sighting(['A', 'C']), sighting(['B', 'D'])];
    const { ledger } = nights(observed([one]), observed([one, two]), observed([three, four]));
    expect(openFindings(ledger.state()).map(({ firstSeen }) => firstSeen.at)).toEqual([FIRST, FIRST]);
    expect(ledger.record(observed([four, three]), day(4))).toEqual([]);
  });
});

describe('severity over time', () => {
  const at = (level: 'critical' | 'high' | 'low' | 'unknown', answered = true): Observation =>
    observed([sighting(['GHSA-a'], { level, answered })]);
  const history = (ledger: TestLedger): readonly string[] =>
    all(ledger.state()).flatMap(({ severityHistory }) =>
      severityHistory.map((each) => `${each.at.slice(8, 10)} ${each.level}`),
    );

  it.each<[string, readonly Observation[], readonly string[]]>([
    ['up and down', [at('high'), at('critical'), at('critical'), at('low')], ['01 high', '02 critical', '04 low']],
    ['an outage of the advisory source', [at('critical'), at('unknown', false), at('critical')], ['01 critical']],
    ['a first sight during an outage', [at('unknown', false), at('unknown', false), at('critical')], ['01 critical']],
    ['a first sight nobody had scored', [at('unknown'), at('critical')], ['01 unknown', '02 critical']],
    ['a raise after an outage', [at('low', false), at('low'), at('high')], ['01 low', '03 high']],
  ])('%s', (_, runs, expected) => {
    expect(history(nights(...runs).ledger)).toEqual(expected);
  });
});

describe('what a run was judged by', () => {
  const exception = {
    advisory: 'GHSA-a',
    reason: 'not reachable',
    owner: 'ada',
    approver: 'grace',
    expires: '2026-03-02',
    line: 3,
  };
  const types = (bodies: readonly LedgerBody[]): readonly string[] => bodies.map((body) => body.type);

  it('is recorded once, and again when it changes', () => {
    const { ledger } = nights(observed([]));
    expect(types(ledger.events.map(({ body }) => body))).toEqual(['run-recorded', 'policy-changed']);
    expect(types(ledger.record(observed([], { releases: [makeRelease('1.0.0', day(1))] }), day(2)))).toEqual([
      'release-cut',
    ]);
    const tightened = { ...observed([]).policy, clock: 'published' as const };
    expect(types(ledger.record(observed([], { policy: tightened }), day(3)))).toEqual(['policy-changed']);
    expect(ledger.state().policy?.policy).toEqual(tightened);
  });

  it('follows a tag that was moved, and not one that was deleted', () => {
    const { ledger } = nights(observed([], { releases: [makeRelease('1.0.0', day(1))] }));
    expect(ledger.record(observed([]), day(2))).toEqual([]);
    const moved = { ...makeRelease('1.0.0', day(2)), commit: 'f'.repeat(40) };
    expect(types(ledger.record(observed([], { releases: [moved] }), day(3)))).toEqual(['release-cut']);
    expect([...ledger.state().releases.values()]).toEqual([moved]);
  });

  it.each([
    ['2026-03-02', ['exception-added']],
    ['2026-03-03', ['exception-added', 'exception-expired']],
  ])('holds an exception through its last day: on %s', (today, expected) => {
    const { ledger } = nights(observed([]));
    expect(types(ledger.record(observed([], { exceptions: [exception], today }), day(2)))).toEqual(expected);
    expect(ledger.record(observed([], { exceptions: [{ ...exception, line: 9 }], today }), day(3))).toEqual([]);
  });

  it('tells a renewed exception from the old one', () => {
    const { ledger } = nights(observed([], { exceptions: [exception] }));
    const renewed = { ...exception, expires: '2026-04-02' };
    expect(types(ledger.record(observed([], { exceptions: [renewed] }), day(2)))).toEqual([
      'exception-removed',
      'exception-added',
    ]);
    expect(ledger.state().exceptions.map((each) => [each.exception.expires, each.removed?.at])).toEqual([
      ['2026-03-02', day(2)],
      ['2026-04-02', undefined],
    ]);
  });
});

describe('reconcile', () => {
  it('says of a run where it looked and what stood in the way', () => {
    const problem = { target: 'web', code: 'c', message: 'm', mend: 'n', blocks: true };
    const run = observed([], {
      audits: [{ ...failed(), problems: [problem] }],
      setAside: [aside('lib', 'workspace-member')],
    });
    const [body] = reconcile(createTestLedger().state(), run, digest);
    expect(body).toMatchObject({
      type: 'run-recorded',
      problems: [problem],
      targets: [
        { path: 'lib', auditor: 'none', outcome: 'not-applicable', setAside: ['lib/package.json'] },
        { path: 'web', auditor: 'npm-audit', outcome: 'unavailable', reason: 'tool-failed', mend: 'Run it again.' },
      ],
    });
  });

  it('knows when a place was last audited in full', () => {
    const { ledger } = nights(seen, observed([], { audits: [failed()] }));
    expect([...ledger.state().looks]).toEqual([['npm:web', { at: FIRST, passedOver: new Map() }]]);
  });

  it('tells two findings apart that began as the same', () => {
    const copied = observed([sighting(), sighting(['GHSA-a'], { target: 'site' })], {
      audits: [audited(), audited('site')],
    });
    const moved = observed([sighting(['GHSA-a'], { target: 'site' })], {
      audits: [audited('site')],
      renamed: [{ from: 'web', to: 'site' }],
    });
    const { ledger } = nights(seen, moved, copied);
    const ids = openFindings(ledger.state()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(fates(ledger)).toEqual(['01 open', '03 open']);
  });

  it('leaves a folder alone that was copied', () => {
    const copied = observed([sighting(), sighting(['GHSA-a'], { target: 'site' })], {
      audits: [audited(), audited('site')],
      renamed: [{ from: 'web', to: 'site' }],
    });
    expect(openFindings(nights(seen, copied).ledger.state()).map((each) => [each.target, each.firstSeen.at])).toEqual([
      ['web', FIRST],
      ['site', day(2)],
    ]);
  });

  it('follows two folders that change places', () => {
    const [left, right] = [sighting(), sighting(['GHSA-b'], { target: 'api' })];
    const swapped = observed([sighting(['GHSA-a'], { target: 'api' }), sighting(['GHSA-b'])], {
      audits: [audited(), audited('api')],
      renamed: [
        { from: 'web', to: 'api' },
        { from: 'api', to: 'web' },
      ],
    });
    const { ledger } = nights(observed([left, right], { audits: [audited(), audited('api')] }), swapped);
    expect(all(ledger.state()).map((each) => [each.ids[0], each.target, each.firstSeen.at, each.closed])).toEqual([
      ['GHSA-b', 'web', FIRST, undefined],
      ['GHSA-a', 'api', FIRST, undefined],
    ]);
  });

  it('never joins flaws of different packages, targets or ecosystems', () => {
    const elsewhere = [
      sighting(['GHSA-a'], { package: 'right' }),
      sighting(['GHSA-a'], { target: 'api' }),
      sighting(['GHSA-a'], { ecosystem: 'PyPI' }),
    ];
    const audits = [audited('web', { left: '1.0.0', right: '1.0.0' }), audited('api')];
    const { ledger } = nights(
      seen,
      observed([sighting(), ...elsewhere], {
        audits,
        discovery: {
          complete: true,
          targets: [target(), target('api'), { ...target(), ecosystem: 'PyPI' }],
          setAside: [],
        },
      }),
    );
    expect(fates(ledger)).toEqual(['01 open', '02 open', '02 open', '02 open']);
  });
});
