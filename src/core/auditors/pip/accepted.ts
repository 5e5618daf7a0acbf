/** Decides the outcome of a Python audit from what was left unaudited and what the team has accepted of that. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { AuditSettings } from '../../model/auditor.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { unacceptedSkips } from '../lib/coverage.ts';
import { AUDITED, unavailable } from '../lib/outcome.ts';

const MOST_NAMED = 5;

/** `audited` when nothing is open; `incomplete` with the names of what is. */
export function judgeSkips(target: Target, skipped: readonly SkippedPackage[], settings: AuditSettings): AuditOutcome {
  const open = unacceptedSkips(target, skipped, settings.acceptedUnaudited);
  const [first] = open;
  if (first === undefined) return AUDITED;
  const names = [...new Set(open.map(({ name }) => name))];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const shown = names.slice(0, MOST_NAMED).join(', ');
  return unavailable(
    'incomplete',
    `Not everything could be audited: ${shown}${more} (${first.name}: ${excerpt(first.reason, 300)}).`,
    'Pin exact published versions, or accept what cannot be audited under acceptedUnaudited in .fixby/config.yaml.',
  );
}
