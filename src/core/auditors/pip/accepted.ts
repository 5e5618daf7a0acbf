/** Decides the outcome of a Python audit from what was left unaudited and what the team has accepted of that. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import type { Target } from '../../model/target.ts';
import { excerpt, sentence } from '../../model/text.ts';
import { unacceptedSkips } from '../lib/coverage.ts';
import { AUDITED, unavailable } from '../lib/outcome.ts';

const MOST_NAMED = 5;

/** `audited` when nothing is open; `incomplete` with the names of what is. */
export function judgeSkips(target: Target, skipped: readonly SkippedPackage[], settings: AuditSettings): AuditOutcome {
  const open = unacceptedSkips(target, skipped, settings.acceptedUnaudited);
  const [first] = open;
  if (first === undefined) return AUDITED;
  const others = new Set(open.map(({ name }) => name).filter((name) => name !== first.name));
  return unavailable(
    'incomplete',
    `${sentence(`${first.name} could not be audited: ${excerpt(first.reason, 300)}`)}${sayOthers([...others])}`,
    'Pin exact published versions, or accept what cannot be audited under audit.acceptUnaudited in .fixby/config.yaml.',
  );
}

function sayOthers(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return ` Neither could ${names.slice(0, MOST_NAMED).join(', ')}${more}.`;
}
