/** Lists everything that ever ended, from what the ledger says: also what was back the night after. */
import type { ClosedFinding } from '../model/closed-finding.ts';
import { byEach, byText } from '../model/order.ts';
import { toFinding } from './finding-facts.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';

/** In the order they ended. One that was gone twice is listed twice. */
export function closedFindings(state: LedgerState): readonly ClosedFinding[] {
  return [...state.findings.values()].flatMap((known) => endingsOf(known, state)).sort(byEnding);
}

function endingsOf(known: KnownFinding, state: LedgerState): readonly ClosedFinding[] {
  const { absences, closed } = known;
  if (absences.length === 0 && closed === undefined) return [];
  const base = describe(known, state);
  const away = absences.map(({ from, to, by }) => ({ ...base, closedAt: from, by, cameBackAt: to }));
  if (closed === undefined) return away;
  const { at, by, into } = closed;
  return [...away, { ...base, closedAt: at, by, ...(into === undefined ? {} : { into }) }];
}

type Ending = 'closedAt' | 'by' | 'into' | 'cameBackAt';

function describe(known: KnownFinding, state: LedgerState): Omit<ClosedFinding, Ending> {
  const { advisory, location, seenBy } = toFinding(known, state);
  const { id, target, ecosystem, package: name, versions, severity, severityHistory, firstSeen, back } = known;
  return {
    ledgerId: id,
    target,
    ecosystem,
    package: name,
    versions: [...versions],
    advisory: { id: advisory.id, aliases: [...advisory.aliases], summary: advisory.summary },
    severity: { first: severityHistory[0]?.level ?? severity, last: severity },
    location: { ...location },
    seenBy: [...seenBy],
    firstSeen: firstSeen.at,
    ...(back === undefined ? {} : { previous: back }),
  };
}

const byEnding = byEach<ClosedFinding>(
  (a, b) => byText(a.closedAt, b.closedAt),
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.ledgerId, b.ledgerId),
);
