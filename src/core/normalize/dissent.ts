/** Explains why an auditor that looked did not see what another one found: the records and its own answer say so, or nobody can. */
import type { Audit, Dismissal } from '../model/audit.ts';
import type { Dissent } from '../model/finding.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import { byText, sortedUnique } from '../model/order.ts';
import { excerpt } from '../model/text.ts';
import { canonicalId } from './ids.ts';

/** Those whose answers come from npm's registry, whoever prints them. */
const ASKS_NPM: ReadonlySet<string> = new Set(['npm-audit', 'pnpm-audit', 'yarn-audit', 'bun-audit']);

const LONGEST = 300;
const MOST_VERSIONS = 5;

/** The findings with what auditors of the same target say otherwise, sorted by auditor; those nobody contradicts are as they were. */
export function explainDissent(findings: readonly MergedFinding[], audits: readonly Audit[]): readonly MergedFinding[] {
  const places = new Map<string, Audit[]>();
  for (const audit of audits.filter(saysSomething)) {
    const place = placeOf(audit.target.ecosystem, audit.target.path);
    places.set(place, [...(places.get(place) ?? []), audit]);
  }
  const packages = new Map<string, MergedFinding[]>();
  for (const finding of findings) {
    const place = packageOf(finding);
    packages.set(place, [...(packages.get(place) ?? []), finding]);
  }
  return findings.map((finding) => {
    const rivals = packages.get(packageOf(finding)) ?? [];
    const here = places.get(placeOf(finding.ecosystem, finding.target)) ?? [];
    const dissent = here
      .flatMap((audit) => dissentOf(finding, audit, rivals) ?? [])
      .sort((a, b) => byText(a.auditor, b.auditor));
    return dissent.length === 0 ? finding : { ...finding, dissent };
  });
}

function placeOf(ecosystem: string, path: string): string {
  return JSON.stringify([ecosystem, path]);
}

function packageOf({ ecosystem, target, package: name }: MergedFinding): string {
  return JSON.stringify([ecosystem, target, name]);
}

/** An auditor that could not look contradicts nobody; one whose source is old may. */
function saysSomething({ outcome }: Audit): boolean {
  return outcome.status === 'audited' || (outcome.status === 'unavailable' && outcome.reason === 'source-stale');
}

function dissentOf(finding: MergedFinding, audit: Audit, rivals: readonly MergedFinding[]): Dissent | undefined {
  const { auditor } = audit;
  const say = (why: Dissent['why'], detail: string): Dissent => ({ auditor, why, detail: excerpt(detail, LONGEST) });
  if (finding.seenBy.includes(auditor)) return narrowerView(finding, audit, say);
  const dismissal = audit.dismissed?.find((each) => isAbout(each, finding));
  if (dismissal !== undefined) return sayDismissal(dismissal, finding, say);
  const withdrawn = withdrawalOf(finding);
  if (withdrawn !== undefined)
    return say('withdrawn', `the advisory was withdrawn on ${withdrawn.slice(0, 10)}, and ${auditor} leaves such out`);
  const alias = rivals.find((rival) => mayBeSame(finding, rival, auditor));
  if (alias !== undefined)
    return say(
      'alias',
      `${auditor} reports ${alias.ids.join(', ')} with the same fixed versions; no record says that they are one flaw`,
    );
  if (audit.age?.stale !== undefined) return say('stale-source', `its source is old: ${audit.age.stale}`);
  if (audit.dismissed !== undefined)
    return say('not-carried', `its source (${audit.source}) has no record of it for ${finding.package}`);
  if (ASKS_NPM.has(auditor) && !finding.ids.some((id) => id.startsWith('GHSA-')))
    return say('not-carried', "npm's source carries GitHub's advisories only, and this is none");
  return say(
    'unknown',
    `${auditor} names only what it finds; whether its source has another range or does not know it cannot be told`,
  );
}

type Say = (why: Dissent['why'], detail: string) => Dissent;

function isAbout({ package: name, ids }: Dismissal, finding: MergedFinding): boolean {
  return name === finding.package && ids.some((id) => finding.ids.includes(canonicalId(id)));
}

function sayDismissal({ why, detail, ids: [id = ''] }: Dismissal, { versions }: MergedFinding, say: Say): Dissent {
  switch (why) {
    case 'withdrawn':
      return say('withdrawn', `its record ${id} was withdrawn on ${detail.slice(0, 10)}`);
    case 'malformed-range':
      return say('malformed-range', `its record ${id} has a bound that cannot be read: ${detail}`);
    case 'not-in-range':
      return say('range-differs', `its record ${id} covers ${detail}, and not ${listVersions(versions)}`);
  }
}

function listVersions(versions: readonly string[]): string {
  const shown = versions.slice(0, MOST_VERSIONS);
  const more = versions.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The day all records of the flaw were taken back. */
function withdrawalOf({ records }: MergedFinding): string | undefined {
  const days = records.map(({ withdrawn }) => withdrawn ?? '');
  return days.length > 0 && days.every((day) => day !== '') ? days.sort(byText)[0] : undefined;
}

/** Whether `auditor` alone reports a flaw of the package that is fixed in just the same versions. */
function mayBeSame(finding: MergedFinding, rival: MergedFinding, auditor: string): boolean {
  if (rival === finding || !rival.seenBy.includes(auditor)) return false;
  if (rival.seenBy.some((other) => finding.seenBy.includes(other))) return false;
  const [mine, theirs] = [fixesOf(finding), fixesOf(rival)];
  return mine.length > 0 && mine.join() === theirs.join();
}

function fixesOf({ reports }: MergedFinding): readonly string[] {
  return sortedUnique(reports.flatMap(({ fixedIn }) => fixedIn));
}

/** What an auditor that saw it says of fewer installed versions than the others. */
function narrowerView(finding: MergedFinding, { auditor, inventory }: Audit, say: Say): Dissent | undefined {
  const own = finding.reports.filter((report) => report.auditor === auditor);
  const affected = new Set(own.flatMap(({ affects }) => affects));
  const seen = new Set(inventory.packages.filter(({ id }) => affected.has(id)).map(({ version }) => version));
  const missing = finding.versions.filter((version) => !seen.has(version));
  if (seen.size === 0 || missing.length === 0) return undefined;
  const ranges = sortedUnique(own.flatMap(({ range }) => range ?? []));
  const range = ranges.length === 0 ? '' : ` (${ranges.join(' || ')})`;
  return say('range-differs', `it counts ${listVersions([...seen])}${range}, and not ${listVersions(missing)}`);
}
