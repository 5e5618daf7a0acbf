/** Reads `.gitlab-ci.yml` for the scanners its jobs run. https://docs.gitlab.com/ci/yaml/ */
import * as z from 'zod';
import { readScript } from './script-scans.ts';
import { SCANNERS } from './scanners.ts';
import type { YamlDocument } from '../../document/yaml-document.ts';
import type { CiReading, Lead, ScanStep, Trigger } from './scan-step.ts';

const lines = z
  .union([z.string(), z.array(z.unknown())])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const jobSchema = z.looseObject({
  script: lines.optional(),
  before_script: lines.optional(),
  extends: z.union([z.string(), z.array(z.string())]).optional(),
  allow_failure: z.unknown().optional(),
  when: z.string().optional(),
  rules: z.unknown().optional(),
  only: z.unknown().optional(),
});

type Job = z.infer<typeof jobSchema>;

/** Keys of the file that are no jobs. */
const GLOBAL = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'pages',
  'spec',
]);

/** Deeper or wider inheritance is cut off: it could name itself many times over. */
const MOST_ANCESTORS = 5;
const MOST_PARENTS = 4;

/** What the pipeline does about scanning; `null` when the file is no map of jobs. */
export function readPipeline(file: string, document: YamlDocument): Omit<CiReading, 'files'> | null {
  const parsed = z.record(z.string(), z.unknown()).safeParse(document.value);
  if (!parsed.success) return null;
  const jobs = new Map<string, Job>();
  for (const [name, raw] of Object.entries(parsed.data)) {
    const job = GLOBAL.has(name) ? null : jobSchema.safeParse(raw);
    if (job?.success === true) jobs.set(name, job.data);
  }
  const names = [...jobs.keys()].filter((name) => !name.startsWith('.'));
  const readings = names.map((name) => readJob(file, name, inherit(name, jobs), document));
  return {
    steps: [...readings.flatMap(({ steps }) => steps), ...templateSteps(file, parsed.data['include'], document)],
    leads: [...readings.flatMap(({ leads }) => leads), ...foreignIncludes(file, parsed.data['include'], document)],
    errands: readings.flatMap(({ errands }) => errands),
  };
}

/** A job with what it extends laid under it. */
function inherit(name: string, jobs: ReadonlyMap<string, Job>, turn = 0): Job {
  const own = jobs.get(name);
  if (own?.extends === undefined || turn > MOST_ANCESTORS) return own ?? jobSchema.parse({});
  const parents = typeof own.extends === 'string' ? [own.extends] : own.extends.slice(0, MOST_PARENTS);
  return parents.reduceRight<Job>((job, parent) => ({ ...inherit(parent, jobs, turn + 1), ...job }), own);
}

function readJob(file: string, name: string, job: Job, document: YamlDocument): Omit<CiReading, 'files'> {
  const before = (job.before_script ?? []).flat(4).filter((line) => typeof line === 'string');
  const own = (job.script ?? []).flat(4).filter((line) => typeof line === 'string');
  const { line } = document.spotOfKey([], name);
  const reading = readScript([...before, ...own].join('\n'), { folder: '.', pipefail: true });
  const triggers = triggersOf(job);
  const doubts = doubtsOf(job);
  const steps = reading.scans.map((scan): ScanStep => ({
    ...scan,
    file,
    job: name,
    line: lineOfCommand(document, name, own, scan.line - before.length) ?? line,
    triggers,
    silenced: doubts.silenced ?? scan.silenced,
    unsure: doubts.unsure ?? scan.unsure,
  }));
  const here = <T extends object>(each: T): T & { file: string; line: number } => ({ ...each, file, line });
  return { steps, leads: reading.leads.map(here), errands: reading.errands.map(here) };
}

/** Only where every entry of the script is one line, entries and lines agree. */
function lineOfCommand(document: YamlDocument, job: string, script: readonly string[], index: number): number | null {
  if (index < 0 || script.some((line) => line.includes('\n'))) return null;
  return document.spotOf([job, 'script', index]).line;
}

function triggersOf({ rules, only, when }: Job): readonly Trigger[] {
  if (when === 'manual') return [{ event: 'by-hand' }];
  const text = JSON.stringify([rules ?? null, only ?? null]);
  if (text === '[null,null]') return [{ event: 'push' }];
  return [
    ...(/merge_request/.test(text) ? [{ event: 'pull_request' } as const] : []),
    ...(/schedule/.test(text) ? [{ event: 'schedule' } as const] : []),
    ...(/push|branch|main|master/i.test(text) ? [{ event: 'push' } as const] : []),
    { event: 'other' },
  ];
}

function doubtsOf({ allow_failure: lenient, when, rules, only }: Job): Pick<ScanStep, 'silenced' | 'unsure'> {
  if (when === 'never') return { silenced: 'it never runs (when: never)', unsure: null };
  if (lenient === true) return { silenced: 'allow_failure lets the pipeline pass', unsure: null };
  if (typeof lenient === 'object' && lenient !== null)
    return { silenced: null, unsure: 'allow_failure lets some exit codes pass' };
  const conditional = rules !== undefined || only !== undefined;
  return { silenced: null, unsure: conditional ? 'its rules decide when it runs' : null };
}

/** What an included file does is not read; GitLab's own templates are known. */
function foreignIncludes(file: string, include: unknown, document: YamlDocument): readonly Lead[] {
  const all: readonly unknown[] = Array.isArray(include) ? include : include === undefined ? [] : [include];
  const foreign = all.filter((each) => typeof each !== 'object' || each === null || !('template' in each));
  if (foreign.length === 0) return [];
  return [{ file, line: document.spotOfKey([], 'include').line, command: 'include' }];
}

/** GitLab's own templates report, and never fail a pipeline. */
function templateSteps(file: string, include: unknown, document: YamlDocument): readonly ScanStep[] {
  const scanner = SCANNERS.find(({ name }) => name === 'GitLab dependency scanning');
  if (scanner === undefined || !/dependency-scanning/i.test(JSON.stringify(include ?? ''))) return [];
  const { line } = document.spotOfKey([], 'include');
  const silenced = "GitLab's template lets the pipeline pass (allow_failure)";
  return [
    { scanner, file, line, job: 'include', folders: ['.'], triggers: [{ event: 'push' }], silenced, unsure: null },
  ];
}
