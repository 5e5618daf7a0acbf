/**
 * The replay table: everything that happens to a repository, its advisories and its runs, one row each, through the real
 * pipeline with real git and a real ledger. No row may move a clock that it should not.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OsvRecord } from '../../src/core/model/advisory.ts';
import type { LedgerBody } from '../../src/core/model/ledger.ts';
import type { ReportFinding, ReportView } from '../../src/core/model/report.ts';
import { jsonFormat } from '../../src/core/report/json.ts';
import { makeNights, standings } from '../support/nights.ts';
import type { Nights, Outside } from '../support/nights.ts';
import { osvRecord, ranged } from '../support/osv.ts';
import { npmProject } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

/** Two days for critical, seven for high, thirty for medium, ninety for low. */
const POLICY = policy(['2 days', '7 days', '30 days', '90 days']);

function policy([critical = '', high = '', medium = '', low = '']: readonly string[]): FileTree {
  const rows = [`Critical: ${critical}`, `High: ${high}`, `Medium: ${medium}`, `Low: ${low}`].map((row) => `- ${row}`);
  return { 'SECURITY.md': `# Security\n\n## Update policy\n\n${rows.join('\n')}\n` };
}

function configured(settings: string): FileTree {
  return { '.fixby/config.yaml': `version: 1\npolicy:\n  ${settings}\n` };
}

const GHSA = 'GHSA-2222-3333-4444';
const CVE = 'CVE-2026-1000';

/** High, published at noon of 10 March; fixed by 2.0.0, which was released at noon of 12 March. */
function flaw(level = 'HIGH', over: Partial<OsvRecord> = {}): OsvRecord {
  const range = ranged('npm', 'left', [
    ['introduced', '0'],
    ['fixed', '2.0.0'],
  ]);
  const facts = { published: '2026-03-10T12:00:00Z', database_specific: { severity: level }, ...over };
  return osvRecord(GHSA, [range], facts);
}

const RELEASED = { left: { '1.0.0': '2020-01-01T00:00:00.000Z', '2.0.0': '2026-03-12T12:00:00.000Z' } };
const KNOWN: Partial<Outside> = { records: [flaw()], published: RELEASED };

/** Two in the morning, when nothing else is going on. */
const on = (day: string): string => `2026-${day}T02:00:00.000Z`;

const left = (version: string, folder = '.'): FileTree => npmProject({ left: version, right: '1.0.0' }, folder);

/** A repository that has had `left` 1.0.0 since New Year. */
function withLeft(files: FileTree = left('1.0.0')): Nights {
  return makeNights({ ...POLICY, ...files }, '2026-01-01T00:00:00Z');
}

/** What a ledger holds beside the runs, in short. */
const briefly = (events: readonly LedgerBody[]): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === 'run-recorded' || event.type === 'policy-changed') return [];
    return [event.type === 'finding-closed' ? `closed ${event.by}` : event.type.replace('finding-', '')];
  });

const only = ({ findings }: ReportView): ReportFinding => {
  const [finding] = findings;
  if (finding === undefined || findings.length > 1) throw new Error(`${findings.length} findings`);
  return finding;
};

const firstSeen = (view: ReportView): string | undefined => only(view).timeline.firstSeen;

describe('what happens to a run', () => {
  it('the same report twice: nothing new is recorded but that a run took place', async () => {
    const { night, events } = withLeft();
    const [first, second] = [await night(on('03-15'), KNOWN), await night(on('03-16'))];
    expect([standings(first), standings(second)]).toEqual([['due 03-19'], ['due 03-19']]);
    expect([firstSeen(first), firstSeen(second)]).toEqual([on('03-15'), on('03-15')]);
    expect((await events()).map(({ type }) => type)).toEqual([
      ...['run-recorded', 'policy-changed', 'finding-opened', 'run-recorded'],
    ]);
  });

  it('the tool crashes: what is known goes on, is shown as last seen, and breaks the policy beside the outage', async () => {
    const { night, events } = withLeft();
    await night(on('03-15'), KNOWN);
    const dark = await night(on('03-22'), { crashes: ['.'] });
    expect(dark).toMatchObject({
      verdict: 'fail',
      broken: [expect.stringMatching(/^left@1\.0\.0 .* overdue by 2 days, last seen on 2026-03-15\.$/)],
      open: [expect.stringContaining('could not be checked')],
      sentence: expect.stringMatching(
        /1 finding is overdue by 2 days; and the root folder could not be checked/,
      ) as string,
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'finding-carried', blocks: false }),
      ]) as unknown,
    });
    expect(standings(dark)).toEqual(['overdue 2 (seen 03-15)']);
    const after = await night(on('03-23'), { crashes: [] });
    expect([standings(after), firstSeen(after)]).toEqual([['overdue 3'], on('03-15')]);
    expect(briefly(await events())).toEqual(['opened']);
  });

  it.each([
    ['counts what is known', {}, ['fail', true, true]],
    ['leaves it out where only new findings count', { since: 'HEAD' }, ['inconclusive', false, false]],
  ])('the tool crashes in a gate: it %s', async (_, over, expected) => {
    const { night, events } = withLeft();
    await night(on('03-15'), KNOWN);
    const before = await events();
    const gate = { command: 'gate', rule: { kind: 'gate', failOn: 'overdue' }, remembers: false } as const;
    const dark = await night(on('03-22'), { crashes: ['.'] }, { ...gate, ...over });
    expect([dark.verdict, only(dark).counts, only(dark).breaks]).toEqual(expected);
    expect(standings(dark)).toEqual(['overdue 2 (seen 03-15)']);
    expect(await events()).toEqual(before);
  });

  it('the tool crashes before anything is overdue: nobody can say', async () => {
    const { night } = withLeft();
    await night(on('03-15'), KNOWN);
    const dark = await night(on('03-16'), { crashes: ['.'] });
    expect([dark.verdict, standings(dark)]).toEqual(['inconclusive', ['due 03-19 (seen 03-15)']]);
  });

  it('one of two folders fails: it closes nothing there, and everything here', async () => {
    const { night, commit, events } = withLeft({ ...left('1.0.0', 'web'), ...left('1.0.0', 'api') });
    await night(on('03-15'), KNOWN);
    commit('Fix both', on('03-16'), { ...left('2.0.0', 'web'), ...left('2.0.0', 'api') });
    const half = await night(on('03-20'), { crashes: ['web'] });
    expect(half.findings.map(({ target }) => target)).toEqual(['web']);
    expect([standings(half), half.verdict]).toEqual([['overdue 0 (seen 03-15)'], 'fail']);
    const whole = await night(on('03-21'), { crashes: [] });
    expect([whole.findings, whole.verdict]).toEqual([[], 'pass']);
    expect(briefly(await events())).toEqual(['opened', 'opened', 'closed upgraded', 'closed upgraded']);
  });

  it('a clock behind: the earlier date counts, and it is said', async () => {
    const { night } = withLeft();
    await night(on('03-14'));
    await night(on('03-20'), KNOWN);
    const early = await night(on('03-17'));
    expect(early.problems.map(({ code }) => code)).toContain('clock-behind-ledger');
    const after = await night(on('03-21'));
    expect(firstSeen(after)).toBe(on('03-17'));
    expect(after.problems.map(({ code }) => code)).toContain('ledger-misdated');
  });

  it('a clock before all clocks: inconclusive, and nothing is recorded', async () => {
    const { night, events } = withLeft();
    await night(on('03-15'), KNOWN);
    const before = (await events()).length;
    const absurd = await night('2020-01-01T00:00:00.000Z');
    expect([absurd.verdict, absurd.problems.filter(({ blocks }) => blocks).map(({ code }) => code)]).toEqual([
      'inconclusive',
      ['clock-before-ledger'],
    ]);
    expect((await events()).length).toBe(before);
  });

  it('a late import of an old report: seen today, counted from its own dates', async () => {
    const late = await withLeft().night(on('05-01'), KNOWN);
    expect([standings(late), firstSeen(late)]).toEqual([['overdue 42'], on('05-01')]);
  });
});

describe('what happens to the repository', () => {
  it('a folder is deleted: its findings end', async () => {
    const { night, events, git, commit } = withLeft({ ...left('1.0.0', 'web'), ...left('2.0.0', 'api') });
    await night(on('03-15'), KNOWN);
    git(['rm', '-rq', 'web']);
    commit('Drop web', on('03-20'));
    expect((await night(on('03-21'))).findings).toEqual([]);
    expect(briefly(await events())).toEqual(['opened', 'closed target-removed']);
  });

  it('a folder moves: the same finding, with its dates', async () => {
    const { night, events, git, commit } = withLeft(left('1.0.0', 'web'));
    const before = await night(on('03-15'), KNOWN);
    git(['mv', 'web', 'site']);
    commit('Move', on('03-16'));
    const after = await night(on('03-17'));
    expect([only(after).target, standings(after), firstSeen(after)]).toEqual(['site', ['due 03-19'], on('03-15')]);
    expect(only(after).timeline.introduced).toBe(only(before).timeline.introduced);
    expect(briefly(await events())).toEqual(['opened', 'changed', 'changed']);
  });

  it('the lock is deleted: that hides nothing', async () => {
    const { night, commit, dir } = withLeft();
    await night(on('03-15'), KNOWN);
    rmSync(join(dir, 'package-lock.json'));
    commit('Hide', on('03-16'));
    const hidden = await night(on('03-20'));
    expect([hidden.verdict, standings(hidden)]).toEqual(['fail', ['overdue 0 (seen 03-15)']]);
  });

  it('a bump to a version that is affected too: the same finding', async () => {
    const { night, events, commit } = withLeft();
    await night(on('03-15'), KNOWN);
    commit('Bump', on('03-16'), left('1.5.0'));
    const after = await night(on('03-20'));
    expect([only(after).versions, standings(after), firstSeen(after)]).toEqual([['1.5.0'], ['overdue 0'], on('03-15')]);
    expect(only(after).timeline.introduced).toBe('2026-01-01T00:00:00.000Z');
    expect(briefly(await events())).toEqual(['opened', 'changed']);
  });

  it('an upgrade that is taken back: a new occurrence, linked to the old', async () => {
    const { night, commit } = withLeft();
    await night(on('03-15'), KNOWN);
    commit('Fix', '2026-03-16T00:00:00Z', left('2.0.0'));
    await night(on('03-16'));
    commit('Revert', '2026-04-01T00:00:00Z', left('1.0.0'));
    const back = await night(on('04-02'));
    expect([standings(back), firstSeen(back)]).toEqual([['due 04-08'], on('04-02')]);
    expect(only(back).back).toMatchObject({ firstSeenAt: on('03-15'), closedAt: on('03-16'), closedBy: 'upgraded' });
  });

  it('a tag is cut with a medium open: a breach of that tag, whether or not anyone looked that day', async () => {
    const nights = withLeft({ ...left('1.0.0'), ...policy(['2 days', '7 days', 'next release', '90 days']) });
    const before = await nights.night(on('03-15'), { ...KNOWN, records: [flaw('MODERATE')] });
    nights.git(['tag', '-a', '-m', 'v1.0.0', 'v1.0.0'], '2026-03-20T09:00:00Z');
    nights.commit('Go on', on('03-22'));
    const after = await nights.night(on('03-25'));
    expect([standings(before), standings(after), only(after).carriedBy]).toEqual([
      ['next-release'],
      ['overdue 4'],
      ['v1.0.0'],
    ]);
  });

  it('a tag is cut on a night without audits: it is read from git all the same', async () => {
    const nights = withLeft({ ...left('1.0.0'), ...policy(['2 days', '7 days', 'next release', '90 days']) });
    await nights.night(on('03-15'), { ...KNOWN, records: [flaw('MODERATE')] });
    nights.git(['tag', '-a', '-m', 'v1.0.0', 'v1.0.0'], '2026-03-20T09:00:00Z');
    const dark = await nights.night(on('03-25'), { crashes: ['.'] });
    expect([dark.verdict, standings(dark)]).toEqual(['fail', ['overdue 4 (seen 03-15)']]);
  });

  it.each<[string, (nights: Nights) => unknown]>([
    ['is deleted', ({ git }) => git(['tag', '-d', 'v1.0.0'])],
    [
      'is cut again on an earlier day',
      ({ git }) => git(['tag', '-f', '-a', '-m', 'x', 'v1.0.0'], '2020-01-01T09:00:00Z'),
    ],
    ['is cut again on a later day', ({ git }) => git(['tag', '-f', '-a', '-m', 'x', 'v1.0.0'], '2026-03-27T09:00:00Z')],
    [
      'is moved to a commit without it',
      ({ git, commit }) => {
        commit('Fix', on('03-26'), left('2.0.0'));
        git(['tag', '-f', '-a', '-m', 'x', 'v1.0.0'], '2026-03-26T09:00:00Z');
        commit('Revert', '2026-03-26T10:00:00Z', left('1.0.0'));
      },
    ],
  ])('a tag that carried it %s: it was cut all the same, night after night', async (_, rewrite) => {
    const nights = withLeft({ ...left('1.0.0'), ...policy(['2 days', '7 days', 'next release', '90 days']) });
    await nights.night(on('03-15'), { ...KNOWN, records: [flaw('MODERATE')] });
    nights.git(['tag', '-a', '-m', 'v1.0.0', 'v1.0.0'], '2026-03-20T09:00:00Z');
    nights.git(['tag', '-a', '-m', 'v0.9.0', 'v0.9.0'], '2026-03-01T09:00:00Z');
    await nights.night(on('03-25'));
    rewrite(nights);
    const dark = await nights.night(on('03-28'), { crashes: ['.'] });
    const after = await nights.night(on('03-29'), { crashes: [] });
    expect([standings(dark), standings(after)]).toEqual([['overdue 7 (seen 03-25)'], ['overdue 8']]);
    expect(only(after).carriedBy).toEqual(['v1.0.0']);
    for (const view of [dark, after]) {
      expect(view.problems.filter(({ code }) => code === 'release-rewritten')).toHaveLength(1);
    }
    expect(standings(await nights.recalled(on('03-30')))).toEqual(['overdue 9']);
  });
});

describe('what happens to an advisory', () => {
  it.each<[string, Partial<OsvRecord>, readonly string[]]>([
    ['an alias is added', { aliases: [CVE] }, [CVE]],
    ['it goes by another name', { id: 'GHSA-5555-6666-7777', aliases: [GHSA] }, [GHSA]],
  ])('%s: the same finding, with its dates', async (_, over, aliases) => {
    const { night, events } = withLeft();
    const before = await night(on('03-15'), KNOWN);
    await night(on('03-16'), { records: [flaw('HIGH', over)] });
    const after = await night(on('03-20'));
    expect([standings(after), firstSeen(after), only(after).advisory.aliases]).toEqual([
      ['overdue 0'],
      on('03-15'),
      expect.arrayContaining([...aliases]),
    ]);
    const [opened] = (await events()).filter((event) => event.type === 'finding-opened');
    expect([only(after).ledgerId, before.findings.length]).toEqual([opened?.finding.id, 1]);
  });

  it('withdrawn, and published again: the same finding, with its dates', async () => {
    const { night, events } = withLeft();
    await night(on('03-15'), KNOWN);
    const gone = await night(on('03-16'), { records: [flaw('HIGH', { withdrawn: '2026-03-15T12:00:00Z' })] });
    const again = await night(on('03-20'), { records: [flaw()] });
    expect([gone.findings, gone.verdict]).toEqual([[], 'pass']);
    expect([standings(again), firstSeen(again), only(again).back]).toEqual([['overdue 0'], on('03-15'), undefined]);
    expect(briefly(await events())).toEqual(['opened', 'closed withdrawn', 'reopened']);
  });

  it('gone for a night and back: the same finding, with its dates', async () => {
    const { night, events } = withLeft();
    await night(on('03-15'), KNOWN);
    await night(on('03-16'), { records: [] });
    const again = await night(on('03-20'), { records: [flaw()] });
    expect([standings(again), firstSeen(again), only(again).back]).toEqual([['overdue 0'], on('03-15'), undefined]);
    expect(briefly(await events())).toEqual(['opened', 'closed no-longer-affected', 'reopened']);
  });

  it.each([
    ['raised early: what is left of the raise and its window', 'CRITICAL', '03-15', ['due 03-17']],
    ['raised late: the old due date is the earlier', 'CRITICAL', '03-18', ['due 03-19']],
    ['raised when it was over: it stays so', 'CRITICAL', '03-22', ['overdue 2']],
    ['lowered: never a day more', 'MODERATE', '03-15', ['due 03-19']],
    ['lowered when it was over: it stays so', 'LOW', '03-22', ['overdue 2']],
  ])('%s', async (_, level, day, expected) => {
    const { night } = withLeft();
    await night(on('03-14'), KNOWN);
    expect(standings(await night(on(day), { records: [flaw(level)] }))).toEqual(expected);
  });

  it('lowered by mistake and raised again: as if nothing had been', async () => {
    const { night } = withLeft();
    await night(on('03-14'), KNOWN);
    await night(on('03-15'), { records: [flaw('LOW')] });
    expect(standings(await night(on('03-16'), { records: [flaw()] }))).toEqual(['due 03-19']);
  });

  it('listed as exploited later: the tighter window of the policy applies', async () => {
    const { night } = withLeft({ ...left('1.0.0'), ...configured('knownExploited: 3 days') });
    const records = [flaw('HIGH', { aliases: [CVE] })];
    const before = await night(on('03-15'), { ...KNOWN, records });
    const after = await night(on('03-16'), { exploited: { [CVE]: '2026-03-15' } });
    expect([standings(before), standings(after), only(after).timeline.knownExploited]).toEqual([
      ['due 03-19'],
      ['due 03-18'],
      '2026-03-15T00:00:00.000Z',
    ]);
  });

  it('a fix appears later: the clock starts with it', async () => {
    const range = ranged('npm', 'left', [['introduced', '0']]);
    const { night } = withLeft();
    const waiting = await night(on('03-15'), { ...KNOWN, records: [{ ...flaw(), affected: [range] }] });
    const published = { left: { ...RELEASED.left, '2.0.0': '2026-03-20T12:00:00.000Z' } };
    const fixed = await night(on('03-21'), { records: [flaw()], published });
    expect([waiting.verdict, standings(waiting), standings(fixed)]).toEqual(['pass', ['awaiting-fix'], ['due 03-27']]);
  });

  it('the fix is yanked: it waits for one again, and nothing is forgiven once there is one', async () => {
    const { night } = withLeft();
    await night(on('03-15'), KNOWN);
    const yanked = await night(on('03-16'), { yanked: { left: ['2.0.0'] } });
    expect(standings(yanked)).toEqual(['awaiting-fix']);
    expect(yanked.problems.map(({ code }) => code)).toContain('fix-withdrawn');
    const published = { left: { ...RELEASED.left, '2.0.1': '2026-03-18T12:00:00.000Z' } };
    expect(standings(await night(on('03-19'), { published }))).toEqual(['due 03-25']);
  });
});

describe('what happens to a day', () => {
  /** High, with a clock that starts at noon of 12 March and a last day of 19 March, or of 29 March where `days` is 17. */
  const judged = async (zone: string, at: string, days = 7): Promise<readonly string[]> => {
    const windows = policy(['2 days', `${days} days`, '30 days', '90 days']);
    const files = { ...left('1.0.0'), ...windows, ...configured(`timeZone: ${zone}`) };
    return standings(await withLeft(files).night(at, KNOWN));
  };

  it.each([
    ['UTC', '2026-03-19T00:00:00.000Z', 'due 03-19'],
    ['UTC', '2026-03-19T23:59:59.999Z', 'due 03-19'],
    ['UTC', '2026-03-20T00:00:00.000Z', 'overdue 0'],
    ['Europe/Berlin', '2026-03-19T22:59:59.999Z', 'due 03-19'],
    ['Europe/Berlin', '2026-03-19T23:00:00.000Z', 'overdue 0'],
    ['Asia/Kolkata', '2026-03-19T18:29:59.999Z', 'due 03-19'],
    ['Asia/Kolkata', '2026-03-19T18:30:00.000Z', 'overdue 0'],
    ['America/Los_Angeles', '2026-03-20T06:59:59.999Z', 'due 03-20'],
    ['America/Los_Angeles', '2026-03-20T07:00:00.000Z', 'overdue 0'],
    ['Pacific/Kiritimati', '2026-03-20T09:59:59.999Z', 'due 03-20'],
    ['Pacific/Kiritimati', '2026-03-20T10:00:00.000Z', 'overdue 0'],
  ])('due today in %s at %s: %s', async (zone, at, expected) => {
    expect(await judged(zone, at)).toEqual([expected]);
  });

  it.each([
    ['the day has 23 hours', 'Europe/Berlin', 17, '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00.000Z'],
    ['clocks went forward meanwhile', 'Europe/Berlin', 20, '2026-04-01T21:59:59.999Z', '2026-04-01T22:00:00.000Z'],
    ['the day has 25 hours', 'Australia/Sydney', 24, '2026-04-05T13:59:59.999Z', '2026-04-05T14:00:00.000Z'],
  ])('%s: it ends when the day does', async (_, zone, days, last, after) => {
    expect([await judged(zone, last, days), await judged(zone, after, days)]).toEqual([
      [`due ${last.slice(5, 10)}`],
      ['overdue 0'],
    ]);
  });

  it('business days leave out weekends and the holidays that are configured', async () => {
    const holidays = configured('holidays: [2026-03-16, 2026-03-17]');
    const files = { ...left('1.0.0'), ...policy(['2 days', '5 business days', '30 days', '90 days']) };
    const night = (more: FileTree): Promise<ReportView> => withLeft({ ...files, ...more }).night(on('03-15'), KNOWN);
    expect([standings(await night({})), standings(await night(holidays))]).toEqual([['due 03-19'], ['due 03-23']]);
  });
});

describe('what happens to the policy', () => {
  it('a severity without a window: refused, and nothing is guessed', async () => {
    const text = '# Security\n\n## Update policy\n\n- Critical: 2 days\n- High: 7 days\n- Medium: 30 days\n';
    const run = withLeft({ ...left('1.0.0'), 'SECURITY.md': text }).night(on('03-15'), KNOWN);
    await expect(run).rejects.toMatchObject({ problems: [{ code: 'policy-incomplete' }] });
  });

  it('a finding without a severity: judged as high', async () => {
    const record = flaw('HIGH', { database_specific: {} });
    expect(standings(await withLeft().night(on('03-15'), { ...KNOWN, records: [record] }))).toEqual(['due 03-19']);
  });

  it.each([
    ['2026-03-12T12:00:00.000Z', 'due 03-12'],
    ['2026-03-12T12:00:00.001Z', 'overdue 0'],
    ['2026-03-15T12:00:00.000Z', 'overdue 3'],
  ])('a window of zero: late once the clock has started, at %s %s', async (at, expected) => {
    const files = { ...left('1.0.0'), ...policy(['immediately', 'immediately', '30 days', '90 days']) };
    expect(standings(await withLeft(files).night(at, KNOWN))).toEqual([expected]);
  });

  it('a window of zero days: refused, because "immediately" says what is meant', async () => {
    const files = { ...left('1.0.0'), ...policy(['0 days', '7 days', '30 days', '90 days']) };
    const run = withLeft(files).night(on('03-15'), KNOWN);
    await expect(run).rejects.toMatchObject({ problems: [{ code: 'policy-incomplete' }] });
  });

  it.each([
    ['act', 'due 03-20'],
    ['published', 'due 03-17'],
    ['introduced', 'due 03-20'],
    ['first-seen', 'due 03-22'],
    ['fix-released', 'due 03-19'],
  ])('a clock that starts with %s', async (clock, expected) => {
    const { night, commit } = makeNights(
      { ...POLICY, ...left('2.0.0'), ...configured(`clock: ${clock}`) },
      on('01-01'),
    );
    commit('Go back', on('03-13'), left('1.0.0'));
    expect(standings(await night(on('03-15'), KNOWN))).toEqual([expected]);
  });

  it.each([
    ['pauses', 'noFix: pause', ['awaiting-fix', 'awaiting-fix']],
    ['pauses, but not for ever', 'noFix: pause\n  noFixLongestWait: 14 days', ['awaiting-fix', 'overdue 7']],
    ['counts all the same', 'noFix: count', ['due 03-17', 'overdue 14']],
  ])('without a fix the clock %s', async (_, setting, expected) => {
    const affected = [ranged('npm', 'left', [['introduced', '0']])];
    const { night } = withLeft({ ...left('1.0.0'), ...configured(setting) });
    const seen = [await night(on('03-15'), { records: [{ ...flaw(), affected }] }), await night(on('04-01'))];
    expect(seen.flatMap(standings)).toEqual(expected);
  });

  it('tightened and loosened: each day is judged by what was in force, and no earlier report changes', async () => {
    const { night, commit, recalled, events } = withLeft();
    const days = ['03-15', '03-16', '03-17'];
    const windows = ['7 days', '2 days', '30 days'];
    const seen: ReportView[] = [];
    for (const [index, day] of days.entries()) {
      commit('Policy', on(day), policy(['2 days', windows[index] ?? '', '30 days', '90 days']));
      seen.push(await night(on(day), KNOWN));
    }
    expect(seen.map(standings)).toEqual([['due 03-19'], ['overdue 1'], ['due 04-11']]);
    expect(await Promise.all(days.map(async (day) => standings(await recalled(on(day)))))).toEqual(seen.map(standings));
    const before = jsonFormat.render(await recalled(on('03-16')), { color: false, width: 80, verbose: false });
    await night(on('03-18'));
    expect(jsonFormat.render(await recalled(on('03-16')), { color: false, width: 80, verbose: false })).toBe(before);
    expect((await events()).filter(({ type }) => type === 'policy-changed')).toHaveLength(3);
  });
});

describe('what happens to an accepted risk', () => {
  const accepted = (expires: string): FileTree => ({
    '.fixby/exceptions.yaml': `version: 1\nexceptions:\n  - advisory: ${GHSA}\n    reason: not reachable\n    owner: ada\n    approver: grace\n    expires: ${expires}\n`,
  });

  it('expires today: it holds to the end of the day, then the clock is the one it always was', async () => {
    const { night } = withLeft({ ...left('1.0.0'), ...accepted('2026-03-25') });
    await night(on('03-15'), KNOWN);
    const [last, after] = [await night('2026-03-25T23:59:59.999Z'), await night('2026-03-26T00:00:00.000Z')];
    expect([standings(last), standings(after)]).toEqual([['accepted'], ['overdue 6']]);
    expect(last.problems.map(({ code }) => code)).toContain('exception-expires-soon');
  });

  it('expired long after it was due: overdue since then, formerly accepted', async () => {
    const { night, events } = withLeft({ ...left('1.0.0'), ...accepted('2026-03-25') });
    await night(on('03-15'), KNOWN);
    const late = await night(on('04-30'));
    expect([standings(late), late.verdict]).toEqual([['overdue 41'], 'fail']);
    expect(only(late).deadline.reason).toContain('formerly accepted until 2026-03-25');
    expect(late.problems.map(({ code }) => code)).toContain('exception-expired');
    expect(briefly(await events())).toEqual(['exception-added', 'opened', 'exception-expired']);
  });
});
