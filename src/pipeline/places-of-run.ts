/** Turns the record of a run back into audits and folders set aside. */
import type { Audit, AuditOutcome, UnavailableReason } from '../core/model/audit.ts';
import type { SetAside, SourceKind } from '../core/model/target.ts';
import type { KnownRun } from '../core/reconcile/ledger-state.ts';

type RunTarget = KnownRun['targets'][number];

/** The audits of a recorded run and what it set aside, as far as a report shows them. */
export function placesOfRun({ targets }: KnownRun): {
  readonly audits: readonly Audit[];
  readonly setAside: readonly SetAside[];
} {
  return {
    audits: targets.filter(({ setAside }) => setAside === undefined).map(toAudit),
    setAside: targets.filter(({ setAside }) => setAside !== undefined).map(toSetAside),
  };
}

/** What a report shows of an audit; its packages and what it reported live on in the findings. */
function toAudit(place: RunTarget): Audit {
  const { path, ecosystem, auditor, packages, audited, skippedPackages, tools, files } = place;
  const skipped = skippedPackages ?? [];
  return {
    target: { path, ecosystem, sources: [] },
    auditor,
    outcome: outcomeOf(place),
    inventory: { packages: [], skipped, problems: [], files, graphKnown: false },
    coverage: { packages, audited, skipped },
    reported: [],
    problems: [],
    source: place.source ?? 'not recorded',
    notes: place.notes ?? [],
    runs: tools.map(({ tool, version, argv, exitCode, durationMs }) => ({
      tool,
      version,
      argv: argv ?? [],
      exitCode: exitCode ?? null,
      durationMs: durationMs ?? 0,
    })),
    durationMs: place.durationMs ?? 0,
    ...(place.secondOpinion === undefined ? {} : { secondOpinion: place.secondOpinion }),
    ...(place.standsInFor === undefined ? {} : { standsInFor: place.standsInFor }),
  };
}

function outcomeOf({ outcome: status, reason = 'not-recorded', message = '', mend = '' }: RunTarget): AuditOutcome {
  if (status === 'audited') return { status };
  if (status === 'not-applicable') return { status, reason, message };
  // A reason of another version of fixby is shown as it was written.
  return { status, reason: reason as UnavailableReason, message, mend };
}

function toSetAside({
  path,
  ecosystem,
  outcome,
  reason = 'not-recorded',
  message = '',
  mend = '',
  setAside,
}: RunTarget): SetAside {
  return {
    path,
    ecosystem,
    // A report shows only where they are; what kind they were is not recorded.
    sources: (setAside ?? []).map((file) => ({ path: file, kind: 'package-json' satisfies SourceKind })),
    outcome: outcome === 'unavailable' ? 'unavailable' : 'not-applicable',
    reason,
    message,
    mend,
  };
}
