/** Names what the advisory source left open about the findings of a run. */
import type { MergedFinding } from '../model/merged-finding.ts';
import { sortedUnique } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';
import { readDates } from './dates.ts';
import { preferredId } from './preferred-id.ts';
import { withdrawalOf } from './withdrawal.ts';

/** How many ids a message names before it only counts. */
const NAMED = 5;

/**
 * The problems of a run, at most one of a kind and target. An outage blocks: a worse severity or an earlier date may be
 * behind it. So does a flaw of which nobody states a date: its clock can only start at first sight, which a run without
 * a memory mistakes for today.
 */
export function findGaps(findings: readonly MergedFinding[], now: string): readonly Problem[] {
  const judged = findings.filter((finding) => withdrawalOf(finding, now) === null);
  return [...describeOutage(judged), ...describeUnknown(judged), ...describeFuture(judged, now)];
}

function describeOutage(findings: readonly MergedFinding[]): readonly Problem[] {
  const hit = findings.filter((finding) => finding.unanswered.length > 0);
  if (hit.length === 0) return [];
  const details = sortedUnique(hit.flatMap((finding) => finding.unanswered.map(({ detail }) => excerpt(detail))));
  const ids = hit.flatMap((finding) => finding.unanswered.map(({ id }) => id));
  return [
    {
      target: null,
      code: 'advisory-source-unavailable',
      message: `The advisory source did not answer for ${name(ids)} (${details.slice(0, 3).join('; ')}): severities and dates of ${count(hit.length, 'finding')} may be missing or incomplete.`,
      mend: 'Run again when the source can be reached, or name another OSV API with --osv-url.',
      blocks: true,
    },
  ];
}

function describeUnknown(findings: readonly MergedFinding[]): readonly Problem[] {
  const hit = findings.filter(
    ({ records, unanswered }) => unanswered.length === 0 && readDates(records).published === undefined,
  );
  return byTarget(hit).map(([target, its]) => ({
    target,
    code: 'advisory-unknown',
    message: `Nobody states when ${name(its.map(preferredId))} became known: the clock of ${count(its.length, 'finding')} starts when it was first seen.`,
    mend: 'Check the ids by hand, or name an OSV API that knows them with --osv-url.',
    blocks: true,
  }));
}

function describeFuture(findings: readonly MergedFinding[], now: string): readonly Problem[] {
  const hit = findings.filter(({ records }) => (readDates(records).published?.at ?? now) > now);
  return byTarget(hit).map(([target, its]) => ({
    target,
    code: 'advisory-dated-in-future',
    message: `The advisory source dates ${name(its.map(preferredId))} later than now: the clock of ${count(its.length, 'finding')} starts when it was first seen.`,
    mend: 'Check the clock of this machine, and the advisory itself.',
    blocks: false,
  }));
}

function byTarget(findings: readonly MergedFinding[]): readonly (readonly [string, readonly MergedFinding[]])[] {
  const targets = sortedUnique(findings.map((finding) => finding.target));
  return targets.map((target) => [target, findings.filter((finding) => finding.target === target)]);
}

function name(ids: readonly string[]): string {
  const distinct = sortedUnique(ids);
  const more = distinct.length - NAMED;
  return more <= 0 ? distinct.join(', ') : `${distinct.slice(0, NAMED).join(', ')} and ${more} more`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
