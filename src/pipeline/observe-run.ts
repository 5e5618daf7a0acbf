/** Puts a whole run into the words reconciling takes. */
import { dayOf } from '../core/judge/calendar.ts';
import type { DatedFinding } from '../core/model/finding.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Blocker, Release } from '../core/model/release.ts';
import type { ReportView } from '../core/model/report.ts';
import type { Verdict } from '../core/model/verdict.ts';
import type { Looked, Observation } from '../core/reconcile/observation.ts';
import type { GitState } from '../ports/git.ts';
import type { DescribedFindings } from './describe-findings.ts';
import type { Setup } from './setup.ts';

export interface WholeRun {
  readonly command: ReportView['command'];
  readonly version: string;
  readonly asOf: string;
  readonly generatedAt: string;
  readonly setup: Setup;
  readonly looked: Looked;
  readonly releases: readonly Release[];
  readonly state: GitState | null;
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
  readonly brokenPromises: readonly Blocker[];
}

/** What a run did to see what it saw. */
export interface Look extends Pick<Looked, 'discovery' | 'audits' | 'renamed' | 'offline'> {
  /** In the order of `described`. */
  readonly dated: readonly DatedFinding[];
  readonly described: DescribedFindings;
}

/** Where a run looked and what it saw. What is known to be withdrawn is filled in by whoever asks the advisory source. */
export function lookedAt({ dated, described, ...look }: Look): Looked {
  const sightings = dated.map((finding, index) => ({
    finding,
    answered: (described.merged[index]?.unanswered.length ?? 1) === 0,
  }));
  return { ...look, sightings, withdrawn: new Set() };
}

/** Where it looked, and what it was judged by. */
export function observeRun(run: WholeRun): Observation {
  const { setup, state } = run;
  return {
    ...run.looked,
    run: {
      // One run a moment: whoever runs twice in a millisecond is told apart by the ledger's own numbers.
      id: run.generatedAt,
      command: run.command,
      tool: run.version,
      asOf: run.asOf,
      generatedAt: run.generatedAt,
      verdict: run.verdict,
      problems: run.problems,
      brokenPromises: run.brokenPromises,
      ...(state === null ? {} : { commit: state.commit }),
      ...(state?.branch === undefined ? {} : { branch: state.branch }),
    },
    today: dayOf(run.asOf, setup.policy.timeZone).toString(),
    policy: setup.policy,
    policyText: setup.policyText,
    exceptions: setup.exceptions,
    maxDays: setup.config.exceptions.maxDays,
    releases: run.releases,
  };
}
