/** Holds what CI runs against a scan that was promised, for one folder or for the repository as a whole. */
import { broken, cannotTell, kept, remark } from '../evidence.ts';
import { excerpt } from '../../model/text.ts';
import type { Manifest } from '../manifests.ts';
import type { Period } from '../period.ts';
import type { Scanner } from './scanners.ts';
import type { ScanStep, Trigger } from './scan-step.ts';
import type { CiFacts } from './read-ci.ts';
import type { Evidence } from '../../model/promise.ts';

/** What a sentence promises about scanning. */
export interface ScanPromise {
  /** Empty means any. */
  readonly scanners: readonly Scanner[];
  /** Each of them must start a run; empty means that something other than a person must. */
  readonly events: readonly ('push' | 'pull_request' | 'release')[];
  readonly period?: Period;
  /** The least severity at which CI is said to fail. */
  readonly level?: 'low' | 'moderate' | 'high' | 'critical';
}

/** Whether the packages of a folder are scanned as promised. */
export function judgeFolder(manifest: Manifest, promise: ScanPromise, ci: CiFacts): readonly Evidence[] {
  const named = promise.scanners.filter(({ ecosystems }) => ecosystems.includes(manifest.ecosystem));
  const fitting = ci.steps.filter(({ scanner }) => {
    const wanted = named.length === 0 || named.some(({ name }) => name === scanner.name);
    return wanted && scanner.ecosystems.includes(manifest.ecosystem);
  });
  const what = `${manifest.ecosystem} in ${excerpt(manifest.path)}`;
  const here = fitting.filter((step) => looksAt(step, manifest.path) === true);
  if (here.length > 0) return judgeBest(here, what, promise);
  const perhaps = fitting.find((step) => looksAt(step, manifest.path) === null);
  if (perhaps !== undefined) {
    const text = `${perhaps.scanner.name} runs in a folder that cannot be read, perhaps for ${what}`;
    return [cannotTell('unclear', text, 'Write the folder out.', placeOf(perhaps))];
  }
  const who = named.length === 0 ? 'nothing' : `no ${named.map(({ name }) => name).join(' or ')}`;
  return absent(
    `${who} in CI looks at ${what}`,
    `Run ${named[0]?.name ?? 'a scanner'} in ${excerpt(manifest.path)}.`,
    ci,
  );
}

/** Whether a scanner that looks at the repository as a whole runs as promised. */
export function judgePresence(scanner: Scanner, promise: ScanPromise, ci: CiFacts): readonly Evidence[] {
  const steps = ci.steps.filter((step) => step.scanner.name === scanner.name);
  if (steps.length > 0) return judgeBest(steps, 'the repository', promise);
  return absent(`no file of CI runs ${scanner.name}`, `Run ${scanner.name} in CI.`, ci);
}

/** A command that leads elsewhere may do what was looked for. */
function absent(text: string, mend: string, { leads }: CiFacts): readonly Evidence[] {
  const [lead] = leads;
  if (lead === undefined) return [broken(text, mend)];
  const { file, line, command } = lead;
  return [cannotTell('unclear', `${text}; what "${excerpt(command)}" does is not read`, mend, { file, line })];
}

function looksAt({ folders, scanner }: ScanStep, path: string): boolean | null {
  if (folders === null) return null;
  return folders.some((folder) => {
    if (folder === path) return true;
    return scanner.recursive && (folder === '.' || path.startsWith(`${folder}/`));
  });
}

const RANK: Readonly<Record<Evidence['says'], number>> = { kept: 0, remark: 0, 'cannot-tell': 1, broken: 2 };

/** One step that does it is enough; of those that do not, the one that comes nearest is told about. */
function judgeBest(steps: readonly ScanStep[], what: string, promise: ScanPromise): readonly Evidence[] {
  const judged = steps.map((step) => judgeStep(step, what, promise));
  const worst = (evidence: readonly Evidence[]): number => Math.max(...evidence.map(({ says }) => RANK[says]));
  const best = judged.reduce((a, b) => (worst(b) < worst(a) ? b : a));
  // Several events may be served by several steps.
  return worst(best) === 0 || promise.events.length < 2 ? best : judgeEvents(steps, what, promise, best);
}

function judgeEvents(
  steps: readonly ScanStep[],
  what: string,
  promise: ScanPromise,
  otherwise: readonly Evidence[],
): readonly Evidence[] {
  const each = promise.events.map((event) => judgeBest(steps, what, { ...promise, events: [event] }));
  return each.every((evidence) => evidence.every(({ says }) => RANK[says] === 0)) ? each.flat() : otherwise;
}

function judgeStep(step: ScanStep, what: string, promise: ScanPromise): readonly Evidence[] {
  const place = placeOf(step);
  const runs = `${step.scanner.name} looks at ${what} in the job ${excerpt(step.job)}`;
  if (step.silenced !== null)
    return [broken(`${runs}, and ${excerpt(step.silenced)}`, 'Let its result fail the job.', place)];
  const faults = [...judgeTriggers(step, runs, promise), ...judgeLevel(step, runs, promise)];
  if (step.unsure !== null) {
    faults.push(
      cannotTell('unclear', `${runs}, and ${excerpt(step.unsure)}`, 'Make it run and fail without conditions.', place),
    );
  }
  return faults.some(({ says }) => says !== 'remark') ? faults : [kept(`${runs} and fails it`, place), ...faults];
}

function judgeTriggers(step: ScanStep, runs: string, { events, period }: ScanPromise): readonly Evidence[] {
  const place = placeOf(step);
  const { triggers } = step;
  const automatic = triggers.filter(({ event }) => event !== 'by-hand');
  if (automatic.length === 0)
    return [broken(`${runs}, which only a person starts`, 'Start it on push or by a schedule.', place)];
  const missing = events.filter((event) => !triggers.some((trigger) => trigger.event === event));
  const narrow = triggers.some(({ event, filtered }) => filtered === true && event !== 'schedule');
  return [
    ...missing.map((event) =>
      broken(`${runs}, not on ${wordsOf(event)}`, `Add ${event} to the events of the workflow.`, place),
    ),
    ...(narrow ? [narrowed(runs, events, place)] : []),
    ...(period === undefined ? [] : judgePeriod(triggers, runs, period, place)),
  ];
}

type Place = ReturnType<typeof placeOf>;

function narrowed(runs: string, events: ScanPromise['events'], place: Place): Evidence {
  const text = `${runs}, only for some paths, branches or tags`;
  if (events.length === 0) return remark(text, place);
  return cannotTell('unclear', text, 'Take the filter away, or say in SECURITY.md what it leaves out.', place);
}

function judgePeriod(
  triggers: readonly Trigger[],
  runs: string,
  { days, words }: Period,
  place: Place,
): readonly Evidence[] {
  const schedules = triggers.filter(({ event }) => event === 'schedule');
  const known = schedules.flatMap((trigger) => (trigger.days === undefined ? [] : [trigger.days]));
  if (known.some((each) => each <= days)) return [];
  if (known.length < schedules.length)
    return [cannotTell('unclear', `${runs}, by a schedule that cannot be read`, 'Write a plain cron line.', place)];
  return [
    broken(
      `${runs}, not ${words}: ${schedules.length === 0 ? 'it has no schedule' : 'its schedule is sparser'}`,
      `Add a schedule that runs ${words}.`,
      place,
    ),
  ];
}

const SEVERITIES = ['low', 'moderate', 'high', 'critical'] as const;

function judgeLevel(step: ScanStep, runs: string, { level: promised }: ScanPromise): readonly Evidence[] {
  const { level } = step;
  if (level === undefined || level === 'low') return [];
  const text = `${runs} and fails it for ${level === 'critical' ? 'critical findings' : `${level} and worse`} only`;
  if (promised === undefined || SEVERITIES.indexOf(level) <= SEVERITIES.indexOf(promised))
    return [remark(text, placeOf(step))];
  return [broken(text, `Set the level to ${promised}.`, placeOf(step))];
}

function wordsOf(event: ScanPromise['events'][number]): string {
  return event === 'pull_request' ? 'pull requests' : event === 'push' ? 'pushes' : 'releases';
}

function placeOf({ file, line }: ScanStep): { readonly file: string; readonly line: number } {
  return { file, line };
}
