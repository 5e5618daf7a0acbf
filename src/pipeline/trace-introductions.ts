/** Gives each finding the day on which the branch got it, out of git and of nothing else. */
import { describeDoubts } from '../core/history/doubts.ts';
import { traceOccurrences, type Occurrence } from '../core/history/occurrences.ts';
import { originOf, type Origin } from '../core/history/origins.ts';
import { askAbout } from '../core/history/question.ts';
import type { DatedFact } from '../core/model/finding.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Problem } from '../core/model/problem.ts';
import { visible } from '../core/model/text.ts';
import type { Past, PastReading } from './read-past.ts';

export interface Introductions {
  /** By finding key; a finding without one came in at a time nobody knows. */
  readonly introduced: ReadonlyMap<string, DatedFact>;
  /** The same with commits, and with the earlier time of findings that are back again. */
  readonly origins: ReadonlyMap<string, Extract<Origin, { status: 'known' }>>;
  /** Why dates are missing or not the commits' own. None of them blocks: an unknown date only ever starts a clock earlier. */
  readonly problems: readonly Problem[];
}

/** Never rejects; without findings nothing is read. */
export async function traceIntroductions(
  findings: readonly MergedFinding[],
  past: () => Promise<PastReading>,
): Promise<Introductions> {
  if (findings.length === 0) return { introduced: new Map(), origins: new Map(), problems: [] };
  const reading = await past();
  if (reading.status === 'unknown') {
    const { message, mend } = reading.problem;
    const problem = describeUnknown(findings, `git could not tell: ${message}`, mend);
    return { introduced: new Map(), origins: new Map(), problems: [problem] };
  }
  return dateFindings(findings, reading.past);
}

function dateFindings(findings: readonly MergedFinding[], past: Past): Introductions {
  const questions = findings.map((finding) => askAbout(finding.key, finding, { trustRanges: true }));
  const occurrences = traceOccurrences(past.commits, past.world, questions);
  const found = findings.map((finding): [MergedFinding, Origin | null] => {
    const occurrence = standingOf(finding, occurrences);
    return [finding, occurrence === undefined ? null : originOf(occurrence, past)];
  });
  const origins = new Map(
    found.flatMap(([{ key }, origin]) => (origin?.status === 'known' ? [[key, origin] as const] : [])),
  );
  return {
    introduced: new Map([...origins].map(([key, { introduced }]) => [key, introduced])),
    origins,
    problems: [
      ...past.problems,
      ...describeGaps(found),
      ...describeDoubts([...origins.values()].map(({ moment }) => moment)),
    ],
  };
}

/** The occurrence that stands in the finding's own target; what a file that is gone stated last stands too. */
function standingOf({ key, target }: MergedFinding, occurrences: readonly Occurrence[]): Occurrence | undefined {
  return occurrences.findLast(
    (occurrence) =>
      occurrence.question === key &&
      occurrence.target === target &&
      (occurrence.end === undefined || occurrence.end.how === 'unseen'),
  );
}

function describeGaps(found: readonly (readonly [MergedFinding, Origin | null])[]): readonly Problem[] {
  const of = (wanted: (origin: Origin | null) => boolean): readonly MergedFinding[] =>
    found.flatMap(([finding, origin]) => (wanted(origin) ? [finding] : []));
  const cut = of((origin) => origin?.status === 'unknown' && origin.why === 'cut');
  const undated = of((origin) => origin?.status === 'unknown' && origin.why === 'undated');
  const unstated = of((origin) => origin === null);
  return [
    ...(cut.length === 0 ? [] : [describeUnknown(cut, CUT.why, CUT.mend)]),
    ...(undated.length === 0 ? [] : [describeUnknown(undated, UNDATED.why, UNDATED.mend)]),
    ...byTarget(unstated).map((its) => describeUnknown(its, UNSTATED.why, UNSTATED.mend)),
  ];
}

const CUT = {
  why: 'they were there before the oldest commit of this clone, whose history is cut off',
  mend: 'Run `git fetch --unshallow` (in CI: fetch-depth: 0).',
};
const UNDATED = {
  why: 'no commit near them has a date that can be true',
  mend: 'Check the dates of the commits, and the clock of this machine.',
};
const UNSTATED = {
  why: 'the files of HEAD do not state them: they come with an open range, or with changes that are not committed',
  mend: 'Commit a lock that names every version.',
};

/** Names at most a few packages: a report may hold thousands. */
const NAMED = 5;

function describeUnknown(findings: readonly MergedFinding[], why: string, mend: string): Problem {
  const targets = sortedUnique(findings.map(({ target }) => target));
  const names = sortedUnique(findings.map((finding) => finding.package)).map(visible);
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return {
    target: targets.length === 1 ? (targets[0] ?? null) : null,
    code: 'introduced-unknown',
    message:
      `When ${findings.length === 1 ? 'a finding' : `${findings.length} findings`} (${names.slice(0, NAMED).join(', ')}${more}) came in is not known: ${why}`.replace(
        /\.?$/,
        '.',
      ),
    mend,
    blocks: false,
  };
}

function byTarget(findings: readonly MergedFinding[]): readonly (readonly MergedFinding[])[] {
  const targets = sortedUnique(findings.map(({ target }) => target));
  return targets.map((target) => findings.filter((finding) => finding.target === target));
}
