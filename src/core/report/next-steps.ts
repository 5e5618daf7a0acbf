/** Decides what to tell a reader to do next, from the state alone: upgrades, mends, or nothing. */
import { compareVersions } from '../match/version.ts';
import type { ReportFinding, ReportView } from '../model/report.ts';
import { describeFixSteps } from '../model/fix-words.ts';
import { excerpt } from '../model/text.ts';
import { dueFirst, notChecked } from './first-screen.ts';
import { tagStep } from './release-words.ts';
import { calendarOf, count, dueWords, type Calendar } from './words.ts';

// As many as a person keeps in mind; the rest is counted.
const MOST_UPGRADES = 3;
const MOST_MENDS = 3;
const MOST_IDS = 3;
const LONGEST_NAME = 80;

/** One instruction a line, the most urgent first; never empty. */
export function nextSteps(view: ReportView): readonly string[] {
  const { release, verdict } = view;
  if (release !== undefined && verdict === 'pass') return [tagStep(release, view)];
  const steps = [...upgradeSteps(view), ...clearingSteps(view), ...mendSteps(view)];
  return steps.length > 0 ? steps : [restStep(view)];
}

function upgradeSteps(view: ReportView): readonly string[] {
  const calendar = calendarOf(view);
  const groups = [...groupByPackage(urgentIn(view)).values()];
  const shown = groups.slice(0, MOST_UPGRADES).map((group) => describeUpgrade(group, calendar));
  const hidden = groups.length - shown.length;
  return hidden > 0
    ? [...shown, `Then see to ${count(hidden, 'more package')} among the findings of this report.`]
    : shown;
}

/** For a release, what is in its way; what is due later can wait. */
function urgentIn(view: ReportView): readonly ReportFinding[] {
  return dueFirst(view).filter(({ breaks }) => breaks || view.release === undefined);
}

const OTHER_CAUSES: readonly string[] = ['exception-expired', 'not-committed', 'promise-broken'];

/** What clears a release of reasons that are neither findings nor targets. */
function clearingSteps({ release }: ReportView): readonly string[] {
  const others = release?.blockers.filter(({ code }) => OTHER_CAUSES.includes(code)) ?? [];
  return takeMends([...new Set(others.map(({ clears }) => clears))]);
}

/** Findings one upgrade answers together, in the order of their most urgent one. */
function groupByPackage(findings: readonly ReportFinding[]): ReadonlyMap<string, readonly ReportFinding[]> {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const place = JSON.stringify([finding.target, finding.ecosystem, finding.package]);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [finding]);
    else group.push(finding);
  }
  return groups;
}

function describeUpgrade(group: readonly ReportFinding[], calendar: Calendar): string {
  const [first] = group;
  if (first === undefined) return '';
  const name = excerpt(first.package, LONGEST_NAME);
  const place = `in ${excerpt(first.target, LONGEST_NAME)}${broughtInBy(first)}`;
  const { available, version, kind } = fixForAll(group);
  const cause = `${dueWords(first, calendar)}; ${listIds(group)}`;
  if (!available) return `Replace ${name} ${place}, or have the risk accepted: no upgrade clears it (${cause}).`;
  if (version === undefined) return `Upgrade ${name} ${place} to the version its advisory names (${cause}).`;
  const steps = stepsForAll(group, version);
  if (steps !== undefined)
    return `Upgrade ${name} ${place}, each version by itself: ${describeFixSteps(steps)} (${cause}).`;
  const fixed = excerpt(version, LONGEST_NAME);
  if (kind === 'downgrade') return `Replace ${name} ${place}: the only fixed version, ${fixed}, is older (${cause}).`;
  return `Upgrade ${name} to ${fixed} ${place} (${kind === 'major' ? 'major step; ' : ''}${cause}).`;
}

function broughtInBy({ direct, paths: [path = []] }: ReportFinding): string {
  const [top] = path;
  return direct || top === undefined || path.length < 2 ? '' : `, brought in by ${excerpt(top, LONGEST_NAME)}`;
}

function listIds(group: readonly ReportFinding[]): string {
  const ids = group.map(({ advisory }) => excerpt(advisory.id, LONGEST_NAME));
  const shown = ids.length > MOST_IDS ? ids.slice(0, MOST_IDS - 1) : ids;
  return `${shown.join(', ')}${ids.length > shown.length ? ` and ${ids.length - shown.length} more` : ''}`;
}

/** The fix that clears the whole group: the highest of its versions; not available when one of them has none. */
function fixForAll(group: readonly ReportFinding[]): ReportFinding['fix'] {
  if (group.some(({ fix }) => !fix.available)) return { available: false };
  const [highest] = group.toSorted((a, b) => compareVersions(a.ecosystem, b.fix.version ?? '', a.fix.version ?? ''));
  return highest?.fix ?? { available: false };
}

/** The highest step of each installed version over the whole group; `undefined` where one version does for all. */
function stepsForAll(
  group: readonly ReportFinding[],
  all: string,
): readonly { from: string; version: string }[] | undefined {
  if (group.every(({ fix }) => fix.steps === undefined)) return undefined;
  const highest = new Map<string, string>();
  for (const { ecosystem, versions, fix } of group) {
    for (const from of versions) {
      const own = fix.steps?.find((step) => step.from === from)?.version ?? fix.version ?? all;
      const known = highest.get(from);
      if (known === undefined || compareVersions(ecosystem, own, known) > 0) highest.set(from, own);
    }
  }
  const steps = [...highest].map(([from, version]) => ({ from, version }));
  return steps.every(({ version }) => version === all) ? undefined : steps;
}

function mendSteps(view: ReportView): readonly string[] {
  const blind = notChecked(view).map(({ mend = '' }) => mend);
  const blocking = view.problems.filter(({ blocks }) => blocks).map(({ mend }) => mend);
  return [
    ...takeMends([...new Set([...blind, ...blocking])].filter((mend) => mend !== '')),
    ...(view.verdict === 'inconclusive' || blind.length > 0 ? [DOCTOR] : []),
  ];
}

function takeMends(mends: readonly string[]): readonly string[] {
  const shown = mends.slice(0, MOST_MENDS).map((mend) => excerpt(mend, LONGEST_MEND));
  const hidden = mends.length - shown.length;
  return hidden > 0 ? [...shown, `Then see to ${count(hidden, 'more mend')} named in this report.`] : shown;
}

const LONGEST_MEND = 400;
const DOCTOR = 'Run fixby doctor to see which tool or advisory source is missing or blind here, then run this again.';

/** What to say when there is neither an upgrade nor a mend. */
function restStep({ verdict, summary }: ReportView): string {
  if (verdict === 'fail') return 'See to the causes above, then run this again.';
  const waiting = summary.byState['awaiting-fix'];
  if (waiting === 0) return 'Nothing to do now.';
  return `Nothing to do now; ${count(waiting, 'finding')} will have to be acted on once a fix is released.`;
}
