/** Decides what of a report is worth telling people who did not ask for it. Nothing is left out because it is old. */
import type { Digest, DigestFinding } from '../model/digest.ts';
import type { ReportFinding, ReportView, RunChanges } from '../model/report.ts';
import { RUNS_MISSED } from '../model/schedule.ts';
import { inState, notChecked, otherQuestions } from '../report/first-screen.ts';
import { nextSteps } from '../report/next-steps.ts';
import { calendarOf, dueWords, ENDING_WORDS, fixWords } from '../report/words.ts';
import type { Calendar } from '../report/words.ts';

const DAY_MS = 86_400_000;

/** How near a date is when it is worth a warning. */
export const DUE_SOON_DAYS = 3;
/** How near the end of an accepted risk is when somebody has to decide again. */
export const EXPIRING_DAYS = 14;

/** The digest of a report of the repository called `repository`. Same view, same digest; lists keep the order of the view. */
export function digestOf(view: ReportView, repository: string): Digest {
  const { asOf, generatedAt, verdict, sentence, changes, problems } = view;
  const describe = describer(view);
  const due = inState(view, 'due');
  const lists = {
    overdue: inState(view, 'overdue').map(describe),
    dueSoon: due.filter(({ deadline }) => isWithin(deadline.dueAt, asOf, DUE_SOON_DAYS)).map(describe),
    opened: named(view, changes?.opened).map(describe),
    back: named(view, changes?.back).map(describe),
    expiring: expiringIn(view, describe),
    cleared: (changes?.cleared ?? []).map(clearedEntry),
    unchecked: uncheckedIn(view),
  };
  const missed = problems.find(({ code }) => code === RUNS_MISSED)?.message;
  const { overdue, dueSoon, opened, back, expiring, unchecked } = lists;
  const isQuiet = [overdue, dueSoon, opened, back, expiring, unchecked].every((list) => list.length === 0);
  return {
    schema: 'fixby.digest/v1',
    repository,
    verdict,
    sentence,
    allWell: verdict === 'pass' && isQuiet && missed === undefined,
    asOf,
    generatedAt,
    ...view.repository,
    changes: changes === undefined ? 'not-recorded' : changes.previousRun === undefined ? 'first-run' : 'known',
    ...(changes?.previousRun === undefined ? {} : { previousRun: changes.previousRun }),
    ...(missed === undefined ? {} : { missedRuns: missed }),
    open: view.findings.filter(({ deadline }) => deadline.state !== 'accepted' && deadline.state !== 'withdrawn')
      .length,
    accepted: inState(view, 'accepted').length,
    ...nextDue(due),
    ...lists,
    next: [...nextSteps(view)],
  };
}

type Describe = (finding: ReportFinding) => DigestFinding;

function describer(view: ReportView): Describe {
  const calendar = calendarOf(view);
  const [opened, back] = [new Set(view.changes?.opened), new Set(view.changes?.back)];
  return (finding) =>
    describeFinding(finding, calendar, { isNew: opened.has(finding.key), isBack: back.has(finding.key) });
}

function describeFinding(
  finding: ReportFinding,
  calendar: Calendar,
  news: Pick<DigestFinding, 'isNew' | 'isBack'>,
): DigestFinding {
  const { key, target, ecosystem, package: name, versions, advisory, severity, deadline } = finding;
  return {
    key,
    target,
    ecosystem,
    package: name,
    versions,
    advisory: advisory.id,
    summary: advisory.summary,
    url: advisory.url,
    severity: severity.level,
    standing: dueWords(finding, calendar),
    ...(deadline.dueAt === undefined ? {} : { dueAt: deadline.dueAt }),
    fix: fixWords(finding),
    reason: deadline.reason,
    ...news,
  };
}

function named({ findings }: ReportView, keys: readonly string[] = []): readonly ReportFinding[] {
  const wanted = new Set(keys);
  return findings.filter(({ key }) => wanted.has(key));
}

function isWithin(moment: string | undefined, from: string, days: number): boolean {
  return moment !== undefined && Date.parse(moment) - Date.parse(from) <= days * DAY_MS;
}

function expiringIn(view: ReportView, describe: Describe): Digest['expiring'] {
  return inState(view, 'accepted').flatMap((finding) => {
    const { exception } = finding;
    if (exception === undefined || !isWithin(exception.expires, view.asOf, EXPIRING_DAYS)) return [];
    return [{ ...describe(finding), expires: exception.expires, owner: exception.owner }];
  });
}

function clearedEntry({
  target,
  package: name,
  versions,
  advisory,
  severity,
  by,
}: RunChanges['cleared'][number]): Digest['cleared'][number] {
  return { target, package: name, versions, advisory, severity, how: ENDING_WORDS[by] };
}

function uncheckedIn(view: ReportView): Digest['unchecked'] {
  const blind = notChecked(view).map(({ path, message = 'no reason was given', mend = '' }) => ({
    place: path,
    message,
    mend,
  }));
  const said = new Set(blind.map(({ place, message }) => JSON.stringify([place, message])));
  const blocking = view.problems
    .filter(({ blocks, target, message }) => blocks && !said.has(JSON.stringify([target, message])))
    .map(({ target, message, mend }) => ({ place: target, message, mend }));
  return [...blind, ...blocking, ...otherQuestions(view).map((message) => ({ place: null, message, mend: '' }))];
}

function nextDue(due: readonly ReportFinding[]): { readonly nextDue?: string } {
  const [first] = due.flatMap(({ deadline }) => deadline.dueAt ?? []).sort();
  return first === undefined ? {} : { nextDue: first };
}
