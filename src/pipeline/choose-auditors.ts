/** Decides which auditors are asked, and what nobody is asked about. */
import { auditors } from '../core/auditors/registry.ts';
import type { Auditor } from '../core/model/auditor.ts';
import { UsageError } from '../core/model/problem.ts';
import type { SetAside, Target } from '../core/model/target.ts';
import { excerpt, visible } from '../core/model/text.ts';

export interface ChosenAuditors {
  /** In the order of the registry: the first that covers a target answers for it. */
  readonly auditors: readonly Auditor[];
  /** Targets no chosen auditor covers: not asked about is not clean. */
  readonly setAside: readonly SetAside[];
}

/** `names` as configured; absent means all. Throws a UsageError for a name nobody bears: a typo must not audit less. */
export function chooseAuditors(names: readonly string[] | undefined, targets: readonly Target[]): ChosenAuditors {
  const named = names?.map(auditorNamed);
  const chosen = auditors.filter((auditor) => named?.includes(auditor) ?? true);
  const isAlone = (target: Target): boolean => !chosen.some((auditor) => auditor.covers(target));
  return { auditors: chosen, setAside: targets.filter(isAlone).map(notAsked) };
}

function auditorNamed(name: string): Auditor {
  const auditor = auditors.find((each) => each.name === name);
  if (auditor !== undefined) return auditor;
  const known = auditors.map((each) => each.name).join(', ');
  throw new UsageError(
    'unknown-auditor',
    `audit.auditors names "${excerpt(name)}", which is none.`,
    `Choose from ${known}.`,
  );
}

function notAsked({ path, ecosystem, sources }: Target): SetAside {
  return {
    path,
    ecosystem,
    sources,
    outcome: 'unavailable',
    reason: 'no-auditor-chosen',
    message: `audit.auditors names no auditor that reads ${sources.map((source) => visible(source.path)).join(', ')}.`,
    mend: 'Add one to audit.auditors, or leave the folder out with discover.exclude.',
  };
}
