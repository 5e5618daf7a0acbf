/** Asks pip-audit about packages: again while its source is down, in halves while a record crashes it. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import { type InvocationResult, type Program, runTools } from '../../model/program.ts';
import { unavailable } from '../lib/outcome.ts';
import { pauseBefore } from '../lib/run-with-retry.ts';
import { explainToolFailure } from '../lib/tool-failure.ts';
import { type Crash, explainCrash, readCrash } from './crash.ts';
import { idOf } from './inventory.ts';
import { type Asked, auditInvocation, CANARY } from './pip-audit-question.ts';
import { type Answered, type PipAuditReport, readReport } from './report-document.ts';
import { parseJson } from '../../model/json.ts';

const MOST_RUNS = 24;
const GROUP_SIZE = 200;
const MOST_GROUPS = 8;

export interface Answers {
  /** What was answered, the canary left out unless it was asked about. */
  readonly answered: readonly { readonly asked: Asked; readonly answer: Answered }[];
  /** What no answer could be had for, with the reason. */
  readonly skipped: readonly SkippedPackage[];
  /** Set when an answer cannot be trusted, or there was none. */
  readonly failure?: AuditOutcome;
}

type Group = readonly Asked[];

/** What one run gave for its group. */
type Verdict =
  | { readonly kind: 'report'; readonly report: PipAuditReport }
  | { readonly kind: 'crash'; readonly crash: Crash }
  | { readonly kind: 'failure'; readonly outcome: AuditOutcome };

/** One run when all goes well, a few for more than 200 packages. The first crash also asks about the canary alone: if that crashes too, it is the source. */
export function* askPipAudit(asked: Group, settings: AuditSettings): Program<Answers> {
  let answers: Answers = { answered: [], skipped: [] };
  let open: readonly Group[] = cutIntoGroups(asked);
  let runs = 0;
  while (open.length > 0) {
    if (runs + open.length > MOST_RUNS) return { ...answers, skipped: [...answers.skipped, ...giveUp(open)] };
    const verdicts = yield* runGroups(open, settings);
    const round = judgeRound(open, verdicts, runs === 0);
    runs += open.length;
    const { failure } = round.answers;
    // No package is to blame for a crash while the source itself is in doubt.
    if (failure !== undefined) return addAnswers(answers, { ...round.answers, skipped: [] });
    answers = addAnswers(answers, round.answers);
    open = round.open;
  }
  return answers;
}

// pip-audit asks one after another: a large project is asked about in a few runs side by side.
function cutIntoGroups(asked: Group): readonly Group[] {
  const size = Math.max(GROUP_SIZE, Math.ceil(asked.length / MOST_GROUPS));
  return Array.from({ length: Math.ceil(asked.length / size) }, (_, index) =>
    asked.slice(index * size, (index + 1) * size),
  );
}

/** Runs every group side by side, and those whose source did not answer again, up to `attempts` times in all. */
function* runGroups(groups: readonly Group[], settings: AuditSettings): Program<readonly Verdict[]> {
  let invocations = groups.map((group) => auditInvocation(group, settings));
  const verdicts = (yield* runTools(invocations)).map(readRun);
  for (let again = 0; again < settings.attempts - 1; again++) {
    const down = verdicts.flatMap((verdict, index) => (isDown(verdict) ? [index] : []));
    if (down.length === 0) break;
    invocations = down.flatMap((index) => auditInvocation(groups[index] ?? [], settings));
    const results = yield* runTools(invocations.map((one) => ({ ...one, delayMs: pauseBefore(again) })));
    results.forEach((result, at) => (verdicts[down[at] ?? 0] = readRun(result)));
  }
  return verdicts;
}

function isDown(verdict: Verdict): boolean {
  return verdict.kind === 'crash' && verdict.crash.kind === 'unreachable';
}

// The document decides; pip-audit's exit code means "found something" and "crashed" alike.
function readRun(result: InvocationResult): Verdict {
  const outcome = explainToolFailure('pip-audit', result);
  if (outcome !== undefined) return { kind: 'failure', outcome };
  const report = readReport(parseJson(result.stdout));
  if (report !== undefined) return { kind: 'report', report };
  if (result.stdout.trim() === '') return { kind: 'crash', crash: readCrash(result.stderr) };
  const message = 'pip-audit printed something that is no report of it.';
  return { kind: 'failure', outcome: unavailable('unreadable-output', message, 'Run `fixby doctor`.') };
}

interface Round {
  readonly answers: Answers;
  readonly open: readonly Group[];
}

function judgeRound(groups: readonly Group[], verdicts: readonly Verdict[], first: boolean): Round {
  const rounds = groups.flatMap((group, index) => {
    const verdict = verdicts[index];
    return verdict === undefined ? [] : [judgeGroup(group, verdict, first)];
  });
  const open = rounds.flatMap((round) => round.open);
  return {
    answers: rounds.map((round) => round.answers).reduce(addAnswers, { answered: [], skipped: [] }),
    open: first && open.length > 0 ? [[], ...open] : open,
  };
}

function judgeGroup(group: Group, verdict: Verdict, first: boolean): Round {
  if (verdict.kind === 'failure') return failed(verdict.outcome);
  if (verdict.kind === 'report') return { answers: matchAnswers(group, verdict.report), open: [] };
  const [only] = group;
  if (verdict.crash.kind !== 'record' || only === undefined) return failed(explainCrash(verdict.crash));
  if (group.length === 1 && !first) {
    return { answers: { answered: [], skipped: [nameCulprit(only, verdict.crash)] }, open: [] };
  }
  // A single package is asked about again beside the canary: nobody is blamed for what the source may have done.
  const half = Math.ceil(group.length / 2);
  const parts = [group.slice(0, half), group.slice(half)].filter((part) => part.length > 0);
  return { answers: { answered: [], skipped: [] }, open: parts };
}

function failed(failure: AuditOutcome): Round {
  return { answers: { answered: [], skipped: [], failure }, open: [] };
}

/** The answers for `group`; a failure when the canary is not among them, or a package neither answered nor skipped. */
function matchAnswers(group: Group, report: PipAuditReport): Answers {
  const byId = new Map(report.answered.map((answer) => [idOf(answer), answer]));
  const skipped = report.skipped.map(({ name, reason }) => ({ name, reason }));
  const names = new Set(skipped.map(({ name }) => name));
  const answered = group.flatMap((asked) => {
    const answer = byId.get(idOf(asked));
    return answer === undefined ? [] : [{ asked, answer }];
  });
  const missing = group.filter((asked) => !byId.has(idOf(asked)) && !names.has(asked.name));
  const blind = checkCanary(byId.get(idOf(CANARY)));
  // A blind source has still said what it said; only its silence means nothing.
  if (blind !== undefined) return { answered: answered.filter(saysSomething), skipped, failure: blind };
  const failure = checkCount(missing);
  return { answered, skipped, ...(failure === undefined ? {} : { failure }) };
}

function saysSomething({ answer }: Answers['answered'][number]): boolean {
  return answer.vulnerabilities.length > 0;
}

function checkCanary(canary: Answered | undefined): AuditOutcome | undefined {
  if (canary !== undefined && canary.vulnerabilities.length > 0) return undefined;
  return unavailable(
    'source-blind',
    `The advisory source has nothing on ${CANARY.name} ${CANARY.version}, which is known to be vulnerable: its other answers mean nothing.`,
    'Look whether the OSV address (`--osv-url`) is a whole OSV source and is filled.',
  );
}

function checkCount(missing: Group): AuditOutcome | undefined {
  if (missing.length === 0) return undefined;
  const named = missing.slice(0, 5).map(idOf).join(', ');
  const message = `pip-audit did not answer for ${missing.length} of the packages it was asked about: ${named}.`;
  return unavailable('count-mismatch', message, 'Run it again; if it stays so, run `fixby doctor`.');
}

function nameCulprit({ name, version }: Asked, crash: Crash): SkippedPackage {
  const detail = 'detail' in crash ? crash.detail : '';
  return { name, version, reason: `pip-audit crashes on this package's advisory: ${detail}` };
}

function giveUp(open: readonly Group[]): readonly SkippedPackage[] {
  const reason = `pip-audit kept crashing, and ${MOST_RUNS} runs were not enough to find out on what`;
  return open.flat().map(({ name, version }) => ({ name, version, reason }));
}

function addAnswers(a: Answers, b: Answers): Answers {
  const failure = a.failure ?? b.failure;
  return {
    answered: [...a.answered, ...b.answered],
    skipped: [...a.skipped, ...b.skipped],
    ...(failure === undefined ? {} : { failure }),
  };
}
