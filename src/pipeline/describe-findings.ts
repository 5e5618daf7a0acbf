/** Makes findings out of what the auditors reported: merges, then learns severity and dates from the advisory source. */
import type { AdvisoryLookup } from '../core/model/advisory.ts';
import type { Audit } from '../core/model/audit.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import type { Problem } from '../core/model/problem.ts';
import { enrichFindings } from '../core/enrich/enrich.ts';
import type { EnrichedFinding } from '../core/enrich/enrich.ts';
import { collect } from '../core/normalize/collect.ts';
import type { ReportGroup } from '../core/normalize/collect.ts';
import { explainDissent } from '../core/normalize/dissent.ts';
import { mergeFindings } from '../core/normalize/merge.ts';
import { missingIds } from '../core/normalize/missing-ids.ts';
import type { Advisories } from '../ports/advisories.ts';
import type { OnEvent } from './events.ts';

/** Ids, the aliases their records name, and the aliases of those: real alias sets close within three rounds. */
const ROUNDS = 3;

export interface DescribedFindings {
  readonly findings: readonly EnrichedFinding[];
  /** The same findings, in the same order, with their records: for those who match again. */
  readonly merged: readonly MergedFinding[];
  readonly problems: readonly Problem[];
}

/** `now` is the moment that is judged: an advisory dated later is reported, not believed. */
export async function describeFindings(
  audits: readonly Audit[],
  now: string,
  advisories: Advisories,
  onEvent: OnEvent,
): Promise<DescribedFindings> {
  const groups = collect(audits);
  const merged = explainDissent(mergeFindings(groups, await lookUpAll(groups, advisories, onEvent)), audits);
  return { merged, ...enrichFindings(merged, now) };
}

/** Asks a source that remembers for what one audit names, so that the answers are there when all have ended. */
export function expectFindings(audit: Audit, advisories: Advisories): void {
  // Who needs them hears of a failure.
  advisories.lookUp(missingIds(collect([audit]), [])).catch(() => undefined);
}

async function lookUpAll(
  groups: readonly ReportGroup[],
  advisories: Advisories,
  onEvent: OnEvent,
): Promise<readonly AdvisoryLookup[]> {
  let known: readonly AdvisoryLookup[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ids = missingIds(groups, known);
    if (ids.length === 0) break;
    onEvent({ kind: 'enriching', ids: ids.length });
    known = [...known, ...(await advisories.lookUp(ids))];
  }
  return known;
}
