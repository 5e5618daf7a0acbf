/** Writes the two jobs for GitLab, and the line that includes them in a pipeline somebody wrote. */
import { parseDocument } from 'yaml';
import type { Proposal } from '../model/proposal.ts';
import { addToList } from './add-to-list.ts';
import type { JobFacts } from './jobs.ts';

const GITLAB_FILE = '.gitlab/fixby.yml';

/** Both jobs in one file; the pipeline gets nothing but the line that includes it. Empty where it cannot be added to. */
export function proposeGitlab({ version }: JobFacts, pipeline: string | null): readonly Proposal[] {
  const jobs: Proposal = {
    part: 'gate',
    path: GITLAB_FILE,
    before: null,
    after: gitlabJobs(version, stageIn(pipeline)),
    why: 'the gate of merge requests and the audit of scheduled pipelines',
  };
  const include = { local: GITLAB_FILE };
  const after = pipeline === null ? `include:\n  - local: ${GITLAB_FILE}\n` : addToList(pipeline, 'include', [include]);
  if (after === null) return [];
  const why = 'includes the jobs of fixby; add a nightly schedule in CI/CD > Schedules';
  return [jobs, { part: 'gate', path: '.gitlab-ci.yml', before: pipeline, after, why }];
}

/** GitLab puts a job without a stage into this one. https://docs.gitlab.com/ci/yaml/#stage */
const DEFAULT_STAGE = 'test';

/**
 * A stage the pipeline has, where it names its own and the usual one is not among them. `.pre` is there always, and a
 * pipeline of nothing else does not run: a scheduled audit would never start.
 */
function stageIn(pipeline: string | null): string | undefined {
  const named: unknown = pipeline === null ? undefined : parseDocument(pipeline, { logLevel: 'silent' }).get('stages');
  const stages: unknown = isListNode(named) ? named.toJSON() : undefined;
  if (!Array.isArray(stages) || stages.includes(DEFAULT_STAGE)) return undefined;
  return stages.find((stage): stage is string => typeof stage === 'string' && !stage.startsWith('.'));
}

function isListNode(value: unknown): value is { toJSON(): unknown } {
  return typeof value === 'object' && value !== null && 'toJSON' in value;
}

/** The text of the jobs: also `templates/gitlab-ci.yml`. Without a stage they are in GitLab's own, `test`. */
export function gitlabJobs(version: string, stage?: string): string {
  return `# The jobs of fixby for GitLab: \`include: { local: ${GITLAB_FILE} }\` in .gitlab-ci.yml. docs/nightly.md of fixby says more.
# It exits 0 when the policy is kept, 1 when it is broken, 3 when something could not be looked at.
# Secrets of channels are masked and protected CI/CD variables called FIXBY_NOTIFY_…; none of them stands here.
.fixby:
  image: node:22-bookworm
${stage === undefined ? '' : `  stage: ${JSON.stringify(stage)}\n`}  needs: []
  variables:
    FIXBY_VERSION: ${version}
    FIXBY_CACHE_DIR: $CI_PROJECT_DIR/.cache/fixby
    GIT_DEPTH: '0'
  before_script:
    - if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then apt-get update -q && apt-get install -qy python3 python3-venv; fi
  artifacts:
    when: always
    expire_in: 90 days
    paths: [fixby-reports/]

fixby-gate:
  extends: .fixby
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - npx --yes "fixby@$FIXBY_VERSION" gate --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --format json --format junit --format gitlab --output fixby-reports
  artifacts:
    reports:
      junit: fixby-reports/fixby.junit.xml
      dependency_scanning: fixby-reports/fixby.gitlab.json

# Wants a schedule: CI/CD > Schedules. Once .fixby/config.yaml names channels, add --require-notify.
fixby-nightly:
  extends: .fixby
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - npx --yes "fixby@$FIXBY_VERSION" audit --format json --format markdown --format html --output fixby-reports --evidence fixby-reports/evidence.zip
  # The ledger of the nights before. A cache may be lost: for a record that must last set FIXBY_LEDGER_URL.
  cache:
    key: fixby-ledger
    paths: [.fixby/ledger.jsonl]
    when: always
`;
}
