/** Writes the two jobs a repository on GitHub wants: the gate of a change, and the audit of every night. */
import type { Proposal } from '../model/proposal.ts';

/** What the jobs are written with. */
export interface JobFacts {
  /** The version of fixby, which the jobs pin. */
  readonly version: string;
  /** Whether there are Python targets, so that an interpreter is needed. */
  readonly python: boolean;
}

/** A workflow of GitHub Actions that gates pull requests. */
export function proposeGithubGate(facts: JobFacts): Proposal {
  const path = '.github/workflows/fixby-gate.yml';
  return { part: 'gate', path, before: null, after: githubGate(facts), why: 'the gate of pull requests' };
}

/** A workflow that audits every night. What it saw stays in a cache between runs; a ledger in PostgreSQL outlives that. */
export function proposeGithubNightly(facts: JobFacts): Proposal {
  const path = '.github/workflows/fixby-nightly.yml';
  return { part: 'nightly', path, before: null, after: githubNightly(facts), why: 'the audit of every night' };
}

/** The text of the gate: also `templates/github-gate.yml`. */
export function githubGate(facts: JobFacts): string {
  return `# Fails a pull request that brings a critical finding. Policy and configuration are read at its base.
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
}

/** The text of the audit of every night: also `templates/github-nightly.yml`. */
export function githubNightly(facts: JobFacts): string {
  return `# Audits every night and keeps the report. Fails when the policy is broken (1) or something could not be looked at (3).
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
      - uses: actions/cache/restore@v4
        with:
          path: .fixby/ledger.jsonl
          key: fixby-ledger-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: fixby-ledger-
      - run: npx --yes fixby@${facts.version} audit
      # Saved by itself: a cache that is restored and saved in one step is not saved after a failure.
      - if: always()
        uses: actions/cache/save@v4
        with:
          path: .fixby/ledger.jsonl
          key: fixby-ledger-\${{ github.run_id }}-\${{ github.run_attempt }}
      - if: always()
        uses: actions/upload-artifact@v4
        with:
          name: fixby-report
          path: reports/
`;
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
