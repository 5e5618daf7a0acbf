/** Judges each occurrence of the past on the day it ended, or today while it is there. */
import type { EnrichedFinding } from '../core/enrich/enrich.ts';
import { describeDoubts } from '../core/history/doubts.ts';
import type { Occurrence } from '../core/history/occurrences.ts';
import { earlierTimeOf, momentOf, startOf, type Chronicle, type Moment } from '../core/history/origins.ts';
import { isVouchedFor, judgeOutcome } from '../core/history/outcome.ts';
import { judgeFinding } from '../core/judge/judge-finding.ts';
import type { DatedFact, DatedFinding } from '../core/model/finding.ts';
import type { PastOccurrence } from '../core/model/history-report.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import { byText } from '../core/model/order.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Release } from '../core/model/release.ts';
import { compareVersions } from '../core/match/version.ts';
import { chooseFix } from '../core/normalize/choose-fix.ts';
import { describeUndated } from '../core/timeline/fix-problems.ts';
import { dateFix } from '../core/timeline/fix-release.ts';
import type { HistoryAnswer } from './ask-registries.ts';

/** One occurrence with everything that is known of its flaw. */
export interface PastCase {
  readonly occurrence: Occurrence;
  readonly flaw: MergedFinding;
  readonly finding: EnrichedFinding;
  /** Tags that carried it. */
  readonly carriedBy: readonly string[];
  readonly releases: HistoryAnswer;
}

export interface JudgedPast {
  /** By the day the clock started, then target, package and advisory. */
  readonly occurrences: readonly PastOccurrence[];
  /** Which commit dates were not believed, and which fixes have no date. */
  readonly problems: readonly Problem[];
}

interface Context {
  readonly policy: Policy;
  readonly releases: readonly Release[];
  readonly asOf: string;
}

/** The policy is the one of today: the past is measured, not judged anew under rules nobody wrote down. */
export function judgePast(cases: readonly PastCase[], chronicle: Chronicle, context: Context): JudgedPast {
  const occurrences = cases.map((it) => judgeCase(it, chronicle, context));
  const moments = occurrences.flatMap(({ introduced, ended }) => [introduced, ended].flatMap((moment) => moment ?? []));
  const undated = cases.flatMap(({ flaw, finding, releases }) =>
    finding.fix.available && 'why' in releases
      ? [{ ecosystem: flaw.ecosystem, package: flaw.package, why: releases.why }]
      : [],
  );
  return {
    occurrences: occurrences.sort(byClock),
    problems: [...describeDoubts(moments), ...describeUndated(undated)],
  };
}

function judgeCase(it: PastCase, chronicle: Chronicle, { policy, releases, asOf }: Context): PastOccurrence {
  const { occurrence, finding } = it;
  const introduced = startOf(occurrence, chronicle);
  const ended = occurrence.end && { ...momentOf(chronicle, occurrence.end.commit), how: occurrence.end.how };
  const dated = datedFinding(it, introduced);
  const now = ended?.at ?? asOf;
  const deadline = judgeFinding(dated, { policy, now, releases });
  const { published, fixReleased } = dated.timeline;
  const outcome = judgeOutcome({
    deadline,
    withdrawn: finding.advisory.withdrawn !== undefined,
    ...(published && { published: published.at }),
    ...(fixReleased && { fixReleased: fixReleased.at }),
    ...(introduced?.at !== undefined && { introduced: introduced.at }),
    ...thereBy(introduced, chronicle),
    ...(ended && { ended }),
  });
  const isFixed = ended?.at !== undefined && isVouchedFor(ended.how) && outcome.outcome !== 'not-counted';
  const started = outcome.outcome === 'not-counted' ? undefined : deadline.startedAt;
  const earlier = earlierTimeOf(occurrence, chronicle);
  const { id, aliases, summary, url } = finding.advisory;
  return {
    key: dated.key,
    target: dated.target,
    ecosystem: dated.ecosystem,
    package: dated.package,
    versions: [...dated.versions],
    advisory: { id, aliases: [...aliases], summary, url },
    severity: { level: finding.severity.level, source: finding.severity.source },
    ...(introduced && { introduced }),
    ...(published && { published: published.at }),
    fix: {
      ...(dated.fix.version !== undefined && { version: dated.fix.version }),
      ...(fixReleased && { releasedAt: fixReleased.at, source: fixReleased.source }),
    },
    ...(started !== undefined && { couldBeFixed: { at: started, by: deadline.startedBy ?? '' } }),
    ...(ended && { ended }),
    ...(earlier && { backAgain: { ...(earlier.from && { from: earlier.from }), until: earlier.until } }),
    window: deadline.window,
    ...(deadline.dueAt !== undefined && { dueAt: deadline.dueAt }),
    ...(isFixed && started !== undefined && { daysToFix: daysBetween(started, now) }),
    ...(outcome.outcome === 'breached' && { daysLate: deadline.overdueByDays ?? 0 }),
    ...outcome,
    reason: deadline.reason,
  };
}

/** The finding as it would have been dated on the day. Its fix is the one of the versions that were there. */
function datedFinding(
  { occurrence, flaw, finding, carriedBy, releases }: PastCase,
  introduced: Moment | null,
): DatedFinding {
  const { ecosystem, package: name, records } = flaw;
  const versions = [...occurrence.versions].sort((a, b) => compareVersions(ecosystem, a, b));
  const fix = chooseFix({ ecosystem, package: name, installed: versions, records, fixedIn: [] });
  const fixReleased =
    fix.available && 'history' in releases ? releasedFix({ ...flaw, versions, fix }, releases) : undefined;
  const came: DatedFact | undefined =
    introduced?.at === undefined ? undefined : { at: introduced.at, source: `commit ${introduced.commit}` };
  return {
    ...finding,
    key: finding.key.replace(`${ecosystem}:${finding.target}:`, () => `${ecosystem}:${occurrence.target}:`),
    target: occurrence.target,
    versions,
    fix,
    timeline: { ...finding.timeline, ...(came && { introduced: came }), ...(fixReleased && { fixReleased }) },
    carriedBy,
  };
}

function releasedFix(
  flaw: MergedFinding,
  { history }: Extract<HistoryAnswer, { history: unknown }>,
): DatedFact | undefined {
  const dating = dateFix(flaw, history);
  return dating.status === 'dated' ? dating.fixReleased : undefined;
}

/** What was there before the oldest commit was there by its day. */
function thereBy(introduced: Moment | null, { dates }: Chronicle): { readonly thereBy?: string } {
  const oldest = dates[0]?.at ?? undefined;
  return introduced !== null || oldest === undefined ? {} : { thereBy: oldest };
}

const DAY_MS = 86_400_000;

/** In days, to a tenth. */
function daysBetween(from: string, to: string): number {
  return Math.round(((Date.parse(to) - Date.parse(from)) / DAY_MS) * 10) / 10;
}

function byClock(a: PastOccurrence, b: PastOccurrence): number {
  const start = ({ couldBeFixed, published }: PastOccurrence): string => couldBeFixed?.at ?? published ?? '';
  return byText(start(a), start(b)) || byText(a.key, b.key) || byText(a.introduced?.at ?? '', b.introduced?.at ?? '');
}
