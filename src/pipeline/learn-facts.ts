/** The second part of a run: when each finding came and could be fixed, and what the ledger remembers of it. */
import { auditors } from '../core/auditors/registry.ts';
import type { DatedFinding } from '../core/model/finding.ts';
import type { Problem } from '../core/model/problem.ts';
import { tagPrefix } from '../core/model/release.ts';
import type { Release } from '../core/model/release.ts';
import { describeCarried } from '../core/reconcile/carried-findings.ts';
import { clockProblems } from '../core/reconcile/clock-problems.ts';
import { dateFindings as dateBySight } from '../core/reconcile/date-findings.ts';
import { knownReleases, withKnownCarriers } from '../core/reconcile/known-releases.ts';
import { lateIntroductions } from '../core/reconcile/late-introductions.ts';
import { missedRunProblems } from '../core/reconcile/missed-runs.ts';
import type { Looked } from '../core/reconcile/observation.ts';
import { carryFindings } from './carry-findings.ts';
import { findLostEvents } from './committed-ledger.ts';
import type { DescribedFindings } from './describe-findings.ts';
import { findCarriers } from './find-carriers.ts';
import { findRenames } from './find-renames.ts';
import type { Sight } from './look-around.ts';
import { lookedAt } from './observe-run.ts';
import { createPastLocks } from './past-locks.ts';
import type { PastLocks } from './past-locks.ts';
import { recall } from './recall.ts';
import type { Memory } from './recall.ts';
import { researchFindings } from './research-findings.ts';
import type { ResearchedFinding } from './research-findings.ts';
import type { Run } from './run.ts';
import { traceIntroductions } from './trace-introductions.ts';
import type { Introductions } from './trace-introductions.ts';

export interface Facts {
  /** What this run saw. */
  readonly dated: readonly DatedFinding[];
  /** That, and what the ledger knows of targets this run could not look at. */
  readonly standing: readonly DatedFinding[];
  /** Keys of the findings that count for the verdict. */
  readonly counted: ReadonlySet<string>;
  readonly looked: Looked;
  /** As they were cut: git's, and what the ledger saw of them. */
  readonly releases: readonly Release[];
  readonly memory: Memory;
  /** The moment of this run cannot be now: it is not worth recording. */
  readonly clockIsWrong: boolean;
  readonly problems: readonly Problem[];
}

export async function learnFacts(run: Run, sight: Sight): Promise<Facts> {
  const { request, generatedAt, asOf, ports, onEvent } = run;
  const { audits, described, discovery, past } = sight;
  const locks = createPastLocks(audits, auditors, ports.git);
  const [carriers, introductions, research, memory] = await Promise.all([
    findCarriers(described, sight.releases, asOf, locks),
    traceIntroductions(described.merged, past),
    researchFindings(described, { settings: request.settings, policy: request.setup.policy }, ports, onEvent),
    recallKept(ports, request.asOf),
  ]);
  const renamed = await findRenames(memory.state, discovery.targets, past);
  // Nothing was seen later than now, whatever future day is judged.
  const seenAt = asOf < generatedAt ? asOf : generatedAt;
  const known = dateFindings(research.findings, carriers, introductions, seenAt);
  const prefix = tagPrefix(request.setup.config.releases.tagPattern ?? '');
  const cut = knownReleases(sight.releases, memory.state, { prefix, now: generatedAt });
  const sighted = dateBySight(memory.state, known, { discovery, renamed }, seenAt);
  const dated = withKnownCarriers(sighted, cut, memory.state);
  const looked = lookedAt({ discovery, audits, renamed, offline: request.offline, dated, described });
  const unseen = await carryFindings(memory.state, looked, sight.releases, asOf, locks);
  const carried = withKnownCarriers(unseen, cut, memory.state);
  const counted = await countedKeys(described, request.since, locks);
  // What the ledger knew is no news: a gate that asks for new findings only does not count it.
  if (request.since === undefined) for (const { key } of carried) counted.add(key);
  // Not when the run began: others may have recorded theirs since.
  const clock = clockProblems(memory.state, ports.clock.now());
  return {
    dated,
    standing: [...dated, ...carried],
    counted,
    looked,
    releases: cut.releases,
    memory,
    clockIsWrong: clock.some(({ blocks }) => blocks),
    problems: [
      ...research.problems,
      ...introductions.problems,
      ...lateIntroductions(known, dated),
      ...cut.problems,
      ...memory.problems,
      ...clock,
      ...(request.remembers ? missedRunProblems(memory.state, request.setup.config.schedule, generatedAt) : []),
      ...describeCarried(carried),
    ],
  };
}

/** What the ledger remembers; nothing is appended to one that lost what git has of it. */
async function recallKept(ports: Run['ports'], asOf: string | undefined): Promise<Memory> {
  const [memory, lost] = await Promise.all([recall(ports.ledger, asOf), findLostEvents(ports.ledger, ports)]);
  // One that is broken besides has said so.
  return lost === undefined || memory.head === null
    ? memory
    : { ...memory, head: null, problems: [...memory.problems, lost] };
}

/** Until the ledger is asked a finding is first seen now. */
function dateFindings(
  findings: readonly ResearchedFinding[],
  carriers: readonly (readonly string[])[],
  { introduced }: Introductions,
  now: string,
): readonly DatedFinding[] {
  return findings.map((finding, index) => {
    const came = introduced.get(finding.key);
    const dates = { firstSeen: { at: now, source: 'this run' }, ...(came === undefined ? {} : { introduced: came }) };
    return { ...finding, timeline: { ...finding.timeline, ...dates }, carriedBy: carriers[index] ?? [] };
  });
}

/** Keys of the findings that count: all of them, or those that `since` did not have. */
async function countedKeys(
  { findings, merged }: DescribedFindings,
  since: string | undefined,
  past: PastLocks,
): Promise<Set<string>> {
  const fresh = await Promise.all(
    merged.map(async (finding) => since === undefined || !(await past.carried(finding, since))),
  );
  return new Set(findings.filter((_finding, index) => fresh[index] === true).map(({ key }) => key));
}
