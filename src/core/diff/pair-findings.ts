/** Decides which finding of one report is which finding of another: by ledger id, else by place, package and a shared id. */
import type { ReportFinding } from '../model/report.ts';

/** Findings of both reports, told apart. The lists keep the order of the reports. */
export interface Pairing {
  readonly both: readonly { readonly before: ReportFinding; readonly after: ReportFinding }[];
  readonly onlyBefore: readonly ReportFinding[];
  readonly onlyAfter: readonly ReportFinding[];
}

/** Two that became one are both there still, and so is one that turned out to be two. */
export function pairFindings(before: readonly ReportFinding[], after: readonly ReportFinding[]): Pairing {
  const earlier = indexNames(before);
  const partners = after.map((finding) => partnerOf(finding, earlier));
  const later = indexNames(after);
  return {
    both: after.flatMap((finding, index) => {
      const partner = partners[index];
      return partner === undefined ? [] : [{ before: partner, after: finding }];
    }),
    onlyBefore: before.filter((finding) => partnerOf(finding, later) === undefined),
    onlyAfter: after.filter((_finding, index) => partners[index] === undefined),
  };
}

type Index = ReadonlyMap<string, ReportFinding>;

/** The first finding of each name: reports list the most urgent first. */
function indexNames(findings: readonly ReportFinding[]): Index {
  const index = new Map<string, ReportFinding>();
  for (const finding of findings) {
    for (const name of namesOf(finding)) if (!index.has(name)) index.set(name, finding);
  }
  return index;
}

function partnerOf(finding: ReportFinding, index: Index): ReportFinding | undefined {
  return namesOf(finding)
    .map((name) => index.get(name))
    .find((found) => found !== undefined);
}

/** What it may be known by, the surest first. */
function namesOf({ ledgerId, ecosystem, target, package: name, advisory }: ReportFinding): readonly string[] {
  const ids = [advisory.id, ...advisory.aliases].map((id) => JSON.stringify([ecosystem, target, name, id]));
  return ledgerId === undefined ? ids : [ledgerId, ...ids];
}
