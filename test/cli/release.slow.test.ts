/** `fixby release` over real tags and real auditors: what may be tagged, what is in its way, and what is signed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/core/model/report.ts';
import { ROOT, runFixby } from '../support/fixby.ts';
import type { Ran } from '../support/fixby.ts';
import { makeGitRepository, makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import type { FileTree, TestRepository } from '../support/repository.ts';
import { startSource } from '../support/source.ts';

const TAGGED = '2026-01-02T00:00:00Z';
const NOW = '2026-04-03T09:00:00Z';

const CLEAN = npmProject({ ms: '2.1.3' });
/** One low finding. */
const LOW = npmProject({ nodemailer: '8.0.3' });
/** One high finding that is due, and two medium ones. */
const MEDIUM = npmProject({ lodash: '4.17.21' });
/** One high finding of 2026-02-09. */
const HIGH = npmProject({ axios: '1.13.4' });
const CRITICAL = npmProject({ 'form-data': '4.0.3' });
/** A folder that no auditor reads. */
const UNREADABLE: FileTree = {
  'service/package.json': '{"name":"service","dependencies":{"ms":"2.1.3"}}',
  'service/bun.lockb': '',
};

/** The critical finding, accepted until a day. */
const acceptedUntil = (day: string): FileTree => ({
  ...CRITICAL,
  '.fixby/exceptions.yaml': [
    'exceptions:',
    '  - advisory: CVE-2025-7783',
    '    reason: not reachable from outside',
    '    owner: ada',
    '    approver: grace',
    `    expires: ${day}`,
    '',
  ].join('\n'),
});

/** A repository tagged v1.0.0 at its first commit. */
function tagged(files: FileTree, tag = 'v1.0.0'): TestRepository {
  const repository = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...files });
  repository.git(['tag', '-a', '-m', tag, tag], TAGGED);
  return repository;
}

async function release(
  { dir }: Pick<TestRepository, 'dir'>,
  version: string,
  ...flags: readonly string[]
): Promise<Ran> {
  const { url } = await startSource();
  const moment = flags.some((flag) => flag === '--what-if' || flag === '--as-of') ? [] : ['--as-of', NOW];
  return runFixby(['release', version, dir, '--registry', url, '--osv-url', url, '--quiet', ...moment, ...flags]);
}

async function judged(repository: Pick<TestRepository, 'dir'>, version: string, ...flags: readonly string[]) {
  const { code, stdout } = await release(repository, version, '--format', 'json', ...flags);
  const view = reportSchema.parse(JSON.parse(stdout));
  return { code, verdict: view.verdict, codes: view.release?.blockers.map((blocker) => blocker.code), view };
}

describe('what may be tagged', () => {
  it.each<[string, FileTree, string, number, readonly string[]]>([
    ['nothing known', CLEAN, '1.0.1', 0, []],
    ['a low finding', LOW, '1.0.1', 0, []],
    ['findings for the next release', MEDIUM, '1.0.1', 1, ['window-ends', 'window-ends']],
    ['the same before a candidate, which is no release yet', MEDIUM, '1.1.0-rc.1', 0, []],
    ['an overdue finding', HIGH, '1.0.1', 1, ['overdue']],
    ['a critical finding', CRITICAL, '2.0.0', 1, ['overdue']],
    ['an accepted risk, on its last day', acceptedUntil('2026-04-03'), '1.0.1', 0, []],
    ['a risk accepted until the day before', acceptedUntil('2026-04-02'), '1.0.1', 1, ['overdue', 'exception-expired']],
    ['a folder nobody could look at', { ...CLEAN, ...UNREADABLE }, '1.0.1', 3, ['not-audited']],
    ['that folder beside an overdue finding', { ...CRITICAL, ...UNREADABLE }, '1.0.1', 1, ['overdue', 'not-audited']],
  ])('%s', async (_what, files, version, code, codes) => {
    const ran = await judged(tagged(files), version);
    expect([ran.code, ran.codes]).toEqual([code, codes]);
    expect(ran.verdict).toBe({ 0: 'pass', 1: 'fail', 3: 'inconclusive' }[code]);
  });

  it('names the tag that was a breach, with its day', async () => {
    const repository = tagged(MEDIUM);
    repository.git(['tag', 'v1.1.0']);
    repository.commit('Go on', '2026-02-10T08:00:00Z');
    repository.git(['tag', '-a', '-m', 'Next', 'v1.2.0'], '2026-02-11T08:00:00Z');
    const { view, codes } = await judged(repository, '1.2.1');
    expect(codes).toContain('overdue');
    expect(view.release).toMatchObject({ version: '1.2.1', tag: 'v1.2.1', level: 'patch', previous: 'v1.2.0' });
    expect(view.broken.join('\n')).toContain('carried by v1.2.0 of 2026-02-11');
    expect(view.releases).toContainEqual({ tag: 'v1.2.0', version: '1.2.0', at: '2026-02-11T08:00:00.000Z' });
  });

  it('goes by the tags of its own package in a monorepo', async () => {
    const repository = tagged(
      { ...CLEAN, '.fixby/config.yaml': 'version: 1\nreleases:\n  tagPattern: api-v*\n' },
      'api-v1.0.0',
    );
    repository.git(['tag', 'v9.0.0']);
    const { code, view } = await judged(repository, '1.0.1');
    expect([code, view.release?.tag, view.release?.previous]).toEqual([0, 'api-v1.0.1', 'api-v1.0.0']);
  });
});

describe('what is tagged is what is committed', () => {
  it.each<[string, (repository: TestRepository) => void, readonly string[]]>([
    ['a lock mended but not committed', (repository) => repository.write(CLEAN), ['package-lock.json', 'package.json']],
    [
      'a policy loosened but not committed',
      (repository) => repository.write({ 'SECURITY.md': SECURITY_MD.replace('7 days', '9 weeks') }),
      ['SECURITY.md'],
    ],
    [
      'settings that are not committed',
      (repository) => repository.write({ '.fixby/config.yaml': 'version: 1\n' }),
      ['.fixby/config.yaml'],
    ],
    [
      'a folder with a lock that is not committed',
      (repository) => repository.write(npmProject({ ms: '2.1.3' }, 'web')),
      ['web/package-lock.json', 'web/package.json'],
    ],
    [
      'a lock about to be dropped',
      (repository) => {
        repository.git(['rm', '-q', '--cached', 'api/package-lock.json', 'api/package.json']);
        rmSync(join(repository.dir, 'api'), { recursive: true });
      },
      ['api/package-lock.json', 'api/package.json'],
    ],
  ])('%s', async (_what, change, files) => {
    const repository = tagged({ ...LOW, ...npmProject({ ms: '2.1.3' }, 'api') });
    change(repository);
    const { code, view } = await judged(repository, '1.0.1');
    const named = view.release?.blockers.filter((blocker) => blocker.code === 'not-committed') ?? [];
    expect(code).toBe(1);
    expect(named.map(({ message }) => message.split(' ')[0])).toEqual(files);
  });

  it('line ends written as a platform has them are no difference, and what git ignores does not matter', async () => {
    const repository = tagged({ ...LOW, '.gitignore': 'reports/\n' });
    const lock = String(LOW['package-lock.json']).replaceAll('\n', '\r\n');
    repository.write({ 'package-lock.json': lock, 'reports/fixby.json': '{}' });
    expect(await judged(repository, '1.0.1')).toMatchObject({ code: 0, codes: [] });
  });

  it('cannot be told outside of a checkout, nor without tags in a shallow clone', async () => {
    const outside = await judged(makeRepository({ 'SECURITY.md': SECURITY_MD, ...CLEAN }), '1.0.1');
    expect([outside.code, outside.codes]).toEqual([3, ['not-audited']]);

    const repository = tagged(CLEAN);
    repository.commit('Next', '2026-02-01T00:00:00Z');
    const clone = makeRepository();
    clone.git(['clone', '-q', '--depth=1', '--no-tags', `file://${repository.dir}`, 'c']);
    const shallow = await judged({ dir: join(clone.dir, 'c') }, '1.0.1');
    expect([shallow.code, shallow.view.open]).toEqual([3, [expect.stringContaining('this clone is shallow')]]);
  });
});

describe('versions that cannot follow', () => {
  it.each([
    ['one that is there', ['1.0.0'], /exists already: v1\.0\.0/],
    ['one that goes backwards', ['0.9.0'], /goes backwards|is no version/],
    ['one that is none', ['next'], /is no version/],
    ['no version at all', [], /missing required argument/],
    ['two moments', ['1.0.1', '--what-if', '2026-05-01', '--as-of', '2026-05-01'], /both name the moment/],
    ['a day that is none', ['1.0.1', '--what-if', 'soon'], /is no date/],
  ])('%s: a usage error before anything is audited', async (_what, args, message) => {
    const repository = tagged(CLEAN);
    const { url, asked } = await startSource();
    const [version, ...flags] = args;
    const ran = await runFixby(
      ['release', ...(version === undefined ? [] : [version]), ...flags, '--registry', url, '--osv-url', url],
      { cwd: repository.dir },
    );
    expect([ran.code, ran.stdout, asked]).toEqual([2, '', []]);
    expect(ran.stderr).toMatch(message);
  });
});

describe('another day', () => {
  it.each([
    ['2026-02-16', 0],
    ['2026-02-17', 1],
  ])('on %s the exit code is %i, and the report says which day was judged', async (day, code) => {
    const ran = await release(tagged(HIGH), '1.0.1', '--what-if', day);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toMatch(new RegExp(`(What if it were tagged on|Not now but) ${day}`));
  });

  it('knows only the tags there were', async () => {
    const repository = tagged(CLEAN);
    repository.git(['tag', '-a', '-m', 'Later', 'v1.0.1'], '2026-03-01T00:00:00Z');
    expect((await release(repository, '1.0.1')).code).toBe(2);
    expect(await judged(repository, '1.0.1', '--as-of', '2026-02-01')).toMatchObject({ code: 0 });
  });
});

describe('the release note', () => {
  it('is JSON that keeps to the published schema', async () => {
    const { view } = await judged(tagged(MEDIUM), '1.0.1');
    const schema = JSON.parse(readFileSync(join(ROOT, 'schema/report.v1.schema.json'), 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect([ajv.validate(schema, view), ajv.errors]).toEqual([true, null]);
    expect(view.command).toBe('release');
    expect(view.findings.filter(({ breaks }) => breaks)).toHaveLength(2);
    expect(view.release?.blockers[0]?.clears).toMatch(
      /^Upgrade lodash to 4\.1\d\.\d+ in the root folder, or accept it: fixby except add GHSA-/,
    );
  });

  it('is Markdown to sign, in the file that is named', async () => {
    const repository = tagged(LOW);
    const file = join(makeRepository().dir, 'note.md');
    const ran = await release(repository, '1.0.1', '--format', 'markdown', '--output', file);
    const note = readFileSync(file, 'utf8');
    expect(ran.code).toBe(0);
    expect(note).toMatch(/^# ✔ Release note: PASS$/m);
    expect(note).toContain(repository.git(['rev-parse', 'HEAD']).trim());
    expect(note).toContain('GHSA-c7w3-x93f-qmm8');
    expect(note).toContain('`SECURITY.md:5`');
    expect(note).toMatch(/^\| Release manager \| +\| +\| +\|$/m);
  });

  it('says on the screen how to tag, or what to do first', async () => {
    const repository = tagged(LOW);
    const free = await release(repository, '1.0.1');
    expect(free.stdout).toMatch(/^✔ PASS {2}1\.0\.1 may be tagged/);
    expect(free.stdout).toContain('Goes out with it (1)');
    const held = await release(tagged(MEDIUM), '1.0.1');
    expect(held.stdout).toMatch(/^✖ FAIL {2}1\.0\.1 may not be tagged: 2 findings have to be gone in it\.$/m);
    expect(held.stdout).toMatch(/^ {2}✖ due in this release: lodash@4\.17\.21 in the root folder/m);
    expect(held.stdout).toMatch(/^ {4}→ Upgrade lodash to /m);
  });
});
