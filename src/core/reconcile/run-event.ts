/** The event of a run: where it looked, with what, and what stood in the way. */
import type { Audit } from '../model/audit.ts';
import type { LedgerBody } from '../model/ledger.ts';
import { byEach, byText } from '../model/order.ts';
import type { Problem } from '../model/problem.ts';
import type { SetAside } from '../model/target.ts';
import type { Observation } from './observation.ts';

type RunBody = Extract<LedgerBody, { type: 'run-recorded' }>;
type RunTarget = RunBody['targets'][number];

export function runEvent({ run, audits, discovery }: Pick<Observation, 'run' | 'audits' | 'discovery'>): RunBody {
  const { id, command, asOf, generatedAt, verdict, tool, commit, branch, problems, brokenPromises = [] } = run;
  return {
    type: 'run-recorded',
    run: id,
    command,
    asOf,
    generatedAt,
    verdict,
    tool,
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    targets: [...audits.map(auditedTarget), ...discovery.setAside.map(targetSetAside)].sort(byPlace),
    problems: distinct([...problems, ...audits.flatMap((audit) => [...audit.problems, ...audit.inventory.problems])]),
    ...(brokenPromises.length === 0
      ? {}
      : { brokenPromises: brokenPromises.map(({ message, clears }) => ({ message, clears })) }),
  };
}

function auditedTarget(audit: Audit): RunTarget {
  const { target, outcome, coverage, runs, inventory } = audit;
  return {
    path: target.path,
    ecosystem: target.ecosystem,
    auditor: audit.auditor,
    outcome: outcome.status,
    ...(outcome.status === 'audited' ? {} : { reason: outcome.reason, message: outcome.message }),
    ...(outcome.status === 'unavailable' ? { mend: outcome.mend } : {}),
    packages: coverage.packages,
    audited: coverage.audited,
    skipped: coverage.skipped.length,
    skippedPackages: coverage.skipped.map((each) => ({ ...each })),
    tools: runs.map((each) => ({ ...each, argv: [...each.argv] })),
    files: inventory.files.map(({ path, sha256 }) => ({ path, sha256 })),
    source: audit.source,
    notes: [...audit.notes],
    durationMs: audit.durationMs,
    ...(audit.secondOpinion === undefined ? {} : { secondOpinion: audit.secondOpinion }),
    ...(audit.standsInFor === undefined ? {} : { standsInFor: [...audit.standsInFor] }),
  };
}

function targetSetAside({ path, ecosystem, outcome, reason, message, mend, sources }: SetAside): RunTarget {
  return {
    path,
    ecosystem,
    auditor: 'none',
    outcome,
    reason,
    message,
    mend,
    packages: 0,
    audited: 0,
    skipped: 0,
    tools: [],
    files: [],
    setAside: sources.map((source) => source.path),
  };
}

const byPlace = byEach<RunTarget>(
  (a, b) => byText(a.path, b.path),
  (a, b) => byText(a.ecosystem, b.ecosystem),
  (a, b) => byText(a.auditor, b.auditor),
  (a, b) => byText(JSON.stringify(a), JSON.stringify(b)),
);

/** Each problem once, sorted. */
function distinct(problems: readonly Problem[]): Problem[] {
  const texts = new Map(
    problems.map(({ target, code, message, mend, blocks }) => {
      const problem = { target, code, message, mend, blocks };
      return [JSON.stringify(problem), problem];
    }),
  );
  return [...texts].sort(([a], [b]) => byText(a, b)).map(([, problem]) => problem);
}
