/** Finds what somebody asks about among the findings of a report, or what comes nearest to it. */
import type { ClosedFinding } from '../../model/closed-finding.ts';
import { normalizeName } from '../../model/ecosystem.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import type { ReportFinding, ReportView } from '../../model/report.ts';

/** `near` names ids and packages of the report, the nearest first; filled only when nothing matches. */
export interface Selection {
  readonly findings: readonly ReportFinding[];
  /** Those the ledger knows to have ended, the last one first. */
  readonly ended: readonly ClosedFinding[];
  readonly near: readonly string[];
}

/** By any id, alias or ledger id in any case, by package name as its ecosystem compares names, or by `name@version`. */
export function selectFindings(
  { findings, closed = [] }: Pick<ReportView, 'findings' | 'closed'>,
  query: string,
): Selection {
  const wanted = query.trim();
  const isMeant = (finding: Known): boolean => hasId(finding, wanted) || isPackage(finding, wanted);
  const found = findings.filter((finding) => finding.key === wanted || isMeant(finding));
  const ended = closed.filter(isMeant).reverse();
  return {
    findings: found,
    ended,
    near: found.length + ended.length > 0 ? [] : nearest([...findings, ...closed], wanted),
  };
}

/** What a finding is asked for by, whether it is there or ended. */
type Known = Pick<ReportFinding, 'advisory' | 'ecosystem' | 'ledgerId' | 'package' | 'versions'> | ClosedFinding;

function idsOf({ advisory, ledgerId }: Known): readonly string[] {
  return [advisory.id, ...advisory.aliases, ...(ledgerId === undefined ? [] : [ledgerId])];
}

function hasId(finding: Known, wanted: string): boolean {
  return idsOf(finding).some((id) => id.toLowerCase() === wanted.toLowerCase());
}

function isPackage({ ecosystem, package: name, versions }: Known, wanted: string): boolean {
  // The first character may be the `@` of an npm scope.
  const at = wanted.indexOf('@', 1);
  const [asked, version] = at === -1 ? [wanted, undefined] : [wanted.slice(0, at), wanted.slice(at + 1)];
  return normalizeName(ecosystem, asked) === name && (version === undefined || versions.includes(version));
}

const MOST_NEAR = 5;
const LONGEST_QUERY = 80;

function nearest(findings: readonly Known[], wanted: string): readonly string[] {
  const asked = wanted.toLowerCase().slice(0, LONGEST_QUERY);
  const names = sortedUnique(findings.flatMap((finding) => [finding.package, ...idsOf(finding)]));
  return names
    .map((name) => ({ name, distance: distanceTo(asked, name.toLowerCase().slice(0, LONGEST_QUERY)) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(asked.length / 3)))
    .sort(
      byEach(
        (a, b) => a.distance - b.distance,
        (a, b) => byText(a.name, b.name),
      ),
    )
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

/** One where one text holds the other; else how many characters have to change (Levenshtein). */
function distanceTo(asked: string, name: string): number {
  if (asked.length > 2 && (name.includes(asked) || asked.includes(name))) return 1;
  let row = Array.from({ length: name.length + 1 }, (_, index) => index);
  for (const [at, char] of Array.from(asked).entries()) {
    const next = [at + 1];
    for (const [index, other] of Array.from(name).entries()) {
      const changed = (row[index] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(changed, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
