/** What the configuration accepts, fills in, and refuses; every refusal with its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/core/config/read-config.ts';
import type { Config } from '../../../src/core/model/config.ts';

const FILE = '.fixby/config.yaml';

function read(text: string): Config {
  const reading = readConfig({ path: FILE, text, sha256: 'c0de' });
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('\n'));
  return reading.config;
}

function refuse(text: string): readonly string[] {
  const reading = readConfig({ path: FILE, text, sha256: 'c0de' });
  return reading.ok ? [] : reading.problems.map(({ message, mend }) => `${message} ${mend}`);
}

const FULL = `version: 1
policy:
  file: docs/SECURITY.md
  windows:
    critical: immediate
    high: 7 days
  clock: first-seen
  noFix: count
  noFixLongestWait: 90 days
  unknownSeverity: medium
  timeZone: Europe/Warsaw
  holidays: [2026-12-25, 2026-01-01]
  knownExploited: 3 days
  sprint: 2 weeks
  vague: { asap: 24 hours }
discover: { include: ["apps/**"], exclude: ["apps/old/**"] }
npm: { registry: "https://npm.example.org/team", knownRegistries: ["https://npm.example.org/"] }
python: { index: "https://py.example.org/simple", knownIndexes: ["https://py.example.org/"], interpreter: /usr/bin/python3.12 }
osv: { url: "http://127.0.0.1:8080/osv", maxAge: 30 minutes }
exploited: { kev: "https://feeds.example/kev.json", epss: /srv/epss.csv.gz, maxAge: 1 day }
tools: { npm: /usr/bin/npm, pipAudit: /opt/bin/pip-audit, uv: "C:\\\\tools\\\\uv.exe" }
audit:
  auditors: [npm-audit]
  concurrency: 2
  timeout: 90 seconds
  attempts: 1
  acceptUnaudited: [{ target: backend, package: our-lib, reason: built here }, { package: other, reason: vendored }]
releases: { tagPattern: api-v* }
schedule: { every: 12 hours }
notify: { channels: [{ name: team, kind: slack }] }
reports: { dir: out/reports, formats: [json] }
`;

describe('reading', () => {
  it('gives every default when there is no file', () => {
    const reading = readConfig(null);
    expect(reading.ok && reading.config).toEqual({
      policy: {
        windows: {},
        noFix: 'pause',
        clock: 'act',
        unknownSeverity: 'high',
        timeZone: 'UTC',
        holidays: [],
        source: null,
      },
      discover: { include: [], exclude: [] },
      npm: { knownRegistries: [] },
      python: { knownIndexes: [] },
      mirror: { maxAgeMs: 48 * 3_600_000 },
      osv: { maxAgeMs: 21_600_000 },
      exploited: { maxAgeMs: 43_200_000 },
      tools: {},
      audit: { timeoutMs: 300_000, attempts: 3, acceptUnaudited: [] },
      ledger: {},
      promises: {},
      releases: {},
      schedule: {},
      notify: { channels: [] },
      exceptions: { maxDays: {} },
      reports: { dir: 'reports', formats: ['json', 'markdown'] },
    });
  });

  it.each(['', '\n', '# nothing yet\n', '---\n', 'version: 1\n', '{}', 'null'])('takes %j as no settings', (text) => {
    expect(read(text).audit.attempts).toBe(3);
  });

  it('takes every key', () => {
    const config = read(FULL);
    expect(config.policy).toEqual({
      file: 'docs/SECURITY.md',
      windows: {
        critical: { text: 'immediate', file: FILE, line: 5 },
        high: { text: '7 days', file: FILE, line: 6 },
      },
      clock: 'firstSeen',
      noFix: 'count',
      noFixLongestWait: { text: '90 days', file: FILE, line: 9 },
      unknownSeverity: 'medium',
      timeZone: 'Europe/Warsaw',
      holidays: ['2026-01-01', '2026-12-25'],
      knownExploited: { text: '3 days', file: FILE, line: 13 },
      sprint: { text: '2 weeks', file: FILE, line: 14 },
      asap: { text: '24 hours', file: FILE, line: 15 },
      source: { file: FILE, sha256: 'c0de' },
    });
    expect(config.tools).toEqual({ npm: '/usr/bin/npm', 'pip-audit': '/opt/bin/pip-audit', uv: 'C:\\tools\\uv.exe' });
    expect(config.osv).toEqual({ url: 'http://127.0.0.1:8080/osv', maxAgeMs: 1_800_000 });
    expect(config.exploited).toEqual({
      kev: 'https://feeds.example/kev.json',
      epss: '/srv/epss.csv.gz',
      maxAgeMs: 86_400_000,
    });
    expect(config.audit).toEqual({
      auditors: ['npm-audit'],
      concurrency: 2,
      timeoutMs: 90_000,
      attempts: 1,
      acceptUnaudited: [
        { target: 'backend', package: 'our-lib', reason: 'built here' },
        { package: 'other', reason: 'vendored' },
      ],
    });
    expect(config.releases).toEqual({ tagPattern: 'api-v*' });
    expect(config.schedule).toEqual({ everyMs: 43_200_000 });
    expect(config.notify).toEqual({ channels: [{ name: 'team', kind: 'slack' }] });
    expect(config.reports).toEqual({ dir: 'out/reports', formats: ['json'] });
  });

  it('follows an anchor', () => {
    expect(
      read('npm: { knownRegistries: &ours ["https://a.example/"] }\npython: { knownIndexes: *ours }\n').python
        .knownIndexes,
    ).toEqual(['https://a.example/']);
  });
});

describe('refusing', () => {
  it('names every problem at once, in the order of the file', () => {
    const problems = refuse(
      'polcy: {}\npolicy:\n  clok: act\n  windows: { hihg: 7 days }\naudit:\n  attempts: 0\n  concurrency: many\n',
    );
    expect(problems.map((text) => text.split(' ')[0])).toEqual([
      `${FILE}:1:1:`,
      `${FILE}:3:3:`,
      `${FILE}:4:14:`,
      `${FILE}:6:13:`,
      `${FILE}:7:16:`,
    ]);
  });

  it.each<[text: string, fragments: readonly string[]]>([
    ['polcy: {}', ['polcy is not a key', 'Did you mean policy?', 'version, policy, discover']],
    [
      'policy: { windows: { medum: 7 days } }',
      ['policy.windows.medum', 'Did you mean medium?', 'critical, high, medium, low'],
    ],
    ['npm: { known-registries: [] }', ['Did you mean knownRegistries?']],
    ['zzz: 1', ['zzz is not a key']],
    ['__proto__: { a: 1 }', ['__proto__ is not a key']],
    ['policy: { constructor: 1 }', ['policy.constructor is not a key']],
    ['version: 2', ['version is 2', 'must be 1']],
    ['policy: { windows: { low: 90 } }', ['policy.windows.low is 90', 'text; put it in quotes']],
    ['policy: { windows: [7] }', ['policy.windows is a list', 'a map of keys']],
    ['policy: { clock: now }', ['policy.clock is "now"', '"act", "published"', 'or "fix-released"']],
    ['policy: { timeZone: Mars/Base }', ['Mars/Base', 'IANA time zone']],
    ['policy: { holidays: [2026-02-30] }', ['policy.holidays[0] is "2026-02-30"', 'a day of the calendar']],
    ['policy: { holidays: [christmas] }', ['must be a day such as']],
    ['policy: { file: ../SECURITY.md }', ['must not leave the repository']],
    ['policy: { file: /etc/passwd }', ['inside the repository']],
    ['reports: { dir: a/../../b }', ['must not leave the repository']],
    ['tools: { npm: ./npm }', ['tools.npm is "./npm"', 'absolute path']],
    ['python: { interpreter: .venv/bin/python }', ['absolute path']],
    ['osv: { url: "https://osv.example/v1" }', ['without /v1']],
    ['osv: { url: "ftp://osv.example" }', ['http or https']],
    ['osv: { maxAge: 6 }', ['osv.maxAge is 6']],
    ['osv: { maxAge: 6 fortnights }', ['a length of time such as']],
    ['exploited: { kev: feeds/kev.json }', ['exploited.kev is "feeds/kev.json"', 'an absolute path outside']],
    ['exploited: { kev: "https://" }', ['exploited.kev is "https://"', 'http or https URL']],
    ['exploited: { epss: "https://feeds.example/?day=1" }', ['must not hold', 'query']],
    ['audit: { attempts: 99 }', ['at most 10']],
    ['audit: { concurrency: 1.5 }', ['a whole number']],
    ['audit: { acceptUnaudited: [{ package: x }] }', ['audit.acceptUnaudited[0].reason is missing']],
    ['audit: { auditors: [] }', ['audit.auditors is a list', 'must not be empty']],
    ['schedule: { every: nightly }', ['schedule.every is "nightly"', 'a length of time such as']],
    [
      'notify: { channels: [{ name: team, kind: slack, url: "https://hooks.example/s3cret" }] }',
      ['notify.channels[0].url is not a key', 'read from FIXBY_NOTIFY_', 'Allowed here: name, kind.'],
    ],
    [
      'notify: { channels: [{ name: a, kind: slack }, { name: a, kind: teams }] }',
      ['notify.channels is a list', 'must hold each name once'],
    ],
    ['releases: { tagPattern: v1 }', ['one * where the version stands']],
    ['ledger: { url: "mysql://db/ledger" }', ['must be a postgresql:// address']],
    ['ledger: { repository: "my shop" }', ['without blanks']],
    ['just words', ['The configuration is "just words"', 'a map of keys']],
    ['- a\n- b', ['The configuration is a list']],
    ['a: 1\na: 2', [`${FILE}:2:1`, 'unique']],
    ['a: [1', [`${FILE}:1`]],
    ['a: !!js/function x', [`${FILE}:1`]],
    ['a: 1\n---\nb: 2', [`${FILE}:`]],
    ['a: *nowhere', ['nowhere']],
    ['a: \uFFFD', ['not valid UTF-8']],
  ])('%j', (text, fragments) => {
    const problems = refuse(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const fragment of fragments) expect(problems.join('\n')).toContain(fragment);
  });

  it.each(['https://user:s3cret@npm.example/', 'https://s3cret@npm.example/', 'https://npm.example/?token=s3cret'])(
    'keeps the secret of %j out of its message',
    (url) => {
      const problems = refuse(`npm: { registry: "${url}" }`).join('\n');
      expect(problems).toContain("operator's own npm");
      expect(problems).not.toContain('s3cret');
    },
  );

  it('keeps the secret of a channel out of its message', () => {
    const problems = refuse('notify: { channels: [{ name: team, kind: slack, url: "https://hooks.example/s3cret" }] }');
    expect(problems.join()).not.toContain('s3cret');
  });

  it('keeps the password of a ledger out of its message', () => {
    const problems = refuse('ledger: { url: "postgresql://me:s3cret@db.example/ledger" }').join('\n');
    expect(problems).toContain('FIXBY_LEDGER_URL');
    expect(problems).not.toContain('s3cret');
  });

  it('refuses an alias bomb', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array.from({ length: 9 }, () => `*l${i}`).join(', ')}]`,
    );
    expect(refuse(`l0: &l0 [x]\n${levels.join('\n')}\n`).join()).toContain('alias');
  });

  it('refuses a file that is too large', () => {
    expect(refuse(`# ${'x'.repeat(300_000)}`).join()).toContain('longer than');
  });
});

it('never throws, and shows nothing that could move a cursor', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.json(),
    fc
      .array(fc.constantFrom('policy:', ' ', '\n', 'a', '- ', '{', '}', '*x', '&x', '"', '\u001b[2J', '? '))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (input) => {
      for (const problem of refuse(input)) expect(problem).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    }),
  );
});
