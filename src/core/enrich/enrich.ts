/** Gives merged findings their advisory, severity and date of publication, and says what could not be learned. */
import type { Finding, Timeline } from '../model/finding.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import type { Problem } from '../model/problem.ts';
import { readDates } from './dates.ts';
import { describeAdvisory } from './describe-advisory.ts';
import { findGaps } from './gaps.ts';
import { resolveSeverity } from './severity.ts';

/** A finding with the dates its advisory states; the other dates are for others to add. */
export interface EnrichedFinding extends Finding {
  readonly timeline: Pick<Timeline, 'published'>;
}

export interface Enrichment {
  /** One a merged finding, in the same order. */
  readonly findings: readonly EnrichedFinding[];
  /** What the advisory source could not say; blocking where a deadline cannot be told without it. */
  readonly problems: readonly Problem[];
}

/** Enriches all findings as of `now` (UTC ISO-8601 with milliseconds). No finding is dropped for want of an answer. */
export function enrichFindings(merged: readonly MergedFinding[], now: string): Enrichment {
  return { findings: merged.map((finding) => enrich(finding, now)), problems: findGaps(merged, now) };
}

function enrich(merged: MergedFinding, now: string): EnrichedFinding {
  const { published } = readDates(merged.records);
  return {
    key: merged.key,
    target: merged.target,
    ecosystem: merged.ecosystem,
    package: merged.package,
    versions: merged.versions,
    advisory: describeAdvisory(merged, now),
    severity: resolveSeverity(merged, now),
    scope: merged.scope,
    direct: merged.direct,
    paths: merged.paths,
    pathsOmitted: merged.pathsOmitted,
    fix: merged.fix,
    location: merged.location,
    seenBy: merged.seenBy,
    ...(merged.dissent === undefined ? {} : { dissent: merged.dissent }),
    fromCompleteAudit: merged.fromCompleteAudit,
    timeline: published === undefined ? {} : { published },
  };
}
