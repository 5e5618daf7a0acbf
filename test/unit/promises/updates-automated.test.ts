/** What a Dependabot or Renovate configuration makes of the promise that updates are automated. */
import { describe, expect, it } from 'vitest';
import { npmTarget, pipTarget, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

const KIND = 'updates-automated';
const SAYS = 'Dependabot is enabled and updates our dependencies.';

function entry(ecosystem: string, directory: string, rest = '    schedule: { interval: weekly }\n'): string {
  return `  - package-ecosystem: ${ecosystem}\n    directory: ${directory}\n${rest}`;
}

function dependabot(...entries: readonly string[]): string {
  return `version: 2\nupdates:\n${entries.join('')}`;
}

function world(config: string, over: MadeUp['facts'] = { targets: [npmTarget('web'), pipTarget('api')] }): MadeUp {
  return { files: { '.github/dependabot.yml': config }, facts: over };
}

const BOTH = [entry('npm', '/web'), entry('pip', '/api')];

describe('coverage', () => {
  it('is kept when every manifest has an entry', () => {
    const row = rowOf(KIND, SAYS, world(dependabot(...BOTH)));
    expect(row.verdict).toBe('kept');
    expect(proofOf(row)).toContain('npm in /web is updated weekly @.github/dependabot.yml:3');
  });

  it.each([
    ['a folder without an entry', dependabot(entry('npm', '/web')), 'no entry for pip in /api'],
    ['an entry of another ecosystem', dependabot(entry('npm', '/web'), entry('npm', '/api')), 'no entry for pip'],
    ['an entry of another folder', dependabot(entry('npm', '/'), entry('pip', '/api')), 'no entry for npm in /web'],
    ['no file at all', undefined, 'there is no .github/dependabot.yml'],
    [
      'a limit of zero',
      dependabot(
        entry('npm', '/web', '    schedule: { interval: daily }\n    open-pull-requests-limit: 0\n'),
        entry('pip', '/api'),
      ),
      'open-pull-requests-limit is 0',
    ],
    [
      'everything ignored',
      dependabot(
        entry('npm', '/web', '    schedule: { interval: daily }\n    ignore:\n      - dependency-name: "*"\n'),
        entry('pip', '/api'),
      ),
      'security updates too',
    ],
    ['a wrong version', `version: 1\nupdates: []\n`, 'nothing Dependabot accepts'],
    ['an entry without a schedule', dependabot(entry('npm', '/web', '')), 'no schedule.interval'],
    ['the same entry twice', dependabot(...BOTH, entry('npm', '/web')), 'twice'],
    [
      'a number for a day',
      dependabot(entry('npm', '/web', '    schedule: { interval: monthly, day: 1 }\n')),
      'nothing Dependabot accepts',
    ],
  ])('is broken by %s', (_what, config, proof) => {
    const made = config === undefined ? { facts: { targets: [npmTarget('web')] } } : world(config);
    const row = rowOf(KIND, SAYS, made);
    expect([row.verdict, proofOf(row)]).toEqual(['broken', expect.stringContaining(proof)]);
    expect(row.evidence.every(({ says, mend }) => says !== 'broken' || (mend ?? '') !== '')).toBe(true);
  });

  it.each([
    [
      'directories with wildcards',
      dependabot(
        '  - package-ecosystem: npm\n    directories: ["/w*"]\n    schedule: { interval: weekly }\n',
        entry('pip', 'api/'),
      ),
    ],
    [
      'every folder',
      dependabot(
        '  - package-ecosystem: npm\n    directories: ["**/*"]\n    schedule: { interval: weekly }\n',
        entry('uv', './api'),
      ),
    ],
    [
      'a shared group with its own schedule',
      `${dependabot('  - package-ecosystem: npm\n    directory: /web\n    multi-ecosystem-group: all\n', entry('pip', '/api'))}multi-ecosystem-groups:\n  all:\n    schedule: { interval: daily }\n`,
    ],
    [
      'major updates ignored, which leaves security updates alone',
      dependabot(
        entry(
          'npm',
          '/web',
          '    schedule: { interval: daily }\n    ignore:\n      - dependency-name: "*"\n        update-types: ["version-update:semver-major"]\n',
        ),
        entry('pip', '/api'),
      ),
    ],
  ])('is kept by %s', (_what, config) => {
    const row = rowOf(KIND, SAYS, world(config));
    expect([row.verdict, proofOf(row)]).toEqual(['kept', expect.any(String)]);
  });

  it('names entries and options that do nothing without calling the promise broken', () => {
    const config = dependabot(
      entry('npm', '/web', '    schedule: { interval: daily, day: monday }\n'),
      entry('pip', '/api'),
      entry('npm', '/gone'),
      entry('docker', '/web'),
    );
    const row = rowOf(KIND, SAYS, world(config));
    expect(row.verdict).toBe('kept');
    expect(proofOf(row)).toContain('remark day: monday means nothing with interval: daily');
    expect(proofOf(row)).toContain('remark the entry for npm updates nothing: /gone does not exist');
    expect(proofOf(row)).toContain('remark the entry for docker updates nothing: /web holds no such manifest');
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x,x]\n${Array.from({ length: 12 }, (_, index) => `${String.fromCharCode(98 + index)}: &${String.fromCharCode(98 + index)} [*${String.fromCharCode(97 + index)},*${String.fromCharCode(97 + index)}]\n`).join('')}`,
    ],
    ['garbage', '\u0000\u0001{{{['],
    ['a list', '- 1\n- 2\n'],
    ['a text', 'hello'],
    ['a file beyond any size', `#${'x'.repeat(300_000)}`],
    ['a tag of another program', 'version: !!js/function 2\n'],
  ])('cannot be told from %s', (_what, config) => {
    const row = rowOf(KIND, SAYS, world(config));
    expect(row.verdict).toBe('cannot-tell');
    expect(row.evidence[0]?.because).toBe('unreadable');
  });

  it('cannot be told of alerts, which are switched on elsewhere, without a file', () => {
    const row = rowOf(KIND, 'Dependabot alerts are enabled.', { facts: { targets: [npmTarget('.')] } });
    expect([row.verdict, row.forAPerson]).toEqual(['cannot-tell', true]);
  });
});

describe('rhythm', () => {
  it.each([
    ['Dependabot opens pull requests weekly.', 'weekly', 'kept'],
    ['Dependabot opens pull requests weekly.', 'daily', 'kept'],
    ['Dependabot opens pull requests weekly.', 'monthly', 'broken'],
    ['Dependabot checks for updates every day.', 'weekly', 'broken'],
    ['Dependabot checks for updates every 2 weeks.', 'weekly', 'kept'],
  ])('%s with interval %s is %s', (text, interval, verdict) => {
    const config = dependabot(entry('npm', '/web', `    schedule: { interval: ${interval} }\n`));
    const rows = rowsOf(KIND, text, world(config, { targets: [npmTarget('web')] }));
    expect(rows.find(({ promise }) => promise.includes('looks for updates'))?.verdict).toBe(verdict);
  });

  it.each([
    ['0 5 * * *', 'kept'],
    ['0 5 * * 1-5', 'kept'],
    ['0 5 * * 1', 'kept'],
    ['0 5 1 * *', 'broken'],
    ['whenever', 'cannot-tell'],
  ])('reads the cron line %s as %s for a weekly promise', (cron, verdict) => {
    const config = dependabot(entry('npm', '/web', `    schedule: { interval: cron, cronjob: "${cron}" }\n`));
    const rows = rowsOf(KIND, '**Dependabot**\n\n- Opens PRs weekly', world(config, { targets: [npmTarget('web')] }));
    const [row] = rowsOf(KIND, 'Dependabot opens PRs weekly', world(config, { targets: [npmTarget('web')] })).slice(-1);
    expect([rows[0]?.verdict, row?.verdict]).toEqual([verdict, verdict]);
  });

  it('leaves security updates, which follow no schedule, to a person', () => {
    const text = 'Dependabot does this:\n\n- Checks for security vulnerabilities daily';
    const row = rowOf(KIND, text, world(dependabot(...BOTH)));
    expect([row.verdict, row.forAPerson]).toEqual(['cannot-tell', true]);
  });
});

describe('groups', () => {
  const text = 'Dependabot:\n\n- Groups related updates';

  it.each([
    ['    groups:\n      all:\n        patterns: ["*"]\n', 'kept'],
    ['', 'broken'],
  ])('with %j is %s', (groups, verdict) => {
    const config = dependabot(entry('npm', '/web', `    schedule: { interval: weekly }\n${groups}`));
    expect(rowOf(KIND, text, world(config, { targets: [npmTarget('web')] })).verdict).toBe(verdict);
  });
});

describe('Renovate', () => {
  const text = 'Renovate keeps our dependencies updated.';
  const facts = { targets: [npmTarget('.')] };

  it.each([
    ['{"extends": ["config:recommended"]}', 'kept'],
    ['{"enabled": false}', 'broken'],
    ['{"enabledManagers": ["pip_requirements"]}', 'broken'],
    ['{"ignorePaths": ["**"]}', 'broken'],
    ['{"packageRules": [{"enabled": false}]}', 'cannot-tell'],
    ['{ // five\n}', 'cannot-tell'],
    ['[1]', 'cannot-tell'],
  ])('%s is %s', (config, verdict) => {
    expect(rowOf(KIND, text, { files: { 'renovate.json': config }, facts }).verdict).toBe(verdict);
  });

  it('cannot be told without a file: it may be configured where it runs', () => {
    expect(rowOf(KIND, text, { facts }).verdict).toBe('cannot-tell');
  });

  it.each([
    ['schedule:weekly', 'kept'],
    ['schedule:monthly', 'broken'],
    ['schedule:odd', 'cannot-tell'],
  ])('by %s is %s for weekly updates', (preset, verdict) => {
    const files = { 'renovate.json': JSON.stringify({ extends: [preset] }) };
    const rows = rowsOf(KIND, 'Renovate opens PRs weekly.', { files, facts });
    expect(rows.find(({ promise }) => promise.includes('looks for updates'))?.verdict).toBe(verdict);
  });
});

describe('sentences that promise nothing', () => {
  it.each([
    'We do not use Dependabot.',
    'We plan to enable Dependabot.',
    'Dependabot is not yet configured.',
    'You should enable Dependabot.',
    '~~Dependabot is enabled.~~',
    '## Dependabot',
    '```\nDependabot is enabled\n```',
    '## Roadmap\n\nDependabot is enabled for all folders.',
    '## Example\n\n- Dependabot updates weekly',
  ])('%s', (text) => {
    expect(rowsOf(KIND, text)).toEqual([]);
  });
});

it('what people do with its pull requests is not its rhythm', () => {
  const rows = rowsOf(
    KIND,
    'We merge Dependabot PRs weekly.',
    world(dependabot(entry('npm', '/web', '    schedule: { interval: monthly }\n'))),
  );
  expect(rows.filter(({ promise }) => promise.includes('weekly'))).toEqual([]);
});

describe('security updates of Dependabot', () => {
  const facts = { targets: [npmTarget('web')] };
  const lines = (rest: string): string => `    schedule: { interval: daily }\n${rest}`;

  it.each([
    ['no file', undefined],
    ['no entry for the folder', dependabot(entry('npm', '/'))],
    ['a limit of zero', dependabot(entry('npm', '/web', lines('    open-pull-requests-limit: 0\n')))],
    ['a file that is refused', 'version: 1\nupdates: []\n'],
  ])('are a setting of the host, with %s', (_what, config) => {
    const made = config === undefined ? { facts } : world(config, facts);
    for (const says of [
      'Dependabot security updates are enabled.',
      'Dependabot alerts are active.',
      'Dependabot checks for security vulnerabilities daily.',
    ]) {
      const rows = rowsOf(KIND, says, made).filter(({ promise }) => promise.includes('looks for vulnerabilities'));
      expect(rows.map((row) => [row.verdict, row.forAPerson])).toEqual([['cannot-tell', true]]);
    }
  });

  it('are held back by what ignores everything', () => {
    const config = dependabot(entry('npm', '/web', lines('    ignore:\n      - dependency-name: "*"\n')));
    expect(rowOf(KIND, 'Dependabot security updates are enabled.', world(config, facts)).verdict).toBe('broken');
  });
});

describe('presets of Renovate', () => {
  const SAYS = 'Renovate keeps our dependencies updated.';
  const made = (config: object, folder = 'web'): MadeUp => ({
    files: { 'renovate.json': JSON.stringify(config) },
    facts: { targets: [npmTarget(folder)] },
  });

  it.each([
    [['config:recommended', ':semanticCommits', 'group:allNonMajor', 'schedule:weekly'], 'kept'],
    [['github>acme/renovate-config'], 'cannot-tell'],
    [['local>acme/renovate-config:base'], 'cannot-tell'],
    [['@acme/renovate-config'], 'cannot-tell'],
    [['acme'], 'cannot-tell'],
    [[':onlyNpm'], 'cannot-tell'],
  ])('%j is %s', (presets, verdict) => {
    expect(rowOf(KIND, SAYS, made({ extends: presets })).verdict).toBe(verdict);
  });

  it('the recommended one leaves folders of tests and examples out', () => {
    const config = { extends: ['config:recommended'] };
    expect(rowOf(KIND, SAYS, made(config, 'examples/shop')).verdict).toBe('broken');
    expect(rowOf(KIND, SAYS, made({ ...config, ignorePaths: [] }, 'examples/shop')).verdict).toBe('kept');
  });

  it.each([
    [{ extends: ['acme'] }, 'cannot-tell'],
    [{ extends: ['acme'], schedule: ['before 5am on monday'] }, 'kept'],
    [{ extends: ['acme'], schedule: ['on the first day of the month'] }, 'broken'],
  ])('the rhythm of %j is %s', (config, verdict) => {
    const rows = rowsOf(KIND, 'Renovate opens PRs weekly.', made(config));
    expect(rows.find(({ promise }) => promise.includes('weekly'))?.verdict).toBe(verdict);
  });

  it.each([
    [{ packageRules: [{ groupName: 'react' }] }, 'kept'],
    [{ extends: ['config:recommended'] }, 'kept'],
    [{ extends: ['github>acme/renovate-config'] }, 'cannot-tell'],
    [{}, 'broken'],
  ])('grouping by %j is %s', (config, verdict) => {
    const rows = rowsOf(KIND, 'Renovate groups related updates.', made(config));
    expect(rows.find(({ promise }) => promise.includes('groups'))?.verdict).toBe(verdict);
  });
});

describe('what a sentence is about', () => {
  const facts = { targets: [npmTarget('web'), pipTarget('api')] };
  const monthly = '    schedule: { interval: monthly }\n';
  const config = dependabot(entry('npm', '/web'), entry('pip', '/api', monthly), entry('github-actions', '/', monthly));

  it.each([
    ['Dependabot updates npm packages weekly.', ['kept', 'kept']],
    ['Dependabot updates Python packages weekly.', ['kept', 'broken']],
    ['Dependabot updates all dependencies, npm and Python, weekly.', ['kept', 'broken']],
    ['Dependabot keeps our GitHub Actions up to date.', ['kept']],
    ['Dependabot keeps our Docker images up to date.', ['broken']],
  ])('%s', (says, verdicts) => {
    expect(rowsOf(KIND, says, world(config, facts)).map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  it.each([
    ['Users who enable Dependabot get pull requests for updates.'],
    ['Let Dependabot watch your dependencies for updates.'],
  ])('%s is no promise of ours', (says) => {
    expect(rowsOf(KIND, says, world(config, facts))).toEqual([]);
  });

  it.each([
    ['    allow: [{ dependency-name: left-pad }]\n', 'cannot-tell'],
    ['    allow: [{ dependency-type: production }]\n', 'cannot-tell'],
    ['    allow: [{ dependency-type: all }]\n', 'kept'],
  ])('an entry with %j is %s', (allow, verdict) => {
    const limited = dependabot(entry('npm', '/web', `    schedule: { interval: weekly }\n${allow}`));
    expect(rowOf(KIND, SAYS, world(limited, { targets: [npmTarget('web')] })).verdict).toBe(verdict);
  });
});
