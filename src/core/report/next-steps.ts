/** Decides what to tell a reader to do next, from the state alone: upgrades, mends, or nothing. */
import { compare as comparePep440, valid as validPep440 } from '@renovatebot/pep440';
import semver from 'semver';
import type { ReportFinding, ReportView } from '../model/report.ts';
import { dueFirst, notChecked } from './first-screen.ts';
import { calendarOf, count, dueWords, type Calendar } from './words.ts';

// As many as a person keeps in mind; the rest is counted.
const MOST_UPGRADES = 3;
const MOST_MENDS = 3;

/** One instruction a line, the most urgent first; never empty. */
export function nextSteps(view: ReportView): readonly string[] {
  const steps = [...upgradeSteps(view), ...mendSteps(view)];
  return steps.length > 0 ? steps : [restStep(view)];
}

function upgradeSteps(view: ReportView): readonly string[] {
  const calendar = calendarOf(view);
  const groups = [...groupByPackage(dueFirst(view)).values()];
  const shown = groups.slice(0, MOST_UPGRADES).map((group) => describeUpgrade(group, calendar));
  const hidden = groups.length - shown.length;
  return hidden > 0 ? [...shown, `Then ${count(hidden, 'more package')} of the findings listed above.`] : shown;
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
  const where = `${first.package} in ${first.target}${broughtInBy(first)}`;
  const when = `${dueWords(first, calendar)}; clears ${listIds(group)}`;
  const fix = highestFix(group);
  if (fix === undefined)
    return `Replace or remove ${where}, or have the risk accepted: no upgrade clears ${listIds(group)}.`;
  if (fix.version === undefined) return `Upgrade ${where} to the version its advisory names (${when}).`;
  if (fix.kind === 'downgrade') return `Replace ${where}: the only fixed version, ${fix.version}, is older (${when}).`;
  const major = fix.kind === 'major' ? 'a major step, ' : '';
  return `Upgrade ${first.package} to ${fix.version} in ${first.target}${broughtInBy(first)} (${major}${when}).`;
}

function broughtInBy({ direct, paths }: ReportFinding): string {
  const top = paths[0]?.[0];
  return direct || top === undefined || (paths[0]?.length ?? 0) < 2 ? '' : `, brought in by ${top}`;
}

function listIds(group: readonly ReportFinding[]): string {
  const ids = group.map(({ advisory }) => advisory.id);
  return ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ');
}

/** The fix that clears the whole group: the highest of its versions; `undefined` when one of them has none. */
function highestFix(group: readonly ReportFinding[]): ReportFinding['fix'] | undefined {
  if (group.some(({ fix }) => !fix.available)) return undefined;
  return group.reduce<ReportFinding | undefined>((highest, finding) => {
    return highest === undefined || isLater(finding, highest) ? finding : highest;
  }, undefined)?.fix;
}

function isLater(a: ReportFinding, b: ReportFinding): boolean {
  const [left, right] = [a.fix.version ?? '', b.fix.version ?? ''];
  if (a.ecosystem === 'npm') return isValid(left, right, semver.valid) && semver.gt(left, right);
  return isValid(left, right, validPep440) && comparePep440(left, right) > 0;
}

function isValid(left: string, right: string, check: (version: string) => string | null): boolean {
  return check(left) !== null && check(right) !== null;
}

function mendSteps(view: ReportView): readonly string[] {
  const blind = notChecked(view);
  const blocking = view.problems.filter(({ blocks }) => blocks);
  const mends = [...new Set([...blind.map(({ mend }) => mend ?? ''), ...blocking.map(({ mend }) => mend)])].filter(
    Boolean,
  );
  const hidden = mends.length - MOST_MENDS;
  return [
    ...mends.slice(0, MOST_MENDS),
    ...(hidden > 0 ? [`Then ${count(hidden, 'more mend')} named above.`] : []),
    ...(view.verdict === 'inconclusive' || blind.length > 0 ? [DOCTOR] : []),
  ];
}

const DOCTOR = 'Run `fixby doctor` to see which tool or advisory source is missing or blind here, then run this again.';

function restStep(view: ReportView): string {
  if (view.verdict === 'fail') return 'Read the causes above; mend each, then run this again.';
  const waiting = view.summary.byState['awaiting-fix'];
  return waiting === 0
    ? 'Nothing to do now.'
    : `Nothing to do now; ${count(waiting, 'finding')} will get a date when a fix is released.`;
}
