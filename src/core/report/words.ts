/** Owns the words all formats share for states, fixes, dates and counts. */
import type { ClosedFinding } from '../model/closed-finding.ts';
import type { DeadlineState } from '../model/deadline.ts';
import type { ReportFinding, ReportTarget, ReportView } from '../model/report.ts';
import { excerpt } from '../model/text.ts';
import { isTimeZone } from '../model/time-zone.ts';

/** The mark and the word a verdict is known by; the word alone is enough where colours or symbols are lost. */
export const VERDICT_WORDS = {
  pass: { mark: '✔', word: 'PASS' },
  fail: { mark: '✖', word: 'FAIL' },
  inconclusive: { mark: '?', word: 'INCONCLUSIVE' },
} as const;

/** What each state is called where it heads a list. */
export const STATE_WORDS: Readonly<Record<DeadlineState, string>> = {
  overdue: 'overdue',
  due: 'due',
  'next-release': 'next release',
  'awaiting-fix': 'awaiting a fix',
  opportunistic: 'opportunistic',
  accepted: 'accepted risk',
  withdrawn: 'withdrawn',
};

/** How a finding ended, as a clause. */
export const ENDING_WORDS: Readonly<Record<ClosedFinding['by'], string>> = {
  upgraded: 'upgraded',
  removed: 'no longer installed',
  withdrawn: 'advisory withdrawn',
  'no-longer-affected': 'no longer listed by its advisory',
  'target-removed': 'its folder is gone',
  merged: 'found to be the same as another',
};

/** `1 target`, `2 targets`; `many` where the plural is not the word with an s. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Turns instants into days. Text that is no date, or a zone nobody knows, is handed back or read as UTC. */
export type Calendar = (instant: string) => string;

/** The calendar of a report: days as they end in the policy's time zone, `YYYY-MM-DD`; a report from elsewhere may name none. */
export function calendarOf({ policy }: { readonly policy: Pick<ReportView['policy'], 'timeZone'> }): Calendar {
  const dayIn = dayTeller(policy.timeZone) ?? utcDay;
  // A long report names the same few instants over and over, and asking for the day of one is slow.
  const days = new Map<string, string>();
  return (instant) => {
    const known = days.get(instant);
    if (known !== undefined) return known;
    const moment = Date.parse(instant);
    const day = Number.isNaN(moment) ? instant : dayIn(moment);
    days.set(instant, day);
    return day;
  };
}

type DayTeller = (moment: number) => string;

// Making one costs more than a hundred uses of it.
const DAY_TELLERS = new Map<string, DayTeller | undefined>([['UTC', utcDay]]);

function dayTeller(timeZone: string): DayTeller | undefined {
  if (!DAY_TELLERS.has(timeZone)) DAY_TELLERS.set(timeZone, makeDayTeller(timeZone));
  return DAY_TELLERS.get(timeZone);
}

function utcDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

function makeDayTeller(timeZone: string): DayTeller | undefined {
  if (!isTimeZone(timeZone)) return undefined;
  // The Swedish calendar writes days as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return (moment) => format.format(moment);
}

/** An instant to the minute, in UTC: `2026-01-31 09:30 UTC`. */
export function minuteOf(instant: string): string {
  const moment = Date.parse(instant);
  if (Number.isNaN(moment)) return instant;
  return `${new Date(moment).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * Where a finding stands, short enough for a column: `12 days overdue`, `due 2026-01-31`, `next release`. What nobody could
 * look for now says when it was last seen.
 */
export function dueWords(finding: ReportFinding, calendar: Calendar): string {
  const { lastSeen } = finding;
  return `${standWords(finding, calendar)}${lastSeen === undefined ? '' : `, last seen ${calendar(lastSeen)}`}`;
}

function standWords({ deadline, exception }: ReportFinding, calendar: Calendar): string {
  const { state, dueAt, overdueByDays } = deadline;
  if (state === 'overdue')
    return overdueByDays === undefined || overdueByDays < 1
      ? 'overdue today'
      : `${count(overdueByDays, 'day')} overdue`;
  if (state === 'accepted' && exception !== undefined) return `accepted until ${exception.expires}`;
  const until = state === 'awaiting-fix' ? ' until' : '';
  return dueAt === undefined ? STATE_WORDS[state] : `${STATE_WORDS[state]}${until} ${calendar(dueAt)}`;
}

/** The fix, short enough for a column: `4.17.21 (patch)`, `3.1.3, 9.0.7` where each version has its own, or `none yet`. */
export function fixWords({ fix }: ReportFinding): string {
  if (!fix.available) return 'none yet';
  if (fix.version === undefined) return 'see advisory';
  if (fix.steps !== undefined) return [...new Set(fix.steps.map(({ version }) => version))].join(', ');
  return fix.kind === undefined ? fix.version : `${fix.version} (${fix.kind})`;
}

/** What clears a finding by itself, as an instruction. */
export function remedyWords(finding: ReportFinding): string {
  const { available, version, kind } = finding.fix;
  const name = finding.package;
  if (!available) return `No fixed version of ${name} is known: replace it, or have the risk accepted.`;
  if (version === undefined) return `Upgrade ${name} to the version its advisory names.`;
  if (kind === 'downgrade') return `Replace ${name}: the only fixed version, ${version}, is older.`;
  return `Upgrade ${name} to ${version}.`;
}

/** On what ground a risk is accepted and who answers for it: `reason (owner …, approved by …, ticket)`. */
export function acceptanceWords(exception: NonNullable<ReportFinding['exception']>): string {
  const { reason, owner, approver, ticket } = exception;
  return `${reason} (owner ${owner}, approved by ${approver}${ticket === undefined ? '' : `, ${ticket}`})`;
}

/** Why a target has no answer: `message [reason]`. */
export function outcomeWords({ outcome, reason, message }: ReportTarget): string {
  return reason === undefined ? outcome : `${message ?? outcome} [${reason}]`;
}

/** `name@1.0.0`, or the oldest of several installed versions and how many more there are. */
export function packageWords({ package: name, versions }: Pick<ReportFinding, 'package' | 'versions'>): string {
  const [oldest, ...more] = versions;
  if (oldest === undefined) return name;
  return more.length === 0 ? `${name}@${oldest}` : `${name}@${oldest} +${more.length}`;
}

/** `file:line` as editors and terminals understand it. */
export function placeWords({ file, line }: { readonly file: string; readonly line?: number | undefined }): string {
  return line === undefined ? file : `${file}:${line}`;
}

const DATE_WORDS: Readonly<Record<keyof ReportFinding['timeline'], string>> = {
  introduced: 'introduced',
  published: 'published',
  fixReleased: 'fix released',
  firstSeen: 'first seen',
  knownExploited: 'known exploited',
};

/** Every known date of a finding with who says it, oldest kind first: `published 2026-01-31 (GHSA-…)`. */
export function timelineWords({ timeline, timelineSources }: ReportFinding, calendar: Calendar): readonly string[] {
  const names = Object.keys(DATE_WORDS) as (keyof typeof DATE_WORDS)[];
  return names.flatMap((name) => {
    const at = timeline[name];
    const source = timelineSources[name];
    return at === undefined ? [] : [`${DATE_WORDS[name]} ${calendar(at)}${source === undefined ? '' : ` (${source})`}`];
  });
}

/** Who decided the severity and, where several spoke, what each of them said. */
export function severityWords({ severity }: ReportFinding): string {
  const decided = `${severity.level}, decided by ${severity.source}`;
  if (severity.all.length < 2) return decided;
  const said = severity.all.map(
    ({ from, by, level, score }) => `${level}${score === undefined ? '' : ` ${score}`} by ${from} ${by}`,
  );
  return `${decided}; said: ${said.join(', ')}${severity.disputed ? ' (they disagree)' : ''}`;
}

/** Who saw a finding and, where another auditor looked and says otherwise, who and why: `npm-audit; osv does not (range differs: …)`. */
export function seenWords({ seenBy, dissent = [] }: ReportFinding): string {
  return [seenBy.join(', '), ...dissent.map((each) => dissentWords(each, seenBy))].join('; ');
}

/** One disagreement: `osv does not (range differs: …)`. */
export function dissentWords(
  { auditor, why, detail }: NonNullable<ReportFinding['dissent']>[number],
  seenBy: readonly string[],
): string {
  const how = seenBy.includes(auditor) ? 'in part only' : 'does not';
  return `${auditor} ${how} (${why.replaceAll('-', ' ')}: ${detail})`;
}

/** How likely an exploitation is, `EPSS 2.4%, more than 83% of all flaws (2026-05-31)`; empty when no score is known. */
export function likelihoodWords({ epss }: ReportFinding): string {
  if (epss === undefined) return '';
  const day = epss.date === undefined ? '' : ` (${epss.date})`;
  // Rounded down: nothing is likelier than all.
  const others = Math.floor(epss.percentile * 100);
  return `EPSS ${(epss.score * 100).toFixed(1)}%, more than ${others}% of all flaws${day}`;
}

/** Every release that still carried a finding, with its day where it is known: `v1.2.0 (2026-03-20)`. */
export function carriedWords(
  { carriedBy }: ReportFinding,
  { releases = [] }: Pick<ReportView, 'releases'>,
  calendar: Calendar,
): readonly string[] {
  return carriedBy.map((tag) => {
    const at = releases.find((release) => release.tag === tag)?.at;
    return at === undefined ? tag : `${tag} (${calendar(at)})`;
  });
}

const MOST_EXCLUDED = 3;

/** How many targets and packages were answered for, a clause each. What the configuration hides has a name. */
export function coverageWords({ targets, summary: { coverage } }: ReportView): readonly string[] {
  const excluded = targets.filter(({ reason }) => reason === 'excluded').map(({ path }) => excerpt(path, 60));
  const others = coverage.notApplicable - excluded.length;
  return [
    `${coverage.audited} of ${count(coverage.targets, 'target')} audited`,
    ...(excluded.length === 0 ? [] : [`${excluded.length} excluded (${namesInBrief(excluded)})`]),
    ...(others <= 0 ? [] : [`${others} not applicable`]),
    `${coverage.packagesAudited} of ${count(coverage.packages, 'package')}`,
  ];
}

function namesInBrief(names: readonly string[]): string {
  const more = names.length - MOST_EXCLUDED;
  return `${names.slice(0, MOST_EXCLUDED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Which fixby did what to which checkout: `fixby 0.1.0 audit of main at 0123456789ab`. */
export function runWords({ tool, command, repository }: ReportView): string {
  const { branch, commit } = repository;
  const checkout = [branch, commit?.slice(0, 12)].filter((part) => part !== undefined).join(' at ');
  return `fixby ${tool.version} ${command}${checkout === '' ? '' : ` of ${checkout}`}`;
}
