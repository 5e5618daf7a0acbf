/** Owns the words for a release: what kind it is, what stands in its way, what goes out with it, and what to do next. */
import type { DeadlineState } from '../model/deadline.ts';
import type { ReportFinding, ReportView } from '../model/report.ts';
import { inState } from './first-screen.ts';
import { acceptanceWords, minuteOf } from './words.ts';

/** The version a report was asked about, with what stands in its way. */
export type ReportRelease = NonNullable<ReportView['release']>;

/** Why something stands in the way, short enough for a column. */
export const BLOCKER_WORDS: Readonly<Record<ReportRelease['blockers'][number]['code'], string>> = {
  overdue: 'overdue',
  critical: 'critical',
  'window-ends': 'due in this release',
  'exception-expired': 'exception expired',
  'not-committed': 'not committed',
  'promise-broken': 'promise broken',
  'not-audited': 'not audited',
};

/** `v1.3.0, a minor release after v1.2.4`. */
export function releaseWords({ tag, level, previous }: ReportRelease): string {
  const kind = level === 'prerelease' ? 'a pre-release' : `a ${level} release`;
  return previous === undefined ? `${tag}, the first release` : `${tag}, ${kind} after ${previous}`;
}

/** Says that another moment than that of asking was judged; `null` when it was not. */
export function whatIfWords({ asOf, generatedAt }: ReportView): string | null {
  if (asOf === generatedAt) return null;
  const known = `by what was known on ${minuteOf(generatedAt)}`;
  return asOf > generatedAt
    ? `What if it were tagged on ${minuteOf(asOf)}: that moment was judged, ${known}.`
    : `Not now but ${minuteOf(asOf)} was judged, ${known}.`;
}

const CARGO: readonly DeadlineState[] = ['overdue', 'due', 'next-release', 'awaiting-fix', 'opportunistic', 'accepted'];

/** Findings the release carries without being held up by them, by state. Withdrawn ones are no findings any more. */
export function cargo(view: ReportView): readonly ReportFinding[] {
  return CARGO.flatMap((state) => inState(view, state)).filter(({ breaks }) => !breaks);
}

/** On what ground a finding may go out: who accepted it and why, or what its deadline says. */
export function groundWords({ exception, deadline }: ReportFinding): string {
  return exception === undefined ? deadline.reason : acceptanceWords(exception);
}

// What a shell takes for one plain word.
const PLAIN_TAG = /^[\w@./+][\w@./+-]*$/;

/** How the tag is cut once nothing stands in its way; another day than that of asking has to be judged when it comes. */
export function tagStep({ tag, version }: ReportRelease, view: ReportView): string {
  if (view.asOf !== view.generatedAt) return `Run fixby release ${version} again on the day it is to be tagged.`;
  const { commit } = view.repository;
  const command = `git tag -a ${tag}${commit === undefined ? '' : ` ${commit.slice(0, 12)}`}`;
  return PLAIN_TAG.test(tag) ? `Tag it: ${command}` : 'Tag it.';
}
