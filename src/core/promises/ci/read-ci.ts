/** Reads every CI configuration of the repository that fixby can read, and names those it cannot. */
import { readFiles } from '../../model/program.ts';
import { cannotTell } from '../evidence.ts';
import { followErrands } from './errands.ts';
import { readYaml } from '../read-yaml.ts';
import { readPipeline } from './gitlab-pipeline.ts';
import { readWorkflow, type WorkflowReading } from './github-workflow.ts';
import type { FileRead } from '../../model/file.ts';
import type { Program } from '../../model/program.ts';
import type { Evidence } from '../../model/promise.ts';
import type { CiReading, ScanStep } from './scan-step.ts';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const PIPELINE = /^\.gitlab-ci\.yml$/;
const FOREIGN =
  /^(?:Jenkinsfile|\.circleci\/config\.yml|azure-pipelines\.yml|bitbucket-pipelines\.yml|\.travis\.yml|\.drone\.yml|\.buildkite\/.+|\.woodpecker.+|\.forgejo\/workflows\/.+|\.gitea\/workflows\/.+|\.ci\/.+)$/;

/** Whether a file configures CI, read or not. */
export function isCiPath(path: string): boolean {
  return WORKFLOW.test(path) || PIPELINE.test(path) || FOREIGN.test(path);
}

export interface CiFacts extends Omit<CiReading, 'errands'> {
  /** What is there and could not be read: each leaves open what it does. */
  readonly doubts: readonly Evidence[];
}

/** More workflows than any repository has; the rest is not read, and said so. */
const MOST_FILES = 200;

/** `paths` are those of the repository. */
export function* readCi(paths: readonly string[]): Program<CiFacts> {
  const all = paths.filter((path) => WORKFLOW.test(path) || PIPELINE.test(path));
  const files = yield* readFiles(all.slice(0, MOST_FILES));
  const readings = files.map(readOne);
  const workflows = readings.flatMap(({ workflow }) => (workflow === undefined ? [] : [workflow]));
  const sources = [...workflows, ...readings];
  const followed = yield* followErrands(sources.flatMap(({ errands }) => errands));
  const left = all.length > MOST_FILES ? [unread(`there are more than ${MOST_FILES} workflows`)] : [];
  return {
    files: files.filter(({ status }) => status === 'ok').map(({ path }) => path),
    steps: [...workflows.flatMap((each) => withCallers(each, workflows)), ...readings.flatMap(({ steps }) => steps)],
    leads: [...sources.flatMap(({ leads }) => leads), ...followed],
    doubts: [
      ...readings.flatMap(({ doubts }) => doubts),
      ...left,
      ...paths
        .filter((path) => FOREIGN.test(path))
        .map((path) => unread(`${path} is not a kind of CI fixby reads`, path)),
    ],
  };
}

interface FileReading extends Omit<CiReading, 'files'> {
  readonly workflow?: WorkflowReading;
  readonly doubts: readonly Evidence[];
}

const NOTHING: FileReading = { steps: [], leads: [], errands: [], doubts: [] };

function readOne(file: FileRead): FileReading {
  const pipeline = PIPELINE.test(file.path);
  const reading = readYaml(file, { merge: true });
  if (reading.status === 'missing') return NOTHING;
  if (reading.status === 'unreadable') return { ...NOTHING, doubts: [reading.doubt] };
  const jobs = pipeline ? readPipeline(file.path, reading.document) : null;
  const workflow = pipeline ? null : readWorkflow(file.path, reading.document);
  if (jobs !== null) return { ...jobs, doubts: [] };
  if (workflow !== null) return { ...NOTHING, workflow };
  return { ...NOTHING, doubts: [unread(`${file.path} is no workflow that can be read`, file.path)] };
}

/** What starts a called workflow is what starts its callers. */
function withCallers(workflow: WorkflowReading, all: readonly WorkflowReading[]): readonly ScanStep[] {
  const callers = all.filter(({ calls }) => workflow.callable && calls.includes(workflow.file));
  const triggers = callers.flatMap((caller) => caller.triggers);
  return workflow.steps.map((step) => ({ ...step, triggers: [...step.triggers, ...triggers] }));
}

function unread(text: string, file?: string): Evidence {
  return cannotTell('unreadable', text, 'Look at it yourself.', file === undefined ? {} : { file });
}
