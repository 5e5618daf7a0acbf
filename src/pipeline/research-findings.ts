/** Learns from outside when fixes were released and which flaws are exploited, and writes it into the findings. */
import type { EnrichedFinding } from '../core/enrich/enrich.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import type { DatedFact, Epss, Fix, Timeline } from '../core/model/finding.ts';
import type { MergedFinding } from '../core/model/merged-finding.ts';
import { sortedUnique } from '../core/model/order.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Problem } from '../core/model/problem.ts';
import { cveIds, describeExploitation } from '../core/timeline/exploitation.ts';
import { findFeedProblems } from '../core/timeline/feed-problems.ts';
import { describeUndated, describeWithdrawnFix } from '../core/timeline/fix-problems.ts';
import type { UndatedFix } from '../core/timeline/fix-problems.ts';
import { dateFix } from '../core/timeline/fix-release.ts';
import type { ExploitedFeeds } from '../ports/exploited.ts';
import type { Registry } from '../ports/registry.ts';
import { askRegistries } from './ask-registries.ts';
import type { Histories } from './ask-registries.ts';
import type { DescribedFindings } from './describe-findings.ts';
import type { OnEvent } from './events.ts';
import type { ToolPorts } from './ports.ts';

/** A finding with every date but those git and the ledger know. */
export interface ResearchedFinding extends EnrichedFinding {
  readonly timeline: Pick<Timeline, 'published' | 'fixReleased' | 'knownExploited'>;
  readonly epss?: Epss;
}

export interface Research {
  /** In the order they came in. `fix` names a version that can be installed, where the registry knows of one. */
  readonly findings: readonly ResearchedFinding[];
  readonly problems: readonly Problem[];
}

export interface ResearchPorts extends ToolPorts {
  readonly registry: Registry;
  readonly exploited: ExploitedFeeds;
}

/** Never rejects for what a registry or a feed does: what could not be learned is a problem, and the date is absent. */
export async function researchFindings(
  { findings, merged }: Pick<DescribedFindings, 'findings' | 'merged'>,
  { settings, policy }: { readonly settings: AuditSettings; readonly policy: Pick<Policy, 'knownExploited'> },
  ports: ResearchPorts,
  onEvent: OnEvent,
): Promise<Research> {
  const fixable = findings.filter(hasFix);
  const listable = findings.filter(mayBeListed);
  if (fixable.length > 0) onEvent({ kind: 'message', text: `asking when ${fixable.length} fixes were released` });
  const [histories, exploitation] = await Promise.all([
    askRegistries(fixable, settings, ports),
    ports.exploited.lookUp(sortedUnique(listable.flatMap(({ advisory }) => cveIds(advisory)))),
  ]);
  const fixes = findings.map((finding, index) => learnFix(finding, merged[index], histories));
  const now = ports.clock.now();
  const matters = policy.knownExploited !== undefined;
  return {
    findings: findings.map((finding, index) => {
      const { knownExploited, ...scores } = describeExploitation(finding.advisory, exploitation);
      const { fixReleased, fix } = fixes[index] ?? {};
      const dates = { ...(fixReleased && { fixReleased }), ...(knownExploited && { knownExploited }) };
      return { ...finding, ...(fix && { fix }), ...scores, timeline: { ...finding.timeline, ...dates } };
    }),
    problems: [
      ...describeUndated(fixes.flatMap(({ undated }) => undated ?? [])),
      ...fixes.flatMap(({ problem }) => problem ?? []),
      ...findFeedProblems({ exploitation, matters, findings: listable.length, now }),
    ],
  };
}

function hasFix({ fix, advisory }: EnrichedFinding): boolean {
  return fix.version !== undefined && advisory.withdrawn === undefined;
}

function mayBeListed({ advisory }: EnrichedFinding): boolean {
  return advisory.withdrawn === undefined && cveIds(advisory).length > 0;
}

/** What became known of one fix. */
interface LearnedFix {
  readonly fixReleased?: DatedFact;
  readonly fix?: Fix;
  readonly undated?: UndatedFix;
  readonly problem?: Problem;
}

function learnFix(finding: EnrichedFinding, merged: MergedFinding | undefined, histories: Histories): LearnedFix {
  if (merged === undefined || !hasFix(finding)) return {};
  const name = { ecosystem: finding.ecosystem, package: finding.package };
  const answer = histories(name);
  if ('why' in answer) return { undated: { ...name, why: answer.why } };
  const { history } = answer;
  const dating = dateFix(merged, history);
  switch (dating.status) {
    case 'dated':
      return { fixReleased: dating.fixReleased, fix: dating.fix };
    case 'withdrawn':
      return { fix: dating.fix, problem: describeWithdrawnFix(finding, history.source) };
    case 'unknown':
      return { undated: { ...name, why: `${history.source} has no version that fixes it` } };
  }
}
