/** What CI configurations make of the promise that a machine scans for vulnerabilities. */
import { describe, expect, it } from 'vitest';
import { npmTarget, pipTarget, proofOf, rowOf, rowsOf, type MadeUp } from '../../support/promises.ts';

const KIND = 'scanning-automated';
const SAYS = 'CI runs npm audit.';

interface Workflow {
  readonly on?: string;
  readonly job?: string;
  readonly step?: string;
  readonly run?: string;
}

/** One job with one step; `job` and `step` are more lines of each. */
function workflow({ on = 'push', job = '', step = '', run = 'npm audit' }: Workflow = {}): string {
  const script = run
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  return `on: ${on}\njobs:\n  scan:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v6\n      - name: Scan\n${step}        run: |\n${script}\n`;
}

function world(text: string, over: MadeUp['facts'] = { targets: [npmTarget('.')] }): MadeUp {
  return { files: { '.github/workflows/ci.yml': text }, facts: over };
}

describe('a scanner that is used, whoever runs it', () => {
  it.each<[string, string, Workflow, string]>([
    ['is seen in CI', 'We audit our dependencies with npm audit.', {}, 'kept'],
    ['is seen in CI', 'Dependencies are checked with npm audit.', {}, 'kept'],
    ['is not seen', 'Dependencies are checked with Snyk.', {}, 'cannot-tell'],
    ['never runs there', 'We use npm audit.', { step: '        if: false\n' }, 'cannot-tell'],
    ['lets all pass there', 'We use npm audit.', { run: 'npm audit || true' }, 'cannot-tell'],
  ])('%s: %s', (_what, says, made, verdict) => {
    const row = rowOf(KIND, says, world(workflow(made)));
    expect([row.promise, row.verdict]).toEqual([expect.stringMatching(/ is used$/), verdict]);
  });

  it.each(['Do you use Snyk?', 'We used to run Snyk.', 'We do not use Snyk.', 'Use Snyk before you deploy.'])(
    'is promised by no such words: %s',
    (says) => {
      expect(rowsOf(KIND, says, world(workflow()))).toEqual([]);
    },
  );
});

describe('a step that scans', () => {
  it('keeps the promise, with its line', () => {
    const row = rowOf(KIND, SAYS, world(workflow()));
    expect(row.verdict).toBe('kept');
    expect(proofOf(row)).toContain('@.github/workflows/ci.yml:9');
  });

  it.each<[string, Workflow]>([
    ['a failure that is caught', { run: 'npm audit || true' }],
    ['a failure that is talked away', { run: 'npm audit || echo "found some"' }],
    ['a failure lost in a pipe', { run: 'npm audit --json | tee audit.json' }],
    ['a script that goes on', { run: 'set +e\nnpm audit\necho done' }],
    ['continue-on-error at the step', { step: '        continue-on-error: true\n' }],
    ['continue-on-error at the job', { job: '    continue-on-error: true\n' }],
    ['a step that never runs', { step: '        if: false\n' }],
    ['a job that never runs', { job: '    if: ${{ false }}\n' }],
    ['a level that lets everything pass', { run: 'npm audit --audit-level=none' }],
    ['starts by hand only', { on: 'workflow_dispatch' }],
    ['another command', { run: 'npm audit fix' }],
    ['a comment', { run: '# npm audit\necho ok' }],
    ['words', { run: 'echo "npm audit"' }],
    ['another folder', { run: 'cd web && npm audit' }],
  ])('that is %s breaks it', (_what, made) => {
    const row = rowOf(KIND, SAYS, world(workflow(made)));
    expect([row.verdict, proofOf(row)]).toEqual(['broken', expect.any(String)]);
  });

  it.each<[string, Workflow]>([
    ['a failure that is passed on', { run: 'npm audit || exit 1' }],
    ['a pipe that passes failures on', { run: 'set -o pipefail\nnpm audit --json | tee audit.json' }],
    ['a pipe in bash', { step: '        shell: bash\n', run: 'npm audit --json | tee audit.json' }],
    ['a wrapper', { run: 'sudo npx --yes audit-ci && CI=1 npm audit' }],
    ['a continued line', { run: 'npm \\\n  audit' }],
    ['a sub-shell that comes back', { run: '(cd web && npm ci)\nnpm audit' }],
    ['continue-on-error: false', { step: '        continue-on-error: false\n' }],
    ['a harmless condition', { step: '        if: always()\n' }],
    ['a list of events', { on: '[push, pull_request]' }],
    ['a map of events', { on: '{ push: { branches: [main] } }' }],
  ])('with %s keeps it', (_what, made) => {
    const row = rowOf(KIND, SAYS, world(workflow(made)));
    expect([row.verdict, proofOf(row)]).toEqual(['kept', expect.any(String)]);
  });

  it.each<[string, Workflow]>([
    ['a condition', { step: "        if: github.event_name == 'push'\n" }],
    ['an expression for continue-on-error', { step: '        continue-on-error: ${{ inputs.soft }}\n' }],
    ['a script that judges by itself', { run: 'if ! npm audit; then echo found; fi' }],
    ['a script elsewhere', { run: 'npm run audit' }],
    ['a folder that a variable names', { run: 'cd "$FOLDER"\nnpm audit' }],
  ])('with %s leaves it open', (_what, made) => {
    const row = rowOf(KIND, SAYS, world(workflow(made)));
    expect([row.verdict, proofOf(row)]).toEqual(['cannot-tell', expect.any(String)]);
  });
});

describe('folders', () => {
  const targets = [npmTarget('web'), npmTarget('tools')];

  it('must all be looked at', () => {
    const both = workflow({ run: 'cd web\nnpm audit\ncd ../tools\nnpm audit' });
    expect(rowOf(KIND, SAYS, world(both, { targets })).verdict).toBe('kept');
    const row = rowOf(KIND, SAYS, world(workflow({ run: 'npm --prefix web audit' }), { targets }));
    expect([row.verdict, proofOf(row)]).toEqual([
      'broken',
      expect.stringContaining('no npm audit in CI looks at npm in tools'),
    ]);
  });

  it('come from the working directory, a matrix, and what was installed', () => {
    const matrix = workflow({
      job: '    strategy:\n      matrix:\n        folder: [web, tools]\n',
      step: '        working-directory: ${{ matrix.folder }}\n',
    });
    expect(rowOf(KIND, SAYS, world(matrix, { targets })).verdict).toBe('kept');
    const installed = workflow({ run: 'pip install -r api/requirements.txt\npip-audit' });
    expect(rowOf(KIND, 'CI runs pip-audit.', world(installed, { targets: [pipTarget('api')] })).verdict).toBe('kept');
    const named = workflow({ run: 'pip-audit -r api/requirements.txt' });
    expect(rowOf(KIND, 'CI runs pip-audit.', world(named, { targets: [pipTarget('api')] })).verdict).toBe('kept');
  });
});

describe('events and severities', () => {
  it.each([
    ['CI runs npm audit on every pull request.', 'push', 'broken'],
    ['CI runs npm audit on every pull request.', 'pull_request', 'kept'],
    ['CI runs npm audit on every push and pull request.', '[push, pull_request]', 'kept'],
    ['CI runs npm audit on every pull request.', '{ pull_request: { paths: ["src/**"] } }', 'cannot-tell'],
    ['npm audit runs nightly in CI.', 'push', 'broken'],
    ['npm audit runs nightly in CI.', '{ schedule: [{ cron: "0 3 * * *" }] }', 'kept'],
    ['npm audit runs nightly in CI.', '{ schedule: [{ cron: "0 3 * * 1" }] }', 'broken'],
    ['npm audit runs weekly in CI.', '{ schedule: [{ cron: "0 3 * * 1" }] }', 'kept'],
  ])('%s on %s is %s', (text, on, verdict) => {
    expect(rowOf(KIND, text, world(workflow({ on }))).verdict).toBe(verdict);
  });

  it.each([
    ['CI runs npm audit and fails on moderate or worse.', 'npm audit --audit-level=high', 'broken'],
    ['CI runs npm audit and fails on any finding.', 'npm audit --audit-level moderate', 'broken'],
    ['CI runs npm audit and fails on high or worse.', 'npm audit --audit-level=high', 'kept'],
    ['CI runs npm audit.', 'npm audit --audit-level=high', 'kept'],
  ])('%s with %s is %s', (text, run, verdict) => {
    expect(rowOf(KIND, text, world(workflow({ run }))).verdict).toBe(verdict);
  });
});

describe('actions and other scanners', () => {
  const uses = (action: string, inputs = ''): string =>
    `on: push\njobs:\n  scan:\n    steps:\n      - uses: ${action}\n${inputs}`;

  it.each([
    ['Trivy runs in CI.', uses('aquasecurity/trivy-action@v1'), 'broken'],
    ['Trivy runs in CI.', uses('aquasecurity/trivy-action@v1', "        with: { exit-code: '1' }\n"), 'kept'],
    ['CodeQL runs in GitHub Actions.', uses('github/codeql-action/analyze@v4'), 'kept'],
    ['CodeQL runs in GitHub Actions.', uses('actions/checkout@v6'), 'broken'],
    ['Dependencies are scanned automatically.', uses('google/osv-scanner-action@v2'), 'kept'],
    ['Dependencies are scanned automatically.', uses('actions/checkout@v6'), 'broken'],
  ])('%s with %j is %s', (text, config, verdict) => {
    expect(rowOf(KIND, text, world(config)).verdict).toBe(verdict);
  });

  it('are started by the workflows that call them', () => {
    const scan = workflow({ on: 'workflow_call' });
    const caller = 'on: push\njobs:\n  call:\n    uses: ./.github/workflows/scan.yml\n';
    const facts = { targets: [npmTarget('.')] };
    expect(rowOf(KIND, SAYS, { files: { '.github/workflows/scan.yml': scan }, facts }).verdict).toBe('broken');
    const files = { '.github/workflows/scan.yml': scan, '.github/workflows/ci.yml': caller };
    expect(rowOf(KIND, SAYS, { files, facts }).verdict).toBe('kept');
  });
});

describe('GitLab', () => {
  it.each([
    ['audit:\n  script:\n    - npm ci\n    - npm audit\n', 'kept'],
    ['audit:\n  script: npm audit\n  allow_failure: true\n', 'broken'],
    ['audit:\n  script: npm audit\n  when: manual\n', 'broken'],
    ['.base:\n  script: [npm audit]\naudit:\n  extends: .base\n', 'kept'],
    ['.base: &base\n  script: [npm audit]\naudit:\n  <<: *base\n', 'kept'],
    ['audit:\n  script: npm audit\n  rules:\n    - if: $CI_COMMIT_TAG\n', 'cannot-tell'],
    ['a:\n  extends: b\nb:\n  extends: a\n  script: npm audit\n', 'kept'],
    ['test:\n  script: npm test\n', 'broken'],
  ])('%j is %s', (config, verdict) => {
    const made = { files: { '.gitlab-ci.yml': config }, facts: { targets: [npmTarget('.')] } };
    expect(rowOf(KIND, SAYS, made).verdict).toBe(verdict);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['garbage', '{{{'],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\non: push\njobs: *c\n`,
    ],
    ['no workflow', 'hello: world'],
    ['a huge file', `on: push\n#${'x'.repeat(300_000)}`],
  ])('%s leaves the promise open', (_what, config) => {
    expect(rowOf(KIND, SAYS, world(config)).verdict).toBe('cannot-tell');
  });

  it('a kind of CI fixby does not know leaves it open', () => {
    const made = { files: { Jenkinsfile: 'sh "npm audit"' }, facts: { targets: [npmTarget('.')] } };
    expect(rowOf(KIND, SAYS, made).verdict).toBe('cannot-tell');
  });

  it('no CI at all leaves it open, unless the sentence says where it should be', () => {
    const facts = { targets: [npmTarget('.')] };
    expect(rowOf(KIND, SAYS, { facts }).verdict).toBe('cannot-tell');
    expect(rowOf(KIND, 'GitHub Actions runs npm audit.', { facts }).verdict).toBe('broken');
  });

  it('what another file does not prove does not undo what one file proves', () => {
    const files = { '.github/workflows/ci.yml': workflow(), '.github/workflows/odd.yml': '{{{' };
    expect(rowOf(KIND, SAYS, { files, facts: { targets: [npmTarget('.')] } }).verdict).toBe('kept');
  });
});

describe('commands in code', () => {
  it('are for a person where no sentence says that CI runs them', () => {
    const row = rowOf(KIND, '## Auditing\n\nLook for yourself:\n\n```bash\nnpm audit\n```\n', world(workflow()));
    expect([row.verdict, row.forAPerson]).toEqual(['cannot-tell', true]);
  });

  it('are what is promised where one does', () => {
    const text = '## Scanning\n\nWe use automated tools to scan for vulnerabilities:\n\n```bash\nnpm audit\n```\n';
    const row = rowOf(KIND, text, world(workflow()));
    expect([row.verdict, row.promise]).toEqual(['kept', 'CI runs npm audit, and fails by what it finds']);
  });

  it.each([
    'We recommend to run npm audit in CI.',
    'An independent security audit of dependencies is done daily by people.',
    'The file .ci/run scans packages.',
  ])('%s promises nothing', (text) => {
    expect(rowsOf(KIND, text)).toEqual([]);
  });
});

describe('what CI runs elsewhere', () => {
  const ci = (steps: string, on = 'pull_request', job = ''): string =>
    `on: ${on}\njobs:\n  audit:\n    runs-on: ubuntu-latest\n${job}    steps:\n${steps}`;
  const verdictOf = (says: string, files: Readonly<Record<string, string>>): string =>
    rowOf(KIND, says, { files, facts: { targets: [npmTarget('.')] } }).verdict;
  const WORKFLOW = '.github/workflows/ci.yml';
  const EVERY = 'CI runs npm audit on every pull request.';

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a package script that scans', { 'package.json': '{"scripts":{"ci":"npm test && npm audit"}}' }, 'npm run ci'],
    ['a makefile that scans', { Makefile: 'check:\n\tnpm audit\n' }, 'make check'],
    ['a script that scans', { 'scripts/check.sh': '#!/bin/sh\nnpm audit\n' }, './scripts/check.sh'],
    ['a script run by a shell', { 'scripts/check.sh': 'npm audit\n' }, 'bash scripts/check.sh'],
  ])('%s leaves it open, and the same without a scanner does not', (_what, files, run) => {
    const workflow = ci(`      - run: ${run}\n`);
    expect(verdictOf(EVERY, { [WORKFLOW]: workflow, ...files })).toBe('cannot-tell');
    const idle = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replace('npm audit', 'true')]),
    );
    expect(verdictOf(EVERY, { [WORKFLOW]: workflow, ...idle })).toBe('broken');
  });

  it('an action of the repository is looked into', () => {
    const workflow = ci('      - uses: ./.github/actions/check\n');
    const action = (run: string): Readonly<Record<string, string>> => ({
      [WORKFLOW]: workflow,
      '.github/actions/check/action.yml': `runs:\n  using: composite\n  steps:\n    - run: ${run}\n      shell: bash\n`,
    });
    expect(verdictOf(EVERY, action('npm audit'))).toBe('cannot-tell');
    expect(verdictOf(EVERY, action('npm test'))).toBe('broken');
  });

  it.each([
    [
      'a workflow of another repository',
      'on: pull_request\njobs:\n  all:\n    uses: acme/ci/.github/workflows/all.yml@v1\n',
    ],
    ['an action that bears the name of an audit', ci('      - uses: acme/npm-audit-action@v2\n')],
  ])('%s leaves it open', (_what, workflow) => {
    expect(verdictOf(EVERY, { [WORKFLOW]: workflow })).toBe('cannot-tell');
  });

  it('an action for something else does not', () => {
    expect(verdictOf(EVERY, { [WORKFLOW]: ci('      - uses: actions/setup-node@v4\n') })).toBe('broken');
  });

  it.each([
    ['{pull_request: {branches: [main]}}', 'kept'],
    ['{pull_request: {branches: ["**"]}}', 'kept'],
    ['{pull_request: {branches: [legacy]}}', 'cannot-tell'],
  ])('on %s it is %s', (on, verdict) => {
    expect(verdictOf(EVERY, { [WORKFLOW]: ci('      - run: npm audit\n', on) })).toBe(verdict);
  });

  it('a push of tags is a release', () => {
    const workflow = ci('      - run: npm audit\n', '{push: {tags: ["v*"]}}');
    expect(verdictOf('CI runs npm audit on every release.', { [WORKFLOW]: workflow })).not.toBe('broken');
  });

  it.each([
    ['a list', '        dir: [., web]\n'],
    ['entries', '        include: [{ dir: . }, { dir: web }]\n'],
  ])('a folder out of a matrix of %s is known, for the job as for the step', (_what, matrix) => {
    const facts = { targets: [npmTarget('.'), npmTarget('web')] };
    const job = `    strategy:\n      matrix:\n${matrix}    defaults:\n      run:\n        working-directory: \${{ matrix.dir }}\n`;
    const files = { [WORKFLOW]: ci('      - run: npm audit\n', 'pull_request', job) };
    expect(rowOf(KIND, EVERY, { files, facts }).verdict).toBe('kept');
  });

  it('a pipeline that includes others leaves it open', () => {
    const files = (include: string) => ({ '.gitlab-ci.yml': `${include}test:\n  script: [npm test]\n` });
    expect(verdictOf('CI runs npm audit.', files('include:\n  - project: acme/ci\n    file: audit.yml\n'))).toBe(
      'cannot-tell',
    );
    expect(verdictOf('CI runs npm audit.', files(''))).toBe('broken');
  });
});
