/** `fixby history` on real git repositories: what the past carried, and whether its windows were kept. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OsvRecord } from '../../src/core/model/advisory.ts';
import { historySchema, type HistoryView, type PastOccurrence } from '../../src/core/model/history-report.ts';
import { historyFormats } from '../../src/core/report/history/registry.ts';
import { makePolicy } from '../support/judge-values.ts';
import { osvRecord, ranged } from '../support/osv.ts';
import { schemaErrors } from '../support/published-schema.ts';
import { replay } from '../support/replay.ts';
import {
  makeGitRepository,
  makeRepository,
  npmProject,
  type FileTree,
  type TestRepository,
} from '../support/repository.ts';

/** Published on 10 March 2026, below 2.0.0, high. */
function flaw(over: Partial<OsvRecord> = {}, name = 'left', ecosystem: 'npm' | 'PyPI' = 'npm'): OsvRecord {
  const range = ranged(ecosystem, name, [
    ['introduced', '0'],
    ['fixed', '2.0.0'],
  ]);
  return osvRecord(`GHSA-${name}`, [range], {
    published: '2026-03-10T12:00:00Z',
    database_specific: { severity: 'HIGH' },
    ...over,
  });
}

const on = (day: string): string => `2026-${day}T12:00:00Z`;

/** A repository that has each of these on its day. */
function lived(days: Readonly<Record<string, FileTree>>): TestRepository {
  const repository = makeGitRepository({ 'README.md': '' }, '2025-06-01T00:00:00Z');
  for (const [day, files] of Object.entries(days)) repository.commit(day, on(day), files);
  return repository;
}

const left = (version: string, folder = '.'): FileTree => npmProject({ left: version, right: '1.0.0' }, folder);
const clean = npmProject({ right: '1.0.0' });
const published = { left: { '1.0.0': '2020-01-01T00:00:00.000Z', '2.0.0': '2026-03-12T12:00:00.000Z' } };

/** Outcome, day of the start, day of the end and how, days to fix. */
const brief = ({ outcome, notCounted, couldBeFixed, ended, daysToFix }: PastOccurrence) =>
  [outcome, notCounted, couldBeFixed?.at.slice(5, 10), ended?.at?.slice(5, 10), ended?.how, daysToFix]
    .filter((part) => part !== undefined)
    .join(' ');

async function briefs(repository: TestRepository, records = [flaw()], settings = {}): Promise<readonly string[]> {
  return (await replay(repository.dir, records, settings)).occurrences.map(brief);
}

describe('one finding', () => {
  it.each<[string, Readonly<Record<string, FileTree>>, string]>([
    ['fixed in its window', { '01-01': left('1.0.0'), '03-15': left('2.0.0') }, 'met 03-12 03-15 upgraded 3'],
    ['removed in its window', { '01-01': left('1.0.0'), '03-15': clean }, 'met 03-12 03-15 removed 3'],
    ['fixed on the last day', { '01-01': left('1.0.0'), '03-19': left('2.0.0') }, 'met 03-12 03-19 upgraded 7'],
    ['fixed a day late', { '01-01': left('1.0.0'), '03-20': left('2.0.0') }, 'breached 03-12 03-20 upgraded 8'],
    [
      'bumped to a version that still has it',
      { '01-01': left('1.0.0'), '03-13': left('1.5.0'), '03-25': left('2.0.0') },
      'breached 03-12 03-25 upgraded 13',
    ],
    ['brought in when all was known', { '04-01': left('1.0.0'), '04-03': left('2.0.0') }, 'met 04-01 04-03 upgraded 2'],
    ['there to this day', { '01-01': left('1.0.0') }, 'breached 03-12'],
    ['there since yesterday', { '12-30': left('1.0.0') }, 'open 12-30'],
    [
      'gone before anyone knew',
      { '01-01': left('1.0.0'), '03-01': left('2.0.0') },
      'not-counted before-published 03-01 upgraded',
    ],
  ])('%s', async (_, days, expected) => {
    expect(await briefs(lived(days), [flaw()], { published })).toEqual([expected]);
  });

  it('is not told of where it ended before the day asked for', async () => {
    const repository = lived({ '01-01': left('1.0.0'), '03-15': left('2.0.0'), '06-01': left('1.0.0') });
    const view = await replay(repository.dir, [flaw()], { since: '2026-04-01T00:00:00.000Z', published });
    expect(view.occurrences.map(brief)).toEqual(['breached 06-01']);
    expect(view.occurrences[0]?.backAgain?.until.at).toBe('2026-03-15T12:00:00.000Z');
  });

  it('starts its clock without the date of the fix where no registry knows it', async () => {
    const view = await replay(lived({ '01-01': left('1.0.0'), '03-18': left('2.0.0') }).dir, [flaw()]);
    expect(view.occurrences.map(brief)).toEqual(['breached 03-10 03-18 upgraded 8']);
    expect(view.problems.map(({ code }) => code)).toEqual(['fix-date-unknown']);
  });

  it('proves nothing by taking its lock away', async () => {
    const repository = lived({ '01-01': left('1.0.0') });
    rmSync(join(repository.dir, 'package-lock.json'));
    repository.commit('Hide', on('03-14'));
    expect(await briefs(repository, [flaw()], { published })).toEqual(['not-counted end-unseen 03-14 unseen']);
  });

  it.each<[string, Partial<OsvRecord>, string]>([
    ['withdrawn', { withdrawn: '2026-05-01T00:00:00Z' }, ''],
    ['without a date', { published: undefined }, 'not-counted undated'],
    ['without a severity, which the policy judges as high', { database_specific: {} }, 'breached 03-12'],
  ])('is %s', async (_, over, expected) => {
    const found = await briefs(lived({ '01-01': left('1.0.0') }), [flaw(over)], { published });
    expect(found.join()).toBe(expected);
  });

  it('is one for all ids it is known by', async () => {
    const twin = flaw({ id: 'PYSEC-1', aliases: ['GHSA-left'], published: '2026-02-01T00:00:00Z' });
    const view = await replay(lived({ '03-01': left('1.0.0'), '03-02': clean }).dir, [flaw(), twin]);
    expect(view.occurrences).toMatchObject([
      { advisory: { id: 'GHSA-left', aliases: ['PYSEC-1'] }, published: '2026-02-01T00:00:00.000Z', outcome: 'met' },
    ]);
  });

  it('names commits, dates, the window and the arithmetic', async () => {
    const repository = makeGitRepository(left('1.0.0', 'web'), '2025-06-01T00:00:00Z');
    const fix = repository.commit('Fix', on('03-25'), left('2.0.0', 'web'));
    const first = repository.git(['rev-list', '--max-parents=0', 'HEAD']).trim();
    const { occurrences } = await replay(repository.dir, [flaw()], { published });
    expect(occurrences).toMatchObject([
      {
        key: 'npm:web:left:GHSA-left',
        target: 'web',
        versions: ['1.0.0'],
        severity: { level: 'high' },
        introduced: { commit: first, at: '2025-06-01T00:00:00.000Z', authoredAt: '2025-06-01T00:00:00.000Z' },
        fix: { version: '2.0.0', releasedAt: '2026-03-12T12:00:00.000Z' },
        couldBeFixed: { at: '2026-03-12T12:00:00.000Z', by: 'fix released' },
        ended: { commit: fix, at: '2026-03-25T12:00:00.000Z', how: 'upgraded' },
        dueAt: '2026-03-19T23:59:59.999Z',
        daysToFix: 13,
        daysLate: 5,
        outcome: 'breached',
        reason: expect.stringContaining('the last day is 2026-03-19') as string,
      },
    ]);
  });
});

describe('releases', () => {
  const policy = makePolicy({ kind: 'next-release', level: 'any' });
  const tagged = (repository: TestRepository, tag: string, day: string, ref = 'HEAD'): void =>
    void repository.git(['tag', '-a', '-m', tag, tag, ref], on(day));

  it('break the window when their commit still carried the finding', async () => {
    const repository = lived({ '01-01': left('1.0.0') });
    tagged(repository, 'v1.0.0', '03-14');
    repository.commit('Fix', on('04-01'), left('2.0.0'));
    tagged(repository, 'v1.1.0', '04-02');
    expect(await briefs(repository, [flaw()], { policy, published })).toEqual(['breached 03-12 04-01 upgraded 20']);
  });

  it('keep it when they were cut before, or without it', async () => {
    const repository = lived({ '01-01': left('1.0.0') });
    tagged(repository, 'v1.0.0', '03-11');
    repository.commit('Fix', on('04-01'), left('2.0.0'));
    tagged(repository, 'v1.1.0', '04-02');
    expect(await briefs(repository, [flaw()], { policy, published })).toEqual(['met 03-12 04-01 upgraded 20']);
  });

  it.each([
    ['carried it', left('1.5.0'), 'breached 03-12 04-01 upgraded 20'],
    ['did not', left('2.0.0'), 'met 03-12 04-01 upgraded 20'],
  ])('beside the branch are read as they were tagged: %s', async (_, files, expected) => {
    const repository = lived({ '01-01': left('1.0.0') });
    repository.git(['checkout', '-q', '-b', 'release']);
    repository.commit('Release', on('03-14'), files);
    tagged(repository, 'v1.0.0', '03-14');
    repository.git(['checkout', '-q', 'main']);
    repository.commit('Fix', on('04-01'), left('2.0.0'));
    expect(await briefs(repository, [flaw()], { policy, published })).toEqual([expected]);
  });
});

describe('what is known', () => {
  it('is counted, and summed up by severity', async () => {
    const records = [
      flaw(),
      flaw({ database_specific: { severity: 'CRITICAL' } }, 'a'),
      flaw({ database_specific: { severity: 'CRITICAL' } }, 'b'),
    ];
    const all = npmProject({ left: '1.0.0', a: '1.0.0', b: '1.0.0' });
    const repository = lived({
      '03-01': all,
      '03-12': npmProject({ left: '1.0.0', a: '1.0.0' }),
      '03-30': npmProject({ left: '1.0.0' }),
      '04-09': clean,
    });
    const { summary, sentence, coverage } = await replay(repository.dir, records);
    expect(summary.bySeverity.slice(0, 2)).toEqual([
      { severity: 'critical', met: 1, breached: 1, open: 0, fixed: 2, withinWindow: 0.5, medianDays: 11, p90Days: 20 },
      { severity: 'high', met: 0, breached: 1, open: 0, fixed: 1, withinWindow: 0, medianDays: 30, p90Days: 30 },
    ]);
    expect(summary.all).toMatchObject({ met: 1, breached: 2, medianDays: 20, p90Days: 30 });
    expect(sentence).toBe('1 of 3 findings since 2025-01-01 was gone within the window (33 %).');
    expect(coverage).toMatchObject({ known: true, commits: 5, revisions: 4, packages: 4, cut: false });
  });

  it('covers Python pins, and says which packages only ranges named', async () => {
    const pins = (text: string): FileTree => ({ 'api/requirements.txt': text });
    const repository = lived({ '01-01': pins('flask==1.0\nrich>=1'), '03-12': pins('flask==2.1\nrich>=1') });
    const view = await replay(repository.dir, [flaw({}, 'flask', 'PyPI'), flaw({}, 'rich', 'PyPI')]);
    expect(view.occurrences).toMatchObject([{ target: 'api', package: 'flask', outcome: 'met' }]);
    expect(view.problems.find(({ code }) => code === 'versions-not-stated')).toMatchObject({
      message: expect.stringMatching(/^rich was only ever/) as string,
      blocks: false,
    });
  });

  it('follows a folder that moved, and counts it once', async () => {
    const repository = lived({ '01-01': left('1.0.0', 'old') });
    repository.git(['mv', 'old', 'new']);
    repository.commit('Move', on('02-01'));
    repository.commit('Fix', on('03-14'), left('2.0.0', 'new'));
    const view = await replay(repository.dir, [flaw()], { published });
    expect(view.occurrences).toMatchObject([
      { key: 'npm:new:left:GHSA-left', outcome: 'met', introduced: { at: on('01-01').replace('Z', '.000Z') } },
    ]);
  });

  it('leaves out what lies beside the audited folder', async () => {
    const repository = lived({ '01-01': { ...left('1.0.0', 'one'), ...left('1.0.0', 'two') } });
    const { occurrences } = await replay(join(repository.dir, 'one'), [flaw()]);
    expect(occurrences.map(({ target }) => target)).toEqual(['.']);
  });
});

describe('what is not known', () => {
  it('is everything where there is no git, and that is said', async () => {
    const view = await replay(makeRepository(left('1.0.0')).dir, [flaw()]);
    expect(view).toMatchObject({ coverage: { known: false }, problems: [{ code: 'history-unknown', blocks: true }] });
    expect(view.sentence).toBe('The history could not be read, so nothing can be told.');
  });

  it('is the start of what a shallow clone cuts off, unless something later started the clock', async () => {
    const repository = lived({
      '01-01': npmProject({ left: '1.0.0', old: '1.0.0' }),
      '02-01': npmProject({ left: '1.0.1', old: '1.0.0' }),
      '03-14': clean,
    });
    const clones = makeRepository();
    clones.git(['clone', '-q', '--depth=2', `file://${repository.dir}`, 'c']);
    const known = flaw({ published: '2020-01-01T00:00:00Z' }, 'old');
    const view = await replay(join(clones.dir, 'c'), [flaw(), known]);
    expect(view.occurrences.map((each) => [each.package, brief(each)])).toEqual([
      ['old', 'not-counted start-unknown 03-14 removed'],
      ['left', 'met 03-10 03-14 removed 4'],
    ]);
    expect(view.problems.find(({ code }) => code === 'history-cut')).toMatchObject({ blocks: true });
  });

  it('is what the advisory source did not answer for', async () => {
    const view = await replay(lived({ '01-01': left('1.0.0') }).dir, [], {
      advisories: {
        source: 'nobody',
        age: () => ({ isMirror: false }),
        forPackages: (_ecosystem, names) =>
          Promise.resolve(names.map((name) => ({ status: 'unavailable', name, detail: 'it is down' }))),
      },
    });
    expect(view.problems).toMatchObject([{ code: 'advisory-source-unavailable', blocks: true }]);
    expect(view.sentence).toContain('Not everything could be looked at.');
  });
});

describe('formats', () => {
  async function sample(): Promise<HistoryView> {
    const hostile = flaw({ summary: 'Left \u001b[31m falls @over <b>#1</b>\n::error::', id: 'GHSA-left' });
    const repository = lived({ '01-01': left('1.0.0'), '03-30': left('2.0.0'), '12-30': left('1.0.0') });
    return replay(repository.dir, [hostile], { published });
  }

  it('tell the same, each in its own way, and the same each time', async () => {
    const view = await sample();
    const look = { color: false, width: 100, verbose: true };
    for (const format of historyFormats) {
      const text = format.render(view, look);
      expect(format.render(view, look)).toBe(text);
      expect(text).toContain('GHSA-left');
      expect(text).toContain(view.occurrences[0]?.ended?.commit.slice(0, 12));
      expect(text).not.toMatch(/\u001b|^\s*::/m);
    }
  });

  it('give the very view back from JSON', async () => {
    const view = await sample();
    const [json] = historyFormats.filter(({ name }) => name === 'json');
    const document: unknown = JSON.parse(json?.render(view, { color: false, width: 80, verbose: false }) ?? '');
    expect(historySchema.parse(document)).toEqual(view);
    expect(schemaErrors('history.v1', document)).toBeNull();
  });
});
