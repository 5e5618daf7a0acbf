/** The day on which the branch got a finding, out of real git repositories. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MergedFinding } from '../../src/core/model/merged-finding.ts';
import {
  makeGitRepository,
  makeRepository,
  npmProject,
  type FileTree,
  type TestRepository,
} from '../support/repository.ts';
import { findingOf, flawBelow, trace } from '../support/trace.ts';

const FLAW = flawBelow('2.0.0');
const FINDING = findingOf(FLAW);
const day = (number: number): string => `2026-01-${String(number).padStart(2, '0')}T12:00:00Z`;

/** A repository whose days are given from the first on; `null` leaves a day out. */
function lived(...days: readonly (FileTree | null)[]): TestRepository {
  const repository = makeGitRepository({ 'README.md': 'start' }, '2025-12-01T00:00:00Z');
  days.forEach((files, index) => files !== null && repository.commit(`Day ${index + 1}`, day(index + 1), files));
  return repository;
}

const clean = npmProject({ right: '1.0.0' });
const left = (version: string, folder = '.'): FileTree => npmProject({ left: version, right: '1.0.0' }, folder);

describe('one lock', () => {
  it.each<[string, readonly (FileTree | null)[], string | null]>([
    ['from the commit that brought it', [clean, left('1.0.0'), { other: 'x' }], '2026-01-02'],
    ['from the first commit', [left('1.0.0')], '2026-01-01'],
    ['through a bump to a version that still carries it', [left('1.0.0'), left('1.5.0')], '2026-01-01'],
    ['from the return after a real fix', [left('1.0.0'), left('2.0.0'), left('1.0.0')], '2026-01-03'],
    ['from the return after a real removal', [left('1.0.0'), clean, left('1.0.0')], '2026-01-03'],
    [
      'through a commit whose lock is garbage',
      [left('1.0.0'), { 'package-lock.json': '<<<<<<< x' }, left('1.0.0')],
      '2026-01-01',
    ],
    [
      'through a lock that is cut off',
      [left('1.0.0'), { 'package-lock.json': '{"lockfileVersion": 3,' }],
      '2026-01-01',
    ],
    ['and from the first version anyone can read', [{ 'package-lock.json': '{' }, left('1.0.0')], '2026-01-02'],
    ['not at all when it never came in', [clean], null],
  ])('dates it %s', async (_, days, expected) => {
    expect((await trace(lived(...days).dir, [FINDING])).days).toEqual([expected]);
  });

  it('names the commit, and the time before of what is back again', async () => {
    const repository = lived(left('1.0.0'), left('2.0.0'), left('1.1.0'));
    const [first, second, third] = repository.git(['rev-list', '--reverse', 'HEAD']).split('\n').slice(1);
    const { sources, introductions } = await trace(repository.dir, [FINDING]);
    const short = (commit = ''): string => commit.slice(0, 12);
    expect(sources).toEqual([
      `commit ${short(third)}; back again: it was there from 2026-01-01 to 2026-01-02 (upgraded by commit ${short(second)})`,
    ]);
    expect(introductions.origins.get(FINDING.key)?.backAgain).toMatchObject({
      from: { commit: first },
      until: { commit: second, at: '2026-01-02T12:00:00.000Z' },
      how: 'upgraded',
    });
  });

  it('keeps the date of a lock that was deleted for a while', async () => {
    const repository = lived(left('1.0.0'));
    rmSync(join(repository.dir, 'package-lock.json'));
    repository.commit('Delete', day(2));
    repository.commit('Again', day(3), left('1.0.0'));
    expect((await trace(repository.dir, [FINDING])).days).toEqual(['2026-01-01']);
  });

  it('counts a merge at the day the branch got it', async () => {
    const repository = lived(clean);
    repository.git(['checkout', '-q', '-b', 'topic']);
    repository.commit('Typed', day(2), left('1.0.0'));
    repository.git(['checkout', '-q', 'main']);
    repository.commit('Meanwhile', day(5), { other: 'x' });
    repository.git(['merge', '-q', '--no-ff', '-m', 'Merge', 'topic'], day(20));
    expect((await trace(repository.dir, [FINDING])).days).toEqual(['2026-01-20']);
  });

  it('takes an advisory for what its standing records say', async () => {
    const withdrawn = { ...flawBelow('9.0.0'), id: 'PYSEC-1', withdrawn: '2026-01-01T00:00:00Z' };
    const finding: MergedFinding = { ...FINDING, records: [FLAW, withdrawn] };
    const { days } = await trace(lived(left('5.0.0'), left('1.0.0')).dir, [finding]);
    expect(days).toEqual(['2026-01-02']);
  });
});

describe('moves', () => {
  it.each<[string, readonly string[]]>([
    ['a folder', ['git mv old new']],
    ['a folder twice', ['git mv old between', 'git mv between new']],
    [
      'the lock to its other name, and the folder',
      ['git mv old/package-lock.json old/npm-shrinkwrap.json', 'git mv old new'],
    ],
  ])('follows %s', async (_, steps) => {
    const repository = lived(left('1.0.0', 'old'));
    steps.forEach((step, index) => {
      repository.git(step.split(' ').slice(1));
      repository.commit(step, day(index + 5));
    });
    expect((await trace(repository.dir, [findingOf(FLAW, 'new')])).days).toEqual(['2026-01-01']);
  });

  it('follows a folder whose lock changes in the same commit', async () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_each, index) => [`p${index}`, '1.0.0']));
    const repository = lived(npmProject({ ...many, left: '1.0.0' }, 'old'));
    repository.git(['mv', 'old', 'new']);
    repository.commit('Move and bump', day(5), npmProject({ ...many, left: '1.1.0', p0: '2.0.0' }, 'new'));
    expect((await trace(repository.dir, [findingOf(FLAW, 'new')])).days).toEqual(['2026-01-01']);
  });

  it('gives a copy the age of nothing but itself', async () => {
    const repository = lived(left('1.0.0', 'one'), null, left('1.0.0', 'two'));
    const findings = [findingOf(FLAW, 'one'), findingOf(FLAW, 'two')];
    expect((await trace(repository.dir, findings)).days).toEqual(['2026-01-01', '2026-01-03']);
  });

  it('sees beyond the audited folder', async () => {
    const repository = lived(left('1.0.0', 'lib/app'));
    repository.git(['mv', 'lib', 'packages']);
    repository.commit('Move', day(2));
    const { days } = await trace(join(repository.dir, 'packages'), [findingOf(FLAW, 'app')]);
    expect(days).toEqual(['2026-01-01']);
  });
});

describe('Python', () => {
  const flaw = flawBelow('2.0', 'flask', 'PyPI');
  const finding = findingOf(flaw, '.', ['1.5']);
  const uv = (version: string): FileTree => ({
    'uv.lock': `version = 1\n\n[[package]]\nname = "flask"\nversion = "${version}"\nsource = { registry = "https://index.example/simple" }\n`,
  });
  const pylock = (version: string): FileTree => ({
    'pylock.toml': `lock-version = "1.0"\n[[packages]]\nname = "Flask"\nversion = "${version}"\n`,
  });
  const requirements = (text: string, name = 'requirements.txt'): FileTree => ({ [name]: text });
  const project = (dependency: string): FileTree => ({
    'pyproject.toml': `[project]\nname = "app"\ndependencies = ["${dependency}"]\n`,
  });

  it.each<[string, readonly (FileTree | null)[], string | null]>([
    ['a pin', [requirements('rich==1'), requirements('rich==1\nFlask==1.0')], '2026-01-02'],
    ['a pin that is bumped too little', [requirements('flask==1.0'), requirements('flask==1.5')], '2026-01-01'],
    ['the line of an open range', [requirements('rich'), requirements('rich\nflask>=1')], '2026-01-02'],
    [
      'a range that is changed and still lets it in',
      [requirements('flask>=1'), requirements('flask>=1.2,<3')],
      '2026-01-01',
    ],
    ['a range that let in only fixed versions before', [requirements('flask>=2'), requirements('flask')], '2026-01-02'],
    ['a pin that became a range', [requirements('flask==1.0'), requirements('flask>=1')], '2026-01-01'],
    ['a uv.lock', [uv('2.0'), uv('1.5')], '2026-01-02'],
    ['a pylock', [pylock('1.0')], '2026-01-01'],
    ['a project of its own', [project('rich'), project('flask>=1')], '2026-01-02'],
    [
      'an included file of any name',
      [{ 'deps/base.txt': 'rich', ...requirements('-r deps/base.txt') }, { 'deps/base.txt': 'flask==1' }],
      '2026-01-02',
    ],
    [
      'includes as deep as an audit follows them',
      [
        {
          'requirements.txt': '-r 1.pip\n',
          ...Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n + 1}.pip`, `-r ${n + 2}.pip\n`])),
          '10.pip': 'flask==1.0\n',
        },
      ],
      '2026-01-01',
    ],
    [
      'an include that comes later than what it names',
      [{ 'deps/base.txt': 'flask==1' }, requirements('-r deps/base.txt')],
      '2026-01-02',
    ],
    [
      'a line that moves between the files of a target',
      [requirements('flask==1.0'), { ...requirements(''), ...requirements('flask==1.5', 'requirements-dev.txt') }],
      '2026-01-01',
    ],
    ['what a constraint alone names', [requirements('-c pins.txt\nrich'), { 'pins.txt': 'flask==1.0' }], null],
    ['what another package brings along', [requirements('flask-login')], null],
  ])('dates %s', async (_, days, expected) => {
    const traced = await trace(lived(...days).dir, [finding]);
    expect([traced.days, traced.codes]).toEqual([[expected], expected === null ? ['introduced-unknown'] : []]);
  });

  it('keeps the date when a lock gives way to ranges', async () => {
    const repository = lived({ ...uv('1.0'), ...project('flask') });
    repository.git(['rm', '-q', 'uv.lock']);
    repository.commit('Unlock', day(2));
    expect((await trace(repository.dir, [finding])).days).toEqual(['2026-01-01']);
  });
});

describe('what is not known', () => {
  it('is said where there is no git', async () => {
    const repository = makeRepository(left('1.0.0'));
    const traced = await trace(repository.dir, [FINDING]);
    expect([traced.days, traced.codes]).toEqual([[null], ['introduced-unknown']]);
    expect(traced.introductions.problems[0]).toMatchObject({
      blocks: false,
      message: expect.stringContaining('no git checkout') as string,
    });
  });

  it('is what a shallow clone cuts off, and nothing else', async () => {
    const repository = lived(left('1.0.0'), { other: 'x' }, npmProject({ left: '1.0.0', late: '1.0.0' }));
    const clones = makeRepository();
    clones.git(['clone', '-q', '--depth=2', `file://${repository.dir}`, 'c']);
    const findings = [FINDING, findingOf(flawBelow('2.0.0', 'late'))];
    const traced = await trace(join(clones.dir, 'c'), findings);
    expect([traced.days, traced.codes]).toEqual([[null, '2026-01-03'], ['introduced-unknown']]);
    expect(traced.introductions.problems[0]).toMatchObject({
      message: expect.stringContaining('left') as string,
      mend: expect.stringContaining('git fetch --unshallow') as string,
      blocks: false,
    });
  });

  it('is what is not committed', async () => {
    const repository = lived(clean);
    repository.write(left('1.0.0'));
    const traced = await trace(repository.dir, [FINDING]);
    expect([traced.days, traced.codes]).toEqual([[null], ['introduced-unknown']]);
  });

  it('is a version of a file nobody can read, which is said', async () => {
    const traced = await trace(lived(left('1.0.0'), { 'package-lock.json': '{' }, left('1.0.0')).dir, [FINDING]);
    expect(traced.codes).toEqual(['history-unreadable']);
    expect(traced.introductions.problems[0]).toMatchObject({ target: '.', blocks: false });
  });
});

describe('dates that cannot be true', () => {
  function forged(...commits: readonly (readonly [string, FileTree])[]): TestRepository {
    const repository = makeGitRepository({ 'README.md': '' }, '2025-12-01T00:00:00Z');
    for (const [date, files] of commits) repository.commit('Commit', date, files);
    return repository;
  }

  it.each<[string, readonly (readonly [string, FileTree])[], string]>([
    [
      'in the future',
      [
        [day(1), clean],
        ['2031-01-01T00:00:00Z', left('1.0.0')],
      ],
      '2026-01-01',
    ],
    [
      'before its parent',
      [
        [day(1), clean],
        ['2001-01-01T00:00:00Z', left('1.0.0')],
        [day(3), { other: 'x' }],
      ],
      '2026-01-01',
    ],
    [
      'after its children',
      [
        [day(1), clean],
        [day(25), left('1.0.0')],
        [day(3), { a: '1' }],
        [day(4), { a: '2' }],
      ],
      '2026-01-01',
    ],
  ])('are reported, and the earlier evidence counts: %s', async (_, commits, expected) => {
    const { days, codes, sources } = await trace(forged(...commits).dir, [FINDING]);
    expect([days, codes]).toEqual([[expected], ['commit-date-doubtful']]);
    expect(sources[0]).toMatch(/^commit \w{12}, whose own date \(\d{4}-\d\d-\d\d\) cannot be true$/);
  });

  it('leave the date unknown when there is no other', async () => {
    const repository = makeGitRepository(left('1.0.0'), '2031-01-01T00:00:00Z');
    const { days, codes } = await trace(repository.dir, [FINDING]);
    expect([days, codes]).toEqual([[null], ['introduced-unknown']]);
  });

  it('are no matter where no finding rests on them', async () => {
    const repository = forged(
      [day(1), left('1.0.0')],
      ['2001-01-01T00:00:00Z', { other: 'x' }],
      [day(3), { other: 'y' }],
    );
    expect((await trace(repository.dir, [FINDING])).codes).toEqual([]);
  });
});
