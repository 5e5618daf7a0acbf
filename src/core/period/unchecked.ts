/** Gathers what the runs of a period could not look at. */
import { byEach, byText } from '../model/order.ts';
import type { LedgerBody } from '../model/ledger.ts';
import type { PeriodReport } from '../model/period-report.ts';

type Unchecked = PeriodReport['unchecked'][number];
type RunBody = Extract<LedgerBody, { type: 'run-recorded' }>;

/** A run, and when it became known. */
export interface PeriodRun {
  readonly at: string;
  readonly body: RunBody;
}

/** One entry for each folder, auditor and reason, the most frequent first. */
export function uncheckedIn(runs: readonly PeriodRun[]): readonly Unchecked[] {
  const gaps = new Map<string, Unchecked>();
  for (const { at, body } of runs) {
    for (const gap of [...silentTargets(body), ...openProblems(body)]) {
      const key = JSON.stringify([gap.target, gap.auditor, gap.reason]);
      const known = gaps.get(key);
      gaps.set(key, { ...gap, runs: (known?.runs ?? 0) + 1, first: known?.first ?? at, last: at });
    }
  }
  return [...gaps.values()].sort(
    byEach(
      (a, b) => b.runs - a.runs,
      (a, b) => byText(a.target, b.target),
      (a, b) => byText(a.auditor, b.auditor),
      (a, b) => byText(a.reason, b.reason),
    ),
  );
}

type Gap = Omit<Unchecked, 'runs' | 'first' | 'last'>;

function silentTargets({ targets }: RunBody): readonly Gap[] {
  return targets
    .filter(({ outcome }) => outcome === 'unavailable')
    .map(({ path, auditor, reason = 'unavailable', message = '' }) => ({ target: path, auditor, reason, message }));
}

/** Questions a run left open besides: those of a folder without an answer are told already. */
function openProblems({ targets, problems = [] }: RunBody): readonly Gap[] {
  const silent = new Set(targets.filter(({ outcome }) => outcome === 'unavailable').map(({ path }) => path));
  const open = problems.filter(({ blocks, target }) => blocks && (target === null || !silent.has(target)));
  const distinct = new Map(
    open.map(({ target, code, message }) => [`${target ?? ''}\n${code}`, { target, code, message }]),
  );
  return [...distinct.values()].map(({ target, code, message }) => ({
    target: target ?? '',
    auditor: '',
    reason: code,
    message,
  }));
}
