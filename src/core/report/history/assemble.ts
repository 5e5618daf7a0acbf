/** Puts a replayed past into the view its reports show: sums, and one sentence that says it all. */
import type { HistoryView, PastOccurrence, PastStatistics } from '../../model/history-report.ts';
import { byEach, byText } from '../../model/order.ts';
import type { PastCommit } from '../../model/past.ts';
import type { Policy } from '../../model/policy.ts';
import type { Problem } from '../../model/problem.ts';
import { count } from '../words.ts';
import { summarize } from './statistics.ts';

export interface HistoryParts {
  readonly since: string;
  readonly asOf: string;
  readonly generatedAt: string;
  readonly version: string;
  readonly repository: { readonly commit?: string; readonly branch?: string };
  readonly policy: Policy;
  /** `null` when the history could not be read at all. */
  readonly past: {
    readonly commits: readonly PastCommit[];
    readonly dates: readonly { readonly at: string | null }[];
    readonly files: readonly unknown[];
    readonly cut: boolean;
  } | null;
  /** Names that were ever stated with a version. */
  readonly packages: number;
  /** Where the advisories came from. */
  readonly source: string;
  readonly occurrences: readonly PastOccurrence[];
  readonly problems: readonly Problem[];
}

/** Problems come sorted, those that block first. */
export function assembleHistory(parts: HistoryParts): HistoryView {
  const { since, asOf, generatedAt, version, past, packages, source, policy } = parts;
  const { commit, branch } = parts.repository;
  const summary = summarize(parts.occurrences);
  const oldest = past?.dates[0]?.at ?? undefined;
  const problems = [...parts.problems].sort(byUrgency);
  return {
    schema: 'fixby.history/v1',
    sentence:
      past === null
        ? 'The history could not be read, so nothing can be told.'
        : sentenceOf(summary.all, parts, problems),
    since,
    asOf,
    generatedAt,
    tool: { name: 'fixby', version },
    repository: { ...(commit !== undefined && { commit }), ...(branch !== undefined && { branch }) },
    policy: { source: policy.source, clock: policy.clock, timeZone: policy.timeZone },
    coverage: {
      known: past !== null,
      commits: past?.commits.length ?? 0,
      revisions: past?.files.length ?? 0,
      packages,
      ...(oldest !== undefined && { oldest }),
      cut: past?.cut ?? false,
      source,
    },
    summary,
    occurrences: [...parts.occurrences],
    problems,
  };
}

function sentenceOf(
  { met, breached, open }: PastStatistics,
  { since }: HistoryParts,
  problems: readonly Problem[],
): string {
  const day = since.slice(0, 10);
  const judged = met + breached;
  const still = open === 0 ? '' : `; ${count(open, 'more is', 'more are')} open within the window`;
  const looked = problems.some(({ blocks }) => blocks) ? ' Not everything could be looked at.' : '';
  if (judged === 0) return `No window has ended for any finding since ${day}${still}.${looked}`;
  const kept = `${met} of ${count(judged, 'finding')} since ${day} ${met === 1 ? 'was' : 'were'} gone within the window`;
  return `${kept} (${Math.floor((met / judged) * 100)} %)${still}.${looked}`;
}

const byUrgency = byEach<Problem>(
  (a, b) => Number(b.blocks) - Number(a.blocks),
  (a, b) => byText(a.code, b.code),
  (a, b) => byText(a.target ?? '', b.target ?? ''),
  (a, b) => byText(a.message, b.message),
);
