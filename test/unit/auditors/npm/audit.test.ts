/** When an answer of npm's is believed, and what it is called when it is not. */
import { describe, expect, it } from 'vitest';
import { npmAudit } from '../../../../src/core/auditors/npm/index.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { Invocation, InvocationResult } from '../../../../src/core/model/program.ts';
import { answerProgram, type FakeFiles, type ProgramRun } from '../../../support/answer-program.ts';
import {
  LODASH,
  lockText,
  MINIMIST,
  npmReport,
  type NpmReportValue,
  project,
  SETTINGS,
  targetWith,
  TIDY,
  WEB,
} from './demo.ts';

type Answer = (invocation: Invocation, index: number) => Partial<InvocationResult>;

const says =
  (document: unknown, exitCode = 1): Answer =>
  () => ({ exitCode, stdout: typeof document === 'string' ? document : JSON.stringify(document) });

const reports =
  (...advisories: readonly { name: string; range?: unknown }[]): Answer =>
  (invocation) => ({ exitCode: 1, stdout: JSON.stringify(npmReport(invocation, advisories)) });

function audit(
  answer: Answer,
  files: FakeFiles = TIDY,
  settings: Partial<AuditSettings> = {},
  target = WEB,
): ProgramRun<AuditAnswer> {
  return answerProgram(npmAudit.audit(target, { ...SETTINGS, ...settings }), files, answer);
}

const HTTP = (statusCode: number): object => ({
  message: `${statusCode} Something - POST https://user:hunter2@registry.example/-/npm/v1/security/advisories/bulk`,
  method: 'POST',
  uri: 'https://registry.example/-/npm/v1/security/advisories/bulk',
  headers: {},
  statusCode,
  body: '',
  error: { summary: '', detail: '' },
});

const CONNECTION = {
  message: 'request to https://registry.example/-/npm/v1/security/advisories/bulk failed, reason: connect ECONNREFUSED',
  error: { summary: '', detail: '' },
};

describe('an audit that held', () => {
  it('reports what affects the lock, and never the canary', () => {
    const { value } = audit(reports(LODASH, MINIMIST));
    expect(value.outcome).toEqual({ status: 'audited' });
    expect(value.coverage).toEqual({ packages: 1, audited: 1, skipped: [] });
    expect(value.reported).toEqual([
      {
        auditor: 'npm-audit',
        package: 'lodash',
        affects: ['node_modules/lodash'],
        ids: ['GHSA-35jh-r3h4-6jhm'],
        summary: 'Command injection',
        url: LODASH.url,
        severity: { from: 'tool', by: 'npm-audit', level: 'high', score: 7.2, vector: LODASH.cvss.vectorString },
        range: '<4.17.21',
        fixedIn: [],
      },
    ]);
  });

  it('finds nothing when only the canary sings', () => {
    const { value } = audit(reports(MINIMIST));
    expect(value).toMatchObject({ outcome: { status: 'audited' }, reported: [] });
  });

  it('keeps a real minimist of the tree apart from the canary', () => {
    const packages = {
      'node_modules/minimist': { version: '0.0.8' },
      'node_modules/a': { version: '1.0.0', dependencies: { minimist: '1' } },
      'node_modules/a/node_modules/minimist': { version: '1.2.8' },
    };
    const files = project({ dependencies: { minimist: '0.0.8', a: '1' } }, packages);
    expect(audit(reports(MINIMIST), files).value.reported).toMatchObject([{ affects: ['node_modules/minimist'] }]);
  });

  it("does not take the canary's advisory for one of a newer minimist that has another", () => {
    const files = project({ dependencies: { minimist: '1' } }, { 'node_modules/minimist': { version: '1.2.5' } });
    const newer = { ...MINIMIST, url: 'https://github.com/advisories/GHSA-vh95-rmgr-6w4m', range: '>=1.0.0 <1.2.6' };
    const { reported } = audit(reports(MINIMIST, newer), files).value;
    expect(reported.map((each) => each.ids)).toEqual([['GHSA-vh95-rmgr-6w4m']]);
  });

  it('does not ask about a project without dependencies', () => {
    const run = audit(reports(), project({}, {}));
    expect(run.value.outcome).toMatchObject({ status: 'not-applicable', reason: 'no-dependencies' });
    expect(run.invocations).toEqual([]);
  });
});

describe('an answer that proves nothing', () => {
  const doctored =
    (doctor: (report: NpmReportValue) => unknown): Answer =>
    (invocation) => ({ exitCode: 1, stdout: JSON.stringify(doctor(npmReport(invocation, [LODASH, MINIMIST]))) });
  const total = (change: number): Answer =>
    doctored((report) => {
      report.metadata.dependencies.total += change;
      return report;
    });

  it.each<[string, Answer, string]>([
    ['prints nothing', says(''), 'unreadable-output'],
    ['prints HTML', says('<html>'), 'unreadable-output'],
    ['prints help text', says('Usage:\nnpm audit [fix|signatures]', 0), 'unreadable-output'],
    ['is cut off', says('{"auditReportVersion":2,"vulnerabilities":{'), 'unreadable-output'],
    ['prints null', says('null', 0), 'unreadable-output'],
    ['prints a list', says('[]', 0), 'unreadable-output'],
    ['prints an empty object', says('{}', 0), 'unreadable-output'],
    ['is of another version', doctored((report) => ({ ...report, auditReportVersion: 3 })), 'unreadable-output'],
    ['lists vulnerabilities', doctored((report) => ({ ...report, vulnerabilities: [] })), 'unreadable-output'],
    [
      'has an entry of another shape',
      doctored((report) => ({ ...report, vulnerabilities: { a: 1 } })),
      'unreadable-output',
    ],
    ['is clean although the canary is asked about', reports(), 'source-blind'],
    ['knows everything but the canary', reports(LODASH), 'source-blind'],
    [
      'names the canary without an advisory',
      doctored((report) => {
        report.vulnerabilities['minimist']!.via = ['mkdirp'];
        return report;
      }),
      'source-blind',
    ],
    [
      'names minimist at another place',
      doctored((report) => {
        report.vulnerabilities['minimist']!.nodes = ['asked/minimist@1.2.8'];
        return report;
      }),
      'source-blind',
    ],
    [
      'names the place of the canary for another package',
      doctored((report) => {
        const lodash = report.vulnerabilities['lodash']!;
        return { ...report, vulnerabilities: { lodash: { ...lodash, nodes: ['asked/zz-audit-canary'] } } };
      }),
      'source-blind',
    ],
    ['counts one less', total(-1), 'count-mismatch'],
    ['counts one more', total(1), 'count-mismatch'],
    ['does not count', doctored((report) => ({ ...report, metadata: {} })), 'count-mismatch'],
    ['reports what was not asked', doctored(strayed), 'unreadable-output'],
    ['carries an error beside a report', doctored((report) => ({ ...report, error: {} })), 'source-unreachable'],
    ['400', says(HTTP(400)), 'source-refused'],
    ['401', says(HTTP(401)), 'source-refused'],
    ['403', says(HTTP(403)), 'source-refused'],
    ['404', says(HTTP(404)), 'source-refused'],
    ['405', says(HTTP(405)), 'source-refused'],
    ['408', says(HTTP(408)), 'source-unreachable'],
    ['429', says(HTTP(429)), 'source-unreachable'],
    ['500', says(HTTP(500)), 'source-unreachable'],
    ['503', says(HTTP(503)), 'source-unreachable'],
    ['no connection', says(CONNECTION), 'source-unreachable'],
    [
      'answer is no JSON',
      says({ message: 'invalid json response body at x', error: { summary: '' } }),
      'unreadable-output',
    ],
    ['answer is no list', says({ error: { summary: 'advisories is not iterable', detail: '' } }), 'unreadable-output'],
    [
      'answer is text',
      says({ error: { summary: "Cannot create property 'name' on string 'I'" } }),
      'unreadable-output',
    ],
    [
      'ENOLOCK',
      says({ error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } }),
      'tool-failed',
    ],
    ['EAUDITGLOBAL', says({ error: { code: 'EAUDITGLOBAL', summary: 'no globals' } }), 'tool-failed'],
    ['is not there', () => ({ status: 'tool-missing' }), 'tool-missing'],
    ['hangs', () => ({ status: 'timed-out' }), 'timed-out'],
    ['floods', () => ({ status: 'output-too-large' }), 'output-too-large'],
    ['is killed', () => ({ status: 'signaled' }), 'tool-failed'],
  ])('npm: %s', (_, answer, reason) => {
    const { value } = audit(answer);
    expect(value.outcome).toMatchObject({ status: 'unavailable', reason });
    expect(value.coverage).toEqual({ packages: 1, audited: 0, skipped: [] });
    expect(JSON.stringify(value)).not.toContain('hunter2');
  });

  it('says where to name the authority of a registry that could not prove who it is', () => {
    const message = 'request to https://registry.example/ failed, reason: self-signed certificate';
    expect(audit(says({ message, error: { summary: '', detail: '' } })).value.outcome).toMatchObject({
      reason: 'source-unreachable',
      mend: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
  });

  it('repeats the last words of an npm that printed nothing, without its secrets', () => {
    const stderr = 'Error: boom at https://me:hunter2@registry.example/';
    expect(audit(() => ({ exitCode: 1, stdout: '', stderr })).value.outcome).toMatchObject({
      message: expect.stringMatching(
        /it printed nothing\). Its last words: Error: boom at https:\/\/registry/,
      ) as string,
    });
  });

  it('keeps the findings of an answer that fails its proofs', () => {
    expect(audit(total(-1)).value.reported).toHaveLength(1);
    expect(audit(reports(LODASH)).value.reported).toHaveLength(1);
  });

  it('names the status and the mend of a registry without an endpoint', () => {
    const { outcome } = audit(says(HTTP(405))).value;
    expect(outcome).toMatchObject({
      message: expect.stringContaining('405') as string,
      mend: expect.stringContaining('fixby mirror serve') as string,
    });
  });
});

function strayed(report: NpmReportValue): NpmReportValue {
  report.vulnerabilities['other'] = {
    name: 'other',
    via: [{ ...LODASH, name: 'other' }],
    nodes: ['node_modules/other'],
  };
  return report;
}

describe('asking again', () => {
  it.each<[string, object, readonly number[]]>([
    ['no connection', CONNECTION, [0, 500, 1000]],
    ['408', HTTP(408), [0, 500, 1000]],
    ['429', HTTP(429), [0, 500, 1000]],
    ['502', HTTP(502), [0, 500, 1000]],
    ['404', HTTP(404), [0]],
    ['a bad answer', { message: 'invalid json response body at x' }, [0]],
    ['npm itself', { error: { code: 'ENOLOCK', summary: 'x' } }, [0]],
  ])('%s: pauses %j', (_, document, pauses) => {
    expect(audit(says(document)).invocations.map((invocation) => invocation.delayMs)).toEqual(pauses);
  });

  it('believes the answer that comes at last', () => {
    const run = audit((invocation, index) => (index < 2 ? says(HTTP(503)) : reports(MINIMIST))(invocation, index));
    expect(run.value.outcome.status).toBe('audited');
  });
});

describe('a lock that cannot carry an audit', () => {
  const skipped = project({}, { 'node_modules/x': { version: '1.0.0' }, 'node_modules/y': { version: 'banana' } });
  it.each<[string, FakeFiles, Partial<AuditSettings>, string | undefined]>([
    ['stale', { ...TIDY, 'web/package.json': '{"dependencies":{"lodash":"^5.0.0"}}' }, {}, 'lockfile-stale'],
    [
      'suspect',
      project(
        { dependencies: { a: '2' } },
        { 'node_modules/a': { version: '2.0.0', resolved: 'https://r.example/a/-/a-1.0.0.tgz' } },
      ),
      {},
      'lockfile-suspect',
    ],
    ['incomplete', skipped, {}, 'incomplete'],
    ['incomplete and accepted', skipped, { acceptedUnaudited: [{ package: 'y', reason: 'ours' }] }, undefined],
    [
      'accepted elsewhere',
      skipped,
      { acceptedUnaudited: [{ package: 'y', target: 'api', reason: 'ours' }] },
      'incomplete',
    ],
  ])('%s', (_, files, settings, reason) => {
    const { value } = audit(reports(MINIMIST, LODASH), files, settings);
    expect(value.outcome).toMatchObject(
      reason === undefined ? { status: 'audited' } : { status: 'unavailable', reason },
    );
    expect(value.coverage.audited).toBe(value.inventory.packages.length);
  });

  it('keeps findings of a stale lock', () => {
    const files = { ...TIDY, 'web/package.json': '{"dependencies":{"lodash":"^5.0.0"}}' };
    expect(audit(reports(MINIMIST, LODASH), files).value.reported).toHaveLength(1);
  });

  it.each<[string, FakeFiles, string]>([
    ['no lock', { 'web/package.json': '{}' }, 'no-lockfile'],
    ['unreadable', { 'web/package.json': '{}', 'web/package-lock.json': '{' }, 'lockfile-unreadable'],
    ['holds nothing that is asked for', project({ dependencies: { a: '1' } }, {}), 'lockfile-stale'],
    [
      'holds nothing, and nobody says why',
      { 'web/package-lock.json': '{"lockfileVersion":3,"packages":{}}' },
      'lockfile-suspect',
    ],
    ['holds only what cannot be audited', project({}, { 'node_modules/x': {} }), 'incomplete'],
  ])('%s: npm is not asked', (_, files, reason) => {
    const run = audit(reports(MINIMIST), files);
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason });
    expect(run.invocations).toEqual([]);
  });

  it('a yarn.lock beside it leaves the audit incomplete until somebody accepts it', () => {
    const target = targetWith('package-json', 'package-lock', 'yarn-lock');
    expect(audit(reports(MINIMIST), TIDY, {}, target).value.outcome).toMatchObject({ reason: 'incomplete' });
    const accepted = { acceptedUnaudited: [{ package: 'yarn.lock', reason: 'left over' }] };
    expect(audit(reports(MINIMIST), TIDY, accepted, target).value.outcome.status).toBe('audited');
  });
});

describe('the question', () => {
  const hostile = {
    scripts: { preaudit: 'touch /tmp/owned' },
    dependencies: { lodash: '^4.17.0' },
    engines: { node: '0.1' },
    devEngines: { packageManager: { name: 'yarn', onFail: 'error' } },
    config: { registry: 'https://evil.example/' },
  };
  const entry = { version: '4.17.20', resolved: 'https://evil.example/lodash/-/lodash-4.17.20.tgz', dev: true };
  const files = {
    ...project(hostile, { 'node_modules/lodash': entry, '../../../etc/node_modules/lodash': { version: '4.17.20' } }),
    'web/.npmrc': 'offline=true',
  };

  it('carries names and versions, and nothing else of the repository', () => {
    const laid = audit(reports(MINIMIST), files).invocations[0]?.files ?? {};
    expect(Object.keys(laid).sort()).toEqual(['.npmrc', 'package-lock.json', 'package.json']);
    expect(laid['.npmrc']).toBe('');
    const text = JSON.stringify(laid);
    for (const word of ['evil', 'touch', 'engines', 'scripts', '..', 'etc']) expect(text).not.toContain(word);
  });

  it('asks once about what is installed at several places, and places the answer on each', () => {
    const run = audit(reports(MINIMIST, LODASH), files);
    expect(run.value.outcome.status).toBe('audited');
    expect(run.value.reported).toMatchObject([
      { affects: ['../../../etc/node_modules/lodash', 'node_modules/lodash'] },
    ]);
  });

  it('forces every setting that could blind npm', () => {
    const args = audit(reports(MINIMIST)).invocations[0]?.args ?? [];
    const forced = [
      'audit', '--json', '--registry=https://registry.example/', '--cache={workspace}/.cache', '--logs-max=0',
      '--no-update-notifier', '--no-offline', '--no-global', '--package-lock', '--include=prod', '--include=dev',
      '--include=optional', '--include=peer', '--audit-level=info', '--fetch-timeout=60000', '--fetch-retries=0',
      '--loglevel=error', '--no-usage',
    ]; // prettier-ignore
    expect(args).toEqual(expect.arrayContaining(forced));
    expect(args.some((arg) => arg.includes('userconfig'))).toBe(false);
  });

  it('leaves the registry to npm when nobody names one', () => {
    const { npmRegistry, ...settings } = SETTINGS;
    expect(npmRegistry).toBeDefined();
    const run = answerProgram(npmAudit.audit(WEB, settings), TIDY, reports(MINIMIST));
    expect(run.invocations[0]?.args.some((arg) => arg.startsWith('--registry'))).toBe(false);
    expect(run.value.source).toBe("the registry of npm's own configuration");
  });

  it.each([
    ['https://user:secret@registry.example/npm/', 'https://registry.example/npm/'],
    ['https://registry.example/', 'https://registry.example/'],
  ])('names its source: %s → %s', (npmRegistry, source) => {
    expect(audit(reports(MINIMIST), TIDY, { npmRegistry }).value.source).toBe(source);
  });

  it.each(['notaurl', 'ftp://registry.example/', 'https://', ''])(
    'refuses %j, for which npm would ask elsewhere',
    (npmRegistry) => {
      const run = audit(reports(MINIMIST), TIDY, { npmRegistry });
      expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason: 'source-refused' });
      expect(run.invocations).toEqual([]);
    },
  );

  it('is the same text for the same lock', () => {
    const other = {
      ...TIDY,
      'web/package-lock.json': lockText(
        { dependencies: { lodash: '^4.17.0' } },
        { 'node_modules/lodash': { version: '4.17.20' } },
      ),
    };
    expect(audit(reports(MINIMIST), other).invocations[0]?.files).toEqual(
      audit(reports(MINIMIST)).invocations[0]?.files,
    );
  });
});
