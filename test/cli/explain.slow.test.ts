/** `fixby explain` as a user meets it: after a run, or over a report made before. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFixby } from '../support/fixby.ts';
import type { Ran } from '../support/fixby.ts';
import { makeGitRepository, makeRepository, npmProject, SECURITY_MD } from '../support/repository.ts';
import type { FileTree } from '../support/repository.ts';
import { schemaErrors } from '../support/published-schema.ts';
import { answers, startSource } from '../support/source.ts';

const LODASH = npmProject({ lodash: '4.17.21', minimist: '1.2.5' });
const NOW = ['--as-of', '2026-04-03T09:00:00Z'];

function repository(files: FileTree = LODASH): ReturnType<typeof makeGitRepository> {
  const made = makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...files });
  made.git(['tag', '-a', '-m', 'One', 'v1.0.0'], '2026-02-10T08:00:00Z');
  return made;
}

async function sources(): Promise<readonly string[]> {
  const { url } = await startSource();
  return ['--registry', url, '--osv-url', url, '--quiet', ...NOW];
}

/** A JSON report of the repository, as a file. */
async function reportFile(): Promise<string> {
  const { stdout } = await runFixby(['audit', repository().dir, '--format', 'json', ...(await sources())]);
  return join(makeRepository({ 'report.json': stdout }).dir, 'report.json');
}

const explain = (query: string, report: string, ...flags: readonly string[]): Promise<Ran> =>
  runFixby(['explain', query, '--report', report, ...flags]);

describe('after a run', () => {
  it('explains every finding of a package, the tag it went out with, and the line of the policy', async () => {
    const ran = await runFixby(['explain', 'lodash', repository().dir, ...(await sources())]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout.match(/^lodash@4\.17\.21 in \.: GHSA-/gm)).toHaveLength(3);
    expect(ran.stdout).toContain('v1.0.0, tagged on 2026-02-10, carried it.');
    expect(ran.stdout).toContain('SECURITY.md:6: "High vulnerabilities: Patch within 7 days"');
    expect(ran.stdout).toContain('2026-04-01 plus 7 days is 2026-04-08.');
    expect(ran.stdout).toMatch(/^ {4}\$ npm install lodash@4\.18\.0$/m);
  });

  it('is an error of usage for what is not there, with what comes near', async () => {
    const ran = await runFixby(['explain', 'Lodahs', repository().dir, ...(await sources())]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('Near it: lodash');
  });

  it('does not say "not there" where nobody could look', async () => {
    const { url } = await startSource({ bulk: answers(503, '{}') });
    const ran = await runFixby([
      'explain',
      'left-pad',
      repository().dir,
      '--registry',
      url,
      '--osv-url',
      url,
      '--quiet',
      ...NOW,
    ]);
    expect([ran.code, ran.stdout]).toEqual([3, '']);
    expect(ran.stderr).toContain('could not be checked');
  });

  it('tells of what has ended when it was seen, when it ended and how', async () => {
    const made = repository();
    const { url } = await startSource();
    const from = ['--registry', url, '--osv-url', url, '--quiet'];
    await runFixby(['audit', made.dir, ...from]);
    made.commit('Mend', '2026-02-11T08:00:00Z', npmProject({ lodash: '4.17.21', minimist: '1.2.8' }));
    await runFixby(['audit', made.dir, ...from]);

    const ran = await runFixby(['explain', 'CVE-2021-44906', made.dir, ...from]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^minimist@1\.2\.5 in \.: GHSA-xvch-5gv4-984h$/m);
    expect(ran.stdout).toMatch(/^ {2}critical, ended on \d{4}-\d\d-\d\d: upgraded$/m);
    expect(ran.stdout).toContain('0 findings, and 1 that ended');

    const json = await runFixby(['explain', 'minimist', made.dir, '--format', 'json', ...from]);
    expect(schemaErrors('explanation.v1', JSON.parse(json.stdout))).toBeNull();
    expect(JSON.parse(json.stdout)).toMatchObject({ explained: [], ended: [{ package: 'minimist', by: 'upgraded' }] });
  });

  it('writes no report', async () => {
    const made = repository();
    await runFixby(['explain', 'lodash', made.dir, ...(await sources())]);
    expect(made.git(['status', '--porcelain'])).toBe('');
  });
});

describe('over a report made before', () => {
  it('asks nobody, and says the same as the run', async () => {
    const report = await reportFile();
    const [table, again] = [await explain('CVE-2021-44906', report), await explain('cve-2021-44906', report)];
    expect([table.code, table.stderr]).toEqual([0, '']);
    expect(table.stdout).toMatch(/^minimist@1\.2\.5 in \.: GHSA-xvch-5gv4-984h$/m);
    expect(again.stdout).toBe(table.stdout);

    const json = await explain('minimist', report, '--format', 'json');
    expect(schemaErrors('explanation.v1', JSON.parse(json.stdout))).toBeNull();
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 'fixby.explanation/v1',
      query: 'minimist',
      explained: [{ finding: { package: 'minimist' }, rule: { judgedAs: 'critical', line: 5, file: 'SECURITY.md' } }],
    });
  });

  it('refuses a format it does not have', async () => {
    const ran = await explain('lodash', await reportFile(), '--format', 'markdown');
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('Allowed choices are table, json.');
  });

  it.each([
    ['another moment', ['--as-of', '2026-05-01'], '--as-of would change nothing'],
    ['sources', ['--offline', '--registry', 'https://registry.example'], '--registry, --offline would change nothing'],
    ['a place for reports', ['--output', 'reports'], "unknown option '--output'"],
  ])('refuses %s, which would be ignored', async (_, flags, complaint) => {
    const ran = await explain('lodash', await reportFile(), ...flags);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(complaint);
  });

  it.each([
    ['nothing', ''],
    ['half a report', '{"schema":"fixby.report/v1","verdict":"pass"'],
    ['another document', '{"schema":"fixby.report/v2"}'],
    ['a list', '[]'],
    ['a hostile one', '{"__proto__":{"schema":"fixby.report/v1"}}'],
  ])('refuses %s', async (_what, text) => {
    const ran = await explain('lodash', join(makeRepository({ 'report.json': text }).dir, 'report.json'));
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('cannot be used');
  });

  it('refuses a report that is not there, and survives one whose dates and zone are nonsense', async () => {
    expect((await explain('lodash', '/nowhere/report.json')).code).toBe(2);
    const report = JSON.parse(
      (await runFixby(['audit', repository().dir, '--format', 'json', ...(await sources())])).stdout,
    ) as {
      policy: { timeZone: string };
      findings: { deadline: Record<string, unknown>; timeline: Record<string, unknown> }[];
    };
    report.policy.timeZone = 'Nowhere/None';
    for (const { deadline, timeline } of report.findings) {
      Object.assign(deadline, { startedAt: 'yesterday', dueAt: '9999-99-99' });
      Object.assign(timeline, { published: '\u001b[2J' });
    }
    const file = join(makeRepository({ 'report.json': JSON.stringify(report) }).dir, 'report.json');
    const ran = await explain('lodash', file);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain('No clock was started');
    expect(ran.stdout).not.toContain('\u001b');
  });
});
