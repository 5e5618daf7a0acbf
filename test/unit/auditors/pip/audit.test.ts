/** When pip-audit's answer is an audit, and every way in which it is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../../../src/core/model/program.ts';
import { type Package, type PipAuditAnswer, audit, reportOn, traceback, targetOf } from './demo.ts';

const FILES = { 'requirements.txt': 'jinja2==2.11.2 --hash=sha256:00\nidna==2.8 --hash=sha256:00\n' };

function auditWith(pipAudit: PipAuditAnswer, settings = {}) {
  return audit(FILES, { pipAudit }, settings);
}

function printed(document: unknown): Partial<InvocationResult> {
  return { stdout: JSON.stringify(document) };
}

describe('an audit', () => {
  const news = {
    'jinja2@2.11.2': [
      {
        id: 'PYSEC-2021-66',
        aliases: ['GHSA-b', 'CVE-a'],
        fix_versions: ['2.11.3'],
        description: 'Slow\u001b[31m pattern\n',
      },
      { id: 'CVE-a', aliases: ['PYSEC-2021-66', 'GHSA-b'], fix_versions: ['2.10.4', '2.11.3'] },
    ],
  };
  const run = auditWith(reportOn(news));

  it('holds what pip-audit found, once an alias set', () => {
    expect(run.value.reported).toEqual([
      {
        auditor: 'pip-audit',
        package: 'jinja2',
        affects: ['jinja2@2.11.2'],
        ids: ['CVE-a', 'GHSA-b', 'PYSEC-2021-66'],
        summary: 'Slow\\u{1b}[31m pattern',
        fixedIn: ['2.10.4', '2.11.3'],
      },
    ]);
    expect(run.value.outcome).toEqual({ status: 'audited' });
    expect(run.value.coverage).toEqual({ packages: 2, audited: 2, skipped: [] });
  });

  it('runs in a folder of its own with a canary, and nothing of the repository', () => {
    const [asked] = run.invocations;
    expect(Object.keys(asked?.files ?? {})).toEqual(['pylock.toml', 'pylock.fixby-canary.toml']);
    expect(asked?.args).toEqual([
      '--locked',
      '{workspace}',
      '--progress-spinner',
      'off',
      '--format',
      'json',
      '--desc',
      'on',
      '--aliases',
      'on',
      '--output',
      '-',
      '--vulnerability-service',
      'osv',
      '--osv-url',
      'http://osv.test/v1/query',
    ]);
    expect(asked?.env).toMatchObject({ PYTHONSAFEPATH: '1', PYTHONHASHSEED: '0' });
  });

  it('names its source without credentials', () => {
    expect(auditWith(reportOn({}), { osvUrl: 'http://u:secret@osv.test/' }).value.source).toBe('http://osv.test/');
    expect(audit(FILES).value.source).toBe('http://osv.test');
  });

  it('never shows the canary, and shows pycrypto when the project has it', () => {
    expect(auditWith(reportOn({})).value.reported).toEqual([]);
    const own = audit({ 'requirements.txt': 'PyCrypto==2.6.1 --hash=sha256:00\n' });
    expect(own.value.reported).toMatchObject([{ package: 'pycrypto', affects: ['pycrypto@2.6.1'] }]);
  });

  it('asks about a local version by its public one, and answers for both', () => {
    const text = 'torch==2.0+cpu --hash=sha256:00\ntorch==2.0 --hash=sha256:00\n';
    const found = audit({ 'requirements.txt': text }, { pipAudit: reportOn({ 'torch@2.0': [{ id: 'CVE-t' }] }) });
    expect(found.value.reported).toMatchObject([{ affects: ['torch@2.0', 'torch@2.0+cpu'] }]);
    expect(found.value.coverage.audited).toBe(2);
  });

  it('takes an answer in another spelling for the answer', () => {
    const pipAudit: PipAuditAnswer = (asked) =>
      printed({
        dependencies: asked.map(({ name, version }) => ({
          name: name.toUpperCase(),
          version: `v${version}`,
          vulns: name === 'pycrypto' ? [{ id: 'x' }] : [],
        })),
      });
    expect(auditWith(pipAudit).value.outcome).toEqual({ status: 'audited' });
  });

  it('of more than 200 packages is a few runs side by side', () => {
    const text = Array.from({ length: 450 }, (_, i) => `p${i}==1.0 --hash=sha256:00`).join('\n');
    const large = audit({ 'requirements.txt': text });
    expect(large.steps.filter(({ ask }) => ask === 'run')).toHaveLength(1);
    expect(large.invocations).toHaveLength(3);
    expect(large.value.coverage.audited).toBe(450);
  });

  it('answers the same, byte for byte, in whatever order pip-audit answers', () => {
    const reversed: PipAuditAnswer = (asked) => reportOn(news)([...asked].reverse());
    expect(auditWith(reversed).value).toEqual(run.value);
  });
});

describe('a false clean is not taken:', () => {
  const canary = { name: 'pycrypto', version: '2.6.1', vulns: [{ id: 'PYSEC-2017-94' }] };
  const clean = (name: string, version: string) => ({ name, version, vulns: [] });

  it.each<[string, PipAuditAnswer, string]>([
    ['a source that answers {} to everything', reportOn({}, []), 'source-blind'],
    [
      'a report without the canary',
      () => printed({ dependencies: [clean('jinja2', '2.11.2'), clean('idna', '2.8')] }),
      'source-blind',
    ],
    ['an empty report', () => printed({ dependencies: [], fixes: [] }), 'source-blind'],
    ['a package too few', () => printed({ dependencies: [canary, clean('idna', '2.8')] }), 'count-mismatch'],
    [
      'a package of another version',
      () => printed({ dependencies: [canary, clean('idna', '2.8'), clean('jinja2', '3.0')] }),
      'count-mismatch',
    ],
    [
      'a skipped package',
      () => printed({ dependencies: [canary, clean('idna', '2.8'), { name: 'jinja2', skip_reason: 'not found' }] }),
      'incomplete',
    ],
    ['an error object', () => printed({ error: 'x' }), 'unreadable-output'],
    ['a list of nonsense', () => printed([1, 2]), 'unreadable-output'],
    ['null', () => printed(null), 'unreadable-output'],
    [
      'a dependency without its vulnerabilities',
      () => printed({ dependencies: [canary, { name: 'idna', version: '2.8' }] }),
      'unreadable-output',
    ],
    ['HTML', () => ({ stdout: '<html>' }), 'unreadable-output'],
    ['a truncated report', () => ({ stdout: '{"dependencies": [{"name": "idna"' }), 'unreadable-output'],
    ['no output with exit code 0', () => ({ exitCode: 0 }), 'tool-failed'],
    [
      'a usage error',
      () => ({ exitCode: 2, stderr: 'usage: pip-audit\npip-audit: error: unrecognized arguments' }),
      'tool-failed',
    ],
    [
      'its own error line',
      () => ({ exitCode: 1, stderr: 'ERROR:pip_audit._cli:pylock.toml: missing packages in lockfile' }),
      'tool-failed',
    ],
    ['a missing tool', () => ({ status: 'tool-missing', exitCode: null }), 'tool-missing'],
    ['a time limit', () => ({ status: 'timed-out', exitCode: null }), 'timed-out'],
    ['an output cap', () => ({ status: 'output-too-large', exitCode: null }), 'output-too-large'],
    ['a signal', () => ({ status: 'signaled', exitCode: null }), 'tool-failed'],
    ['an interruption', () => ({ status: 'interrupted', exitCode: null }), 'interrupted'],
  ])('%s', (_, pipAudit, reason) => {
    expect(auditWith(pipAudit).value.outcome).toMatchObject({ status: 'unavailable', reason });
  });

  it('whatever pip-audit prints', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (stdout) => {
          expect(auditWith(() => ({ stdout })).value.outcome.status).toBe('unavailable');
        },
      ),
    );
  });

  it('and what a blind source did say is kept', () => {
    const run = auditWith(reportOn({ 'idna@2.8': [{ id: 'CVE-i' }] }, []));
    expect(run.value.reported).toHaveLength(1);
    expect(run.value.coverage.audited).toBe(1);
  });
});

describe('a source that is down', () => {
  it.each([
    [
      "requests.exceptions.ConnectionError: HTTPConnectionPool(host='osv.test', port=80): Max retries exceeded",
      'source-unreachable',
      3,
    ],
    ['requests.exceptions.ReadTimeout: Read timed out. (read timeout=15)', 'source-unreachable', 3],
    [
      'requests.exceptions.HTTPError: 503 Server Error: x for url: http://osv.test\n\nTraceback:\npip_audit._service.interface.ServiceError',
      'source-unreachable',
      3,
    ],
    [
      'requests.exceptions.HTTPError: 429 Client Error: x for url: http://osv.test\npip_audit._service.interface.ServiceError',
      'source-unreachable',
      3,
    ],
    [
      'requests.exceptions.HTTPError: 403 Client Error: x for url: http://osv.test\npip_audit._service.interface.ServiceError',
      'source-refused',
      1,
    ],
    [
      'requests.exceptions.HTTPError: 404 Client Error: x for url: http://osv.test\npip_audit._service.interface.ServiceError',
      'source-refused',
      1,
    ],
  ])('%j is %s', (last, reason, runs) => {
    const run = auditWith(() => traceback(last));
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason });
    expect(run.invocations).toHaveLength(runs);
    expect(run.value.coverage.audited).toBe(0);
  });

  it('and comes back is asked again, after growing pauses', () => {
    let down = 2;
    const run = auditWith((asked) =>
      down-- > 0 ? traceback('requests.exceptions.ConnectionError: x') : reportOn({})(asked),
    );
    expect(run.value.outcome).toEqual({ status: 'audited' });
    expect(run.invocations.map(({ delayMs }) => delayMs)).toEqual([0, 500, 1000]);
  });

  it.each([
    'requests.exceptions.JSONDecodeError: Expecting value',
    "KeyError: 'vulns'",
    'TypeError: string indices must be integers',
  ])('with answers that are none (%s) blames no package', (last) => {
    const run = auditWith(() => traceback(last));
    expect(run.value.outcome).toMatchObject({ reason: 'source-refused' });
    expect(run.value.coverage.skipped).toEqual([]);
  });
});

describe('a project of a single package', () => {
  const one = { 'pylock.toml': 'lock-version = "1.0"\n[[packages]]\nname = "p0"\nversion = "1.0"\n' };
  const failing = (isBroken: (asked: readonly Package[]) => boolean): PipAuditAnswer => {
    return (asked) => (isBroken(asked) ? traceback("KeyError: 'vulns'") : reportOn({})(asked));
  };

  it('is not blamed for a source whose every answer crashes pip-audit', () => {
    const run = audit(one, { pipAudit: failing(() => true) });
    expect(run.value.outcome).toMatchObject({ reason: 'source-refused' });
    expect(run.value.coverage.skipped).toEqual([]);
  });

  it('is blamed for its own record, once the canary was answered', () => {
    const run = audit(one, { pipAudit: failing((asked) => asked.some(({ name }) => name === 'p0')) });
    expect(run.value.outcome).toMatchObject({ reason: 'incomplete' });
    expect(run.value.coverage.skipped).toMatchObject([{ name: 'p0' }]);
  });
});

describe('a record that crashes pip-audit', () => {
  const crash = "packaging.version.InvalidVersion: Invalid version: '0.2.0-n653'";
  const crashingOn =
    (...culprits: readonly string[]): PipAuditAnswer =>
    (asked) =>
      asked.some(({ name }) => culprits.includes(name))
        ? traceback(crash)
        : reportOn({ 'p3@1.0': [{ id: 'CVE-3' }] })(asked);
  const many = (count: number) => ({
    'requirements.txt': Array.from({ length: count }, (_, i) => `p${i}==1.0 --hash=sha256:00`).join('\n'),
  });

  it('is named, and costs nobody else his answer', () => {
    const run = audit(many(40), { pipAudit: crashingOn('p17') });
    expect(run.value.coverage).toMatchObject({ packages: 40, audited: 39 });
    expect(run.value.coverage.skipped).toEqual([
      { name: 'p17', version: '1.0', reason: `pip-audit crashes on this package's advisory: ${crash}` },
    ]);
    expect(run.value.reported).toHaveLength(1);
    expect(run.value.outcome).toMatchObject({ status: 'unavailable', reason: 'incomplete' });
  });

  it('may be accepted by name', () => {
    const settings = { acceptedUnaudited: [{ package: 'P17', reason: 'broken record' }] };
    expect(audit(many(40), { pipAudit: crashingOn('p17') }, settings).value.outcome).toEqual({ status: 'audited' });
    const elsewhere = { acceptedUnaudited: [{ target: 'api', package: 'p17', reason: 'x' }] };
    expect(audit(many(40), { pipAudit: crashingOn('p17') }, elsewhere).value.outcome.status).toBe('unavailable');
  });

  it('loses no answer but its own, whichever they are, in at most 24 runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(59), { maxLength: 12 }), (count, indexes) => {
        const culprits = new Set(indexes.filter((index) => index < count).map((index) => `p${index}`));
        const run = audit(many(count), { pipAudit: crashingOn(...culprits) });
        const { packages, audited, skipped } = run.value.coverage;
        expect(run.invocations.length).toBeLessThanOrEqual(24);
        expect(audited + skipped.length).toBe(count);
        expect(packages).toBe(count);
        const names = new Set(skipped.map(({ name }) => name));
        for (const culprit of culprits) expect(names).toContain(culprit);
        expect(run.value.outcome.status).toBe(culprits.size === 0 ? 'audited' : 'unavailable');
      }),
      { numRuns: 60 },
    );
  });

  it('and all records crashing it ends all the same', () => {
    const all = Array.from({ length: 300 }, (_, i) => `p${i}`);
    const run = audit(many(300), { pipAudit: crashingOn(...all) });
    expect(run.invocations.length).toBeLessThanOrEqual(24);
    expect(run.value.outcome).toMatchObject({ reason: 'incomplete' });
    expect(run.value.coverage).toMatchObject({ packages: 300, audited: 0 });
  });
});

describe('nothing to ask', () => {
  it.each(['', '# only words\n\n', '--require-hashes\n'])('%j is not applicable', (text) => {
    const run = audit({ 'requirements.txt': text });
    expect(run.value.outcome).toMatchObject({ status: 'not-applicable', reason: 'no-dependencies' });
    expect(run.invocations).toEqual([]);
  });

  it.each(['-e ./x\n', '!!!\n', '-r gone.txt\n', 'a==${V}\n'])('%j is incomplete, not nothing', (text) => {
    expect(audit({ 'requirements.txt': text }).value.outcome).toMatchObject({
      status: 'unavailable',
      reason: 'incomplete',
    });
  });

  it.each(['missing', 'outside', 'too-large', 'unreadable', 'not-a-file'] as const)(
    'a file that is %s is unreadable',
    (status) => {
      const file = { status, path: 'requirements.txt', detail: 'it is not for us' };
      expect(audit({ 'requirements.txt': file }).value.outcome).toMatchObject({ reason: 'lockfile-unreadable' });
    },
  );

  it('one file that cannot be read does not lose the other', () => {
    const gone = { status: 'outside', path: 'requirements-dev.txt', detail: 'it is a link' } as const;
    const run = audit({ ...FILES, 'requirements-dev.txt': gone });
    expect(run.value.outcome).toMatchObject({ reason: 'lockfile-unreadable' });
    expect(run.value.coverage.audited).toBe(2);
  });

  it('a source of another kind is not passed over', () => {
    const target = {
      ...targetOf('requirements.txt'),
      sources: [{ path: 'pdm.lock', kind: 'pdm-lock' as const }],
    };
    expect(audit({}, {}, {}, target).value.outcome).toMatchObject({ reason: 'lockfile-not-covered' });
  });

  it('a flood of lines is counted, not repeated', () => {
    const run = audit({ 'requirements.txt': Array.from({ length: 3000 }, (_, i) => `!!! ${i}`).join('\n') });
    expect(run.value.coverage.skipped.length).toBeLessThanOrEqual(501);
    expect(run.value.coverage.skipped.at(-1)?.name).toBe('2500 more');
  });
});
