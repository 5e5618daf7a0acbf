/** Writes the two jobs a repository wants: the gate of a change, and the audit of every night. */
import type { Proposal } from '../model/proposal.ts';
import { addToList } from './add-to-list.ts';

/** What the jobs are written with. */
export interface JobFacts {
  /** The version of fixby, which the jobs pin. */
  readonly version: string;
  /** Whether there are Python targets, so that an interpreter is needed. */
  readonly python: boolean;
}

/** A workflow of GitHub Actions that gates pull requests. */
export function proposeGithubGate(facts: JobFacts): Proposal {
  const after = `# Fails a pull request that brings a critical finding. Policy and configuration are read at its base.
name: fixby gate
on:
  pull_request:
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${githubSteps(facts)}      - run: npx --yes fixby@${facts.version} gate --since "origin/$GITHUB_BASE_REF"
`;
  return {
    part: 'gate',
    path: '.github/workflows/fixby-gate.yml',
    before: null,
    after,
    why: 'the gate of pull requests',
  };
}

/** A workflow that audits every night. What it saw stays in a cache between runs; a ledger in PostgreSQL outlives that. */
export function proposeGithubNightly(facts: JobFacts): Proposal {
  const after = `# Audits every night and keeps the report. Fails when the policy is broken (1) or something could not be looked at (3).
name: fixby nightly
on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:
permissions:
  contents: read
concurrency: fixby-nightly
jobs:
  audit:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
${githubSteps(facts)}      # The ledger of the nights before. A cache may be lost: for a record that must last set FIXBY_LEDGER_URL.
      - uses: actions/cache@v4
        with:
          path: .fixby/ledger.jsonl
          key: fixby-ledger-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: fixby-ledger-
      - run: npx --yes fixby@${facts.version} audit
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: fixby-report
          path: reports/
`;
  return {
    part: 'nightly',
    path: '.github/workflows/fixby-nightly.yml',
    before: null,
    after,
    why: 'the audit of every night',
  };
}

/** History, Node, and Python where it is needed. */
function githubSteps({ python }: JobFacts): string {
  const setup = `      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
`;
  return python
    ? `${setup}      - uses: actions/setup-python@v5
        with:
          python-version: '3.12'
`
    : setup;
}

const GITLAB_FILE = '.gitlab/fixby.yml';

/** Both jobs for GitLab in one file, and the line that includes them; the pipeline somebody wrote gets nothing but that line. */
export function proposeGitlab(facts: JobFacts, pipeline: string | null): readonly Proposal[] {
  const jobs: Proposal = {
    part: 'gate',
    path: GITLAB_FILE,
    before: null,
    after: gitlabJobs(facts),
    why: 'the gate of merge requests and the audit of scheduled pipelines',
  };
  const include = { local: GITLAB_FILE };
  const after = pipeline === null ? `include:\n  - local: ${GITLAB_FILE}\n` : addToList(pipeline, 'include', [include]);
  if (after === null) return [];
  const why = 'includes the jobs of fixby; add a nightly schedule in CI/CD > Schedules';
  return [jobs, { part: 'gate', path: '.gitlab-ci.yml', before: pipeline, after, why }];
}

function gitlabJobs({ version, python }: JobFacts): string {
  const prepare = python ? '    - apt-get update -qq && apt-get install -qq -y python3 python3-venv\n' : '';
  return `# Included by .gitlab-ci.yml. fixby exits 0 when the policy is kept, 1 when it is broken, 3 when something could not be looked at.
.fixby:
  stage: .pre
  image: node:22-bookworm
  variables:
    GIT_DEPTH: '0'

fixby gate:
  extends: .fixby
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
${prepare}    - npx --yes fixby@${version} gate --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"

fixby nightly:
  extends: .fixby
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
${prepare}    - npx --yes fixby@${version} audit
  # The ledger of the nights before. A cache may be lost: for a record that must last set FIXBY_LEDGER_URL.
  cache:
    key: fixby-ledger
    paths: [.fixby/ledger.jsonl]
    when: always
  artifacts:
    when: always
    paths: [reports/]
`;
}
