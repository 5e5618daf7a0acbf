/** Reads a GitHub Actions workflow for the scanners it runs: where, on which events, and whether their failure fails the job. */
import { filesBehindAction, mayScan } from './errands.ts';
import { readScript, resolveFolder, type ScriptScan } from './script-scans.ts';
import { scannerOfAction } from './scanners.ts';
import type { YamlDocument } from '../../document/yaml-document.ts';
import { doubtsOf, foldersOfAction, silencedByInput, type Doubts } from './workflow-doubts.ts';
import { expandMatrix } from './workflow-matrix.ts';
import { workflowSchema, type Job } from './workflow-schema.ts';
import { readTriggers } from './workflow-triggers.ts';
import type { CiReading, Errand, Lead, ScanStep, Trigger } from './scan-step.ts';

/** A workflow that was read; `calls` are workflows of this repository that its jobs call, such as `.github/workflows/scan.yml`. */
export interface WorkflowReading extends Omit<CiReading, 'files'> {
  readonly file: string;
  readonly triggers: readonly Trigger[];
  /** Whether other workflows may call it. */
  readonly callable: boolean;
  readonly calls: readonly string[];
}

/** What a workflow does about scanning; `null` when it is none that GitHub would take. */
export function readWorkflow(file: string, document: YamlDocument): WorkflowReading | null {
  const parsed = workflowSchema.safeParse(document.value);
  if (!parsed.success) return null;
  const { on, jobs, defaults } = parsed.data;
  const triggers = readTriggers(on);
  const context = { file, triggers, defaults: defaults?.run ?? {} };
  const readings = Object.entries(jobs).map(([name, job]) =>
    readJob(name, job, context, (index, key) => lineOfStep(document, name, index, key)),
  );
  // What a workflow of another repository does, only that repository says.
  const foreign = Object.entries(jobs).flatMap(([name, { uses = './' }]): readonly Lead[] =>
    uses.startsWith('./') ? [] : [{ file, line: document.spotOf(['jobs', name, 'uses']).line, command: uses }],
  );
  return {
    file,
    triggers,
    callable: Array.isArray(on) ? on.includes('workflow_call') : Object.hasOwn(on, 'workflow_call'),
    calls: Object.values(jobs).flatMap(({ uses }) => (uses?.startsWith('./') === true ? [uses.slice(2)] : [])),
    steps: readings.flatMap(({ steps }) => steps),
    leads: [...readings.flatMap(({ leads }) => leads), ...foreign],
    errands: readings.flatMap(({ errands }) => errands),
  };
}

/** The line after `run: |` is where its script begins. */
function lineOfStep(document: YamlDocument, job: string, index: number, key: 'run' | 'uses'): number {
  return document.spotOf(['jobs', job, 'steps', index, key]).line;
}

interface Context {
  readonly file: string;
  readonly triggers: readonly Trigger[];
  readonly defaults: { readonly shell?: string | undefined; readonly 'working-directory'?: string | undefined };
}

function readJob(
  name: string,
  job: Job,
  context: Context,
  lineOf: (index: number, key: 'run' | 'uses') => number,
): Pick<CiReading, 'steps' | 'leads' | 'errands'> {
  const defaults = { ...context.defaults, ...job.defaults?.run };
  const base = { file: context.file, job: name, triggers: context.triggers };
  const steps: ScanStep[] = [];
  const leads: Lead[] = [];
  const errands: Errand[] = [];
  const installed = new Set<string>();
  for (const [index, raw] of (job.steps ?? []).entries()) {
    const placed =
      raw.run === undefined
        ? raw
        : { ...raw, 'working-directory': raw['working-directory'] ?? defaults['working-directory'] };
    for (const step of expandMatrix(placed, job)) {
      const doubts = doubtsOf(job, step);
      if (step.run === undefined) {
        const { uses = '' } = step;
        const scanner = scannerOfAction(uses);
        if (scanner === null) {
          const place = { file: context.file, line: lineOf(index, 'uses'), command: uses };
          if (mayScan(uses)) leads.push(place);
          errands.push({ ...place, behind: filesBehindAction(uses) });
          continue;
        }
        const silenced = doubts.silenced ?? silencedByInput(scanner.name, step);
        const folders = foldersOfAction(step);
        steps.push({ ...base, scanner, line: lineOf(index, 'uses'), folders, silenced, unsure: doubts.unsure });
        continue;
      }
      const directory = step['working-directory'] ?? '';
      const shell = step.shell ?? defaults.shell;
      const facts = { folder: resolveFolder('.', directory), pipefail: shell === 'bash' };
      const reading = readScript(step.run, facts);
      reading.installed.forEach((folder) => installed.add(folder));
      const first = lineOf(index, 'run') + (step.run.includes('\n') ? 1 : 0);
      steps.push(...reading.scans.map((scan) => toStep(scan, base, first, doubts, installed)));
      leads.push(...reading.leads.map((lead) => ({ ...lead, file: context.file, line: first + lead.line })));
      errands.push(...reading.errands.map((errand) => ({ ...errand, file: context.file, line: first + errand.line })));
    }
  }
  return { steps, leads, errands };
}

/** pip-audit without a file looks at the environment, and so at whatever was installed into it before. */
function toStep(
  scan: ScriptScan,
  base: Pick<ScanStep, 'file' | 'job' | 'triggers'>,
  first: number,
  doubts: Doubts,
  installed: ReadonlySet<string>,
): ScanStep {
  const { line, folders, ...rest } = scan;
  const widened =
    scan.scanner.name === 'pip-audit' && folders !== null ? [...new Set([...folders, ...installed])] : folders;
  return {
    ...rest,
    ...base,
    line: first + line,
    folders: widened,
    silenced: doubts.silenced ?? scan.silenced,
    unsure: doubts.unsure ?? scan.unsure,
  };
}
