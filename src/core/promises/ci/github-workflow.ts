/** Reads a GitHub Actions workflow for the scanners it runs: where, on which events, and whether their failure fails the job. */
import * as z from 'zod';
import { cronPeriod } from '../period.ts';
import { readScript, resolveFolder, type ScriptScan } from './script-scans.ts';
import { scannerOfAction } from './scanners.ts';
import type { YamlDocument } from '../../document/yaml-document.ts';
import type { CiReading, ScanStep, Trigger } from './scan-step.ts';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const flag = z.union([z.boolean(), z.string()]).optional();

const stepSchema = z.object({
  name: z.string().optional(),
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).nullish(),
  if: z.union([z.boolean(), z.string(), z.number()]).optional(),
  shell: z.string().optional(),
  'working-directory': z.string().optional(),
  'continue-on-error': flag,
});

const defaultsSchema = z
  .object({ run: z.object({ shell: z.string().optional(), 'working-directory': z.string().optional() }).optional() })
  .nullish();

const jobSchema = z.object({
  if: z.union([z.boolean(), z.string(), z.number()]).optional(),
  uses: z.string().optional(),
  'continue-on-error': flag,
  defaults: defaultsSchema,
  strategy: z.object({ matrix: z.union([z.record(z.string(), z.unknown()), z.string()]).optional() }).nullish(),
  steps: z.array(stepSchema).nullish(),
});

const eventSchema = z.looseObject({ cron: z.string().optional() });

/** Only what decides about scanners. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
const workflowSchema = z.object({
  on: z.union([texts, z.record(z.string(), z.union([eventSchema, z.array(eventSchema), z.string(), z.null()]))]),
  defaults: defaultsSchema,
  jobs: z.record(z.string(), jobSchema),
});

type Job = z.infer<typeof jobSchema>;
type Step = z.infer<typeof stepSchema>;

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
  return {
    file,
    triggers,
    callable: Array.isArray(on) ? on.includes('workflow_call') : Object.hasOwn(on, 'workflow_call'),
    calls: Object.values(jobs).flatMap(({ uses }) => (uses?.startsWith('./') === true ? [uses.slice(2)] : [])),
    steps: readings.flatMap(({ steps }) => steps),
    leads: readings.flatMap(({ leads }) => leads),
  };
}

/** The line after `run: |` is where its script begins. */
function lineOfStep(document: YamlDocument, job: string, index: number, key: 'run' | 'uses'): number {
  const at = document.spotOf(['jobs', job, 'steps', index, key]).line;
  return at;
}

type Events = z.infer<typeof workflowSchema>['on'];

function readTriggers(on: Events): readonly Trigger[] {
  if (Array.isArray(on)) return on.map((event) => ({ event: eventOf(event) }));
  return Object.entries(on).flatMap(([name, details]): readonly Trigger[] => {
    if (name === 'schedule') return (Array.isArray(details) ? details : []).map(({ cron }) => scheduled(cron ?? ''));
    const filtered = typeof details === 'object' && details !== null && !Array.isArray(details) && isFiltered(details);
    return [{ event: eventOf(name), ...(filtered ? { filtered } : {}) }];
  });
}

function scheduled(cron: string): Trigger {
  const days = cronPeriod(cron);
  return { event: 'schedule', ...(days === null ? {} : { days }) };
}

function isFiltered(details: object): boolean {
  return 'paths' in details || 'paths-ignore' in details;
}

function eventOf(name: string): Trigger['event'] {
  switch (name) {
    case 'push':
    case 'schedule':
    case 'release':
      return name;
    case 'pull_request':
    case 'pull_request_target':
    case 'merge_group':
      return 'pull_request';
    case 'workflow_dispatch':
    case 'repository_dispatch':
    case 'workflow_call':
      return 'by-hand';
    default:
      return 'other';
  }
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
): Pick<CiReading, 'steps' | 'leads'> {
  const defaults = { ...context.defaults, ...job.defaults?.run };
  const base = { file: context.file, job: name, triggers: context.triggers };
  const steps: ScanStep[] = [];
  const leads: { file: string; line: number; command: string }[] = [];
  const installed = new Set<string>();
  for (const [index, raw] of (job.steps ?? []).entries()) {
    for (const step of expandMatrix(raw, job)) {
      const doubts = doubtsOf(job, step);
      if (step.run === undefined) {
        const scanner = step.uses === undefined ? null : scannerOfAction(step.uses);
        if (scanner === null) continue;
        const silenced = doubts.silenced ?? silencedByInput(scanner.name, step);
        const folders = foldersOfAction(step);
        steps.push({ ...base, scanner, line: lineOf(index, 'uses'), folders, silenced, unsure: doubts.unsure });
        continue;
      }
      const directory = step['working-directory'] ?? defaults['working-directory'] ?? '';
      const shell = step.shell ?? defaults.shell;
      const facts = { folder: resolveFolder('.', directory), pipefail: shell === 'bash' };
      const reading = readScript(step.run, facts);
      reading.installed.forEach((folder) => installed.add(folder));
      const first = lineOf(index, 'run') + (step.run.includes('\n') ? 1 : 0);
      steps.push(...reading.scans.map((scan) => toStep(scan, base, first, doubts, installed)));
      leads.push(...reading.leads.map(({ line, command }) => ({ file: context.file, line: first + line, command })));
    }
  }
  return { steps, leads };
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

interface Doubts {
  readonly silenced: string | null;
  readonly unsure: string | null;
}

function doubtsOf(job: Job, step: Step): Doubts {
  const conditions = [job.if, step.if].filter((each) => each !== undefined).map((each) => String(each));
  const lenient = [job['continue-on-error'], step['continue-on-error']].map((each) => String(each ?? false));
  const never = conditions.find((each) => /^(?:\$\{\{\s*)?false(?:\s*\}\})?$/.test(each.trim()));
  const open = conditions.find((each) => !isHarmless(each));
  if (never !== undefined) return { silenced: 'it never runs (if: false)', unsure: null };
  if (lenient.some((each) => /^(?:\$\{\{\s*)?true(?:\s*\}\})?$/.test(each.trim())))
    return { silenced: 'continue-on-error lets the job pass', unsure: null };
  const leaves = lenient.find((each) => each.includes('${{'));
  if (leaves !== undefined) return { silenced: null, unsure: `continue-on-error depends on ${leaves}` };
  return { silenced: null, unsure: open === undefined ? null : `it runs only if ${open}` };
}

/** Conditions under which a step runs at least whenever the ones before it did well, in the project's own repository. */
function isHarmless(condition: string): boolean {
  const bare = condition.replace(/^\s*\$\{\{\s*|\s*\}\}\s*$/g, '').trim();
  return /^(?:true|always\(\)|success\(\)|!\s*cancelled\(\)|github\.repository(?:_owner)?\s*==\s*'[^']*')$/.test(bare);
}

function silencedByInput(scanner: string, { with: inputs }: Step): string | null {
  const input = (key: string): string => {
    const value = inputs !== null && inputs !== undefined && Object.hasOwn(inputs, key) ? inputs[key] : '';
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  if (scanner === 'Trivy' && /^0?$/.test(input('exit-code'))) return 'exit-code is 0, so findings let the job pass';
  if (scanner === 'Grype' && input('fail-build') === 'false') return 'fail-build is false';
  return input('warn-only') === 'true' ? 'warn-only lets findings pass' : null;
}

/** Where an action looks: its input, or the whole checkout. */
function foldersOfAction({ with: inputs }: Step): readonly string[] | null {
  const keys = ['inputs', 'working-directory', 'path', 'scan-ref'];
  const given = keys.map((key) => inputs?.[key]).find((value) => typeof value === 'string');
  if (typeof given !== 'string') return ['.'];
  const places = given
    .trim()
    .split(/\s+/)
    .map((word) => resolveFolder('.', word.replace(/\/?[^/]*\.(?:txt|toml|lock|json)$/, '')));
  return places.includes(null) ? null : places.filter((place) => place !== null);
}

const MATRIX = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g;

/** One step for each value of the one matrix key it names; a step that names none, or several, stays as it is. */
function expandMatrix(step: Step, { strategy }: Job): readonly Step[] {
  const text = `${step.run ?? ''}\n${step['working-directory'] ?? ''}`;
  const keys = [...new Set([...text.matchAll(MATRIX)].map(([, key = '']) => key))];
  const [key] = keys;
  const matrix = strategy?.matrix;
  if (keys.length !== 1 || key === undefined || typeof matrix !== 'object' || !Object.hasOwn(matrix, key))
    return [step];
  const values = matrix[key];
  if (!Array.isArray(values) || values.length > 64 || !values.every((value) => typeof value === 'string'))
    return [step];
  return values.map((value) => fillMatrix(step, value));
}

function fillMatrix(step: Step, value: string): Step {
  const fill = (text: string): string => text.replace(MATRIX, () => value);
  return {
    ...step,
    ...(step.run === undefined ? {} : { run: fill(step.run) }),
    ...(step['working-directory'] === undefined ? {} : { 'working-directory': fill(step['working-directory']) }),
  };
}
