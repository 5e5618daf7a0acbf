/** The last part of a run: it is added to the ledger, and what that changed is told. */
import type { Problem } from '../core/model/problem.ts';
import type { RunChanges } from '../core/model/report.ts';
import { changesOf } from '../core/reconcile/changes-of-run.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';
import type { PromisedRun } from './hold-promises.ts';
import type { Facts } from './learn-facts.ts';
import type { Sight } from './look-around.ts';
import { observeRun } from './observe-run.ts';
import { findWithdrawn, record } from './remember.ts';
import type { Run } from './run.ts';

export interface Kept {
  /** What the ledger knows now. */
  readonly state: LedgerState;
  /** What the run added to it; absent when it was not recorded. */
  readonly changes?: RunChanges;
  /** Why it could not be recorded. */
  readonly problems: readonly Problem[];
}

export async function keepRun(run: Run, sight: Sight, facts: Facts, judged: PromisedRun): Promise<Kept> {
  const { request, generatedAt, asOf, ports } = run;
  const { memory, looked, dated } = facts;
  // A run of a moment that cannot be now is not worth recording.
  if (!request.remembers || ports.ledger === null || facts.clockIsWrong) return { state: memory.state, problems: [] };

  const { verdict } = judged.judge([]);
  const { state } = sight;
  const { releases, problems, brokenPromises } = judged;
  const observation = observeRun({
    ...{ ...request, generatedAt, asOf, looked, releases, state },
    ...{ verdict, problems, brokenPromises },
  });
  const withdrawn = await findWithdrawn(memory, observation, ports.advisories);
  const when = { began: generatedAt, clock: ports.clock };
  const recorded = await record(ports.ledger, memory, { ...observation, withdrawn }, when, ports.digest);
  const { appended } = recorded;
  return {
    state: recorded.state,
    ...(appended === undefined ? {} : { changes: changesOf(appended.before, appended.events, dated) }),
    problems: recorded.problems,
  };
}
