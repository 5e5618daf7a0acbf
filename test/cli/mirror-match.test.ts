/** `fixby mirror match`: what a mirror knows of locks and packages, and when it says that it could not look. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMirrorMatch } from '../../src/cli/commands/mirror-match.ts';
import { matchReportSchema } from '../../src/core/model/match-report.ts';
import type { MatchReport } from '../../src/core/model/match-report.ts';
import { importExample } from '../support/example-mirror.ts';
import { runFixby } from '../support/fixby.ts';
import { runInProcess } from '../support/in-process.ts';
import { temporaryFolder } from '../support/mirror.ts';
import { schemaErrors } from '../support/published-schema.ts';
import { makeRepository, npmProject } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';

const POETRY = `[[package]]
name = "Jinja2"
version = "2.11.2"
groups = ["main"]
files = []

[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
content-hash = "0"
`;

const PYPROJECT = '[tool.poetry.dependencies]\npython = ">=3.9"\nJinja2 = "2.11.2"\n';

const NAMELESS = JSON.stringify({
  lockfileVersion: 3,
  packages: { 'node_modules/here': {}, 'node_modules/ms': { version: '2.1.3' } },
});

const YARN = '# yarn lockfile v1\n\n\nform-data@4.0.3:\n  version "4.0.3"\n';

interface Matched {
  readonly code: number;
  readonly report: MatchReport;
}

/** What the command prints as JSON, run over `files`. */
async function match(files: FileTree, names: readonly string[], mirror?: string): Promise<Matched> {
  const folder = mirror ?? (await importExample(1));
  const { dir } = makeRepository(files);
  const ran = await runInProcess(dir, (world) =>
    runMirrorMatch(world, names, { mirror: folder, maxAge: '48 hours', format: 'json' }),
  );
  expect(ran.stderr).toBe('');
  return { code: ran.code, report: matchReportSchema.strict().parse(JSON.parse(ran.stdout)) };
}

const found = ({ findings }: MatchReport): readonly string[] =>
  findings.map(({ asked, package: name, versions, advisory }) =>
    [asked, `${name}@${versions.join('+')}`, advisory.id].join(' '),
  );

describe('the built command', () => {
  it('prints what concerns a lock, the worst first, and exits 1', async () => {
    const { dir } = makeRepository(npmProject({ lodash: '4.17.20', 'form-data': '4.0.3', ms: '2.1.3' }));
    const args = ['mirror', 'match', 'package-lock.json', '--mirror', await importExample(1)];
    const ran = await runFixby(args, { cwd: dir });
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toMatch(/^4 advisories concern 2 of 3 packages asked about\.\nmirror {2}generation 1 of /);
    expect(ran.stdout).toMatch(/✖ critical · form-data@4\.0\.3 · GHSA-fjxv-7rqg-78g4 · fix 4\.0\.4 · direct\n/);
    expect(ran.stdout.indexOf('critical')).toBeLessThan(ran.stdout.indexOf('high'));
  });

  it('writes JSON that its schema knows, every key of it', async () => {
    const { dir } = makeRepository(npmProject({ lodash: '4.17.20' }));
    const mirror = await importExample(1);
    const ran = await runFixby(['mirror', 'match', dir, 'PyPI:jinja2@2.11.2', '--mirror', mirror, '--format', 'json']);
    const report = JSON.parse(ran.stdout) as MatchReport;
    expect([ran.code, schemaErrors('match.v1', report)]).toEqual([1, null]);
    expect(report.tool.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(report.summary).toMatchObject({ packages: 2, matched: 2, affected: 2 });
  });
});

describe('what can be asked about', () => {
  it.each<[string, FileTree, string, string]>([
    ['npm', npmProject({ 'form-data': '4.0.3' }), 'package-lock.json', 'form-data@4.0.3 GHSA-fjxv-7rqg-78g4'],
    [
      'yarn',
      { 'yarn.lock': YARN, 'package.json': '{"dependencies":{"form-data":"4.0.3"}}' },
      'yarn.lock',
      'form-data@4.0.3 GHSA-fjxv-7rqg-78g4',
    ],
    [
      'poetry',
      { 'poetry.lock': POETRY, 'pyproject.toml': PYPROJECT },
      'poetry.lock',
      'jinja2@2.11.2 GHSA-g3rq-g295-4j3m',
    ],
  ])('a lock of %s', async (_what, files, name, finding) => {
    const { code, report } = await match(files, [name]);
    expect([code, report.asked.map(({ outcome }) => outcome), found(report)]).toEqual([
      1,
      ['audited'],
      [`${name} ${finding}`],
    ]);
  });

  it('every lock of a folder', async () => {
    const files = { ...npmProject({ 'form-data': '4.0.3' }, 'app'), 'app/poetry.lock': POETRY, 'app/pdm.lock': '' };
    const { report } = await match(files, ['app']);
    expect(report.asked.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'app/package-lock.json audited',
      'app/pdm.lock unavailable',
      'app/poetry.lock unavailable',
    ]);
    expect(found(report)).toHaveLength(2);
  });

  it.each([
    ['npm:lodash@4.17.20', 3],
    ['pkg:npm/lodash@4.17.20', 3],
    ['PyPI:Jinja2@2.11.2', 1],
    ['pypi:jinja2@2.11.3', 0],
    ['npm:@types/node@20.0.0', 0],
  ])('%s, of which there are %i advisories', async (name, advisories) => {
    const { code, report } = await match({}, [name]);
    expect([code, report.findings.length, report.summary.matched]).toEqual([advisories > 0 ? 1 : 0, advisories, 1]);
  });

  it('a lock that installs nothing that is known, and says how much it asked', async () => {
    const { code, report } = await match(npmProject({ ms: '2.1.3', semver: '7.8.6' }), ['package-lock.json']);
    expect([code, report.result, report.sentence]).toEqual([
      0,
      'nothing-found',
      'Nothing found: 2 packages asked about, and no advisory concerns any.',
    ]);
  });

  it.each<[string, FileTree, number]>([
    ['pdm.lock', npmProject({ ms: '2.1.3' }), 3],
    ['bun.lockb', { 'pylock.toml': 'lock-version = "1.0"\ncreated-by = "x"\npackages = []\n' }, 3],
    ['bun.lockb', npmProject({ ms: '2.1.3' }), 0],
  ])('a folder with %s, which nobody reads: clean only where another lock says the same', async (lock, files, code) => {
    const ran = await match({ ...files, [lock]: 'x' }, ['.']);
    expect([ran.code, ran.report.asked.find(({ name }) => name === lock)?.outcome]).toEqual(
      code === 3 ? [3, 'unavailable'] : [0, undefined],
    );
  });

  it.each([
    ['requirements.txt', 'is no lock that is read'],
    ['pdm.lock', 'is no lock that is read'],
    ['nowhere', 'is not there'],
    ['empty', 'is a folder without a lock'],
    ['npm:lodash', 'names no version'],
    ['npm:lodash@^4', 'names no version'],
    ['pkg:gem/rails@1.0.0', 'names no version'],
    ['', 'is a folder without a lock'],
  ])('not %j: it is a usage error', async (name, why) => {
    const { dir } = makeRepository({ 'requirements.txt': 'six\n', 'pdm.lock': '', 'empty/README.md': '' });
    const ran = await runInProcess(dir, (world) => runMirrorMatch(world, [name], { maxAge: '48 hours' }));
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(why);
  });
});

describe('what could not be looked at', () => {
  const clean = npmProject({ ms: '2.1.3' });

  it.each<[string, () => Promise<string>, string, string]>([
    ['is not there', () => Promise.resolve(temporaryFolder()), 'source-unreachable', 'there is no mirror in'],
    ['is too old', () => importExample(49), 'source-stale', '49 hours ago'],
    ['does not hold the ecosystem', () => importExample(1, ['PyPI']), 'source-blind', 'nothing on minimist'],
  ])('a mirror that %s proves nothing', async (_what, mirror, reason, message) => {
    const { code, report } = await match(clean, ['package-lock.json'], await mirror());
    expect([code, report.result, report.asked[0]?.reason]).toEqual([3, 'inconclusive', reason]);
    expect(report.asked[0]?.message).toContain(message);
    expect(report.asked[0]?.mend).toContain('fixby mirror import');
  });

  it('an old mirror is believed about what it knows', async () => {
    const files = npmProject({ 'form-data': '4.0.3' });
    const { code, report } = await match(files, ['package-lock.json'], await importExample(49));
    expect([code, report.result, report.asked[0]?.outcome]).toEqual([1, 'found', 'unavailable']);
    expect(report.mirror).toMatchObject({ status: 'open', sources: [{ isOld: true }, { isOld: true }] });
  });

  it.each<[string, FileTree, string]>([
    ['is not there', {}, 'no-lockfile'],
    ['is no JSON', { 'package-lock.json': '{"lockfileVersion":' }, 'lockfile-unreadable'],
    ['is empty', { 'package-lock.json': '' }, 'lockfile-unreadable'],
    [
      'is not in step with its manifest',
      { ...clean, 'package.json': '{"dependencies":{"ms":"^3.0.0"}}' },
      'lockfile-stale',
    ],
    ['leaves a version out', { 'package-lock.json': NAMELESS }, 'incomplete'],
  ])('a lock that %s', async (_what, files, reason) => {
    const { code, report } = await match(files, ['package-lock.json']);
    expect([code, report.asked[0]?.reason]).toEqual([3, reason]);
    expect(report.sentence).toMatch(/^Could not look at everything/);
  });

  it('one lock hides nothing of another', async () => {
    const { code, report } = await match({ 'uv.lock': 'version = "x' }, ['uv.lock', 'npm:lodash@4.17.20']);
    expect([code, report.asked.map(({ outcome }) => outcome)]).toEqual([1, ['unavailable', 'audited']]);
    expect(report.sentence).toBe('3 advisories concern 1 of 1 package asked about. Not everything could be looked at.');
  });

  it('a lock that is a link out of its folder', async () => {
    const { dir } = makeRepository(clean);
    const other = makeRepository({ 'package.json': '{}' });
    symlinkSync(join(dir, 'package-lock.json'), join(other.dir, 'package-lock.json'));
    const { code, report } = await match({}, [join(other.dir, 'package-lock.json')]);
    expect([code, report.asked[0]?.message]).toEqual([3, expect.stringContaining('link') as string]);
  });
});

it('shows names that would move a cursor for what they are', async () => {
  const { dir } = makeRepository({ 'a\u001b[2J\u202e/package-lock.json': '{}' });
  const mirror = await importExample(1);
  for (const format of ['table', 'json']) {
    const ran = await runInProcess(dir, (world) =>
      runMirrorMatch(world, ['a\u001b[2J\u202e/package-lock.json'], { mirror, maxAge: '48 hours', format }),
    );
    expect(ran.code).toBe(3);
    expect(ran.stdout).toMatch(/u\{1b\}|\\u001b/);
    expect(ran.stdout).not.toMatch(/[\u001b\u202e]/);
  }
});
