/** Turns a finding into the facts the ledger keeps, and back. */
import type { DatedFinding, Fix } from '../model/finding.ts';
import type { FindingFacts, KeptFacts } from '../model/ledger-facts.ts';
import { sortedUnique } from '../model/order.ts';
import { earlierOccurrence } from './ledger-state.ts';
import type { KnownFinding, LedgerState } from './ledger-state.ts';

/** What the ledger keeps beside place, ids, versions and level. */
export function factsOf(finding: DatedFinding): FindingFacts {
  const { advisory, severity, scope, direct, paths, pathsOmitted, fix, location, seenBy, carriedBy } = finding;
  const dates = Object.entries(finding.timeline).filter(([name]) => name !== 'firstSeen');
  return {
    advisory: { ...advisory, aliases: [...advisory.aliases] },
    severity: { ...severity, all: severity.all.map((statement) => ({ ...statement })) },
    scope,
    direct,
    paths: paths.map((path) => [...path]),
    pathsOmitted,
    fix: copyFix(fix),
    location: { ...location },
    seenBy: [...seenBy],
    fromCompleteAudit: finding.fromCompleteAudit,
    timeline: Object.fromEntries(dates),
    carriedBy: [...carriedBy],
  };
}

function copyFix({ steps, ...fix }: Fix): FindingFacts['fix'] {
  return { ...fix, ...(steps === undefined ? {} : { steps: steps.map((step) => ({ ...step })) }) };
}

/** Every id of a finding, sorted. */
export function idsOf({ advisory }: Pick<DatedFinding, 'advisory'>): readonly string[] {
  return sortedUnique([advisory.id, ...advisory.aliases]);
}

/** A finding as the ledger knows it, ready to be judged. */
export function toFinding(known: KnownFinding, state: Pick<LedgerState, 'findings'>): DatedFinding {
  const { id, target, ecosystem, package: name, ids, versions, firstSeen } = known;
  const facts: KeptFacts = known.facts ?? bareFacts(known);
  const back = earlierOccurrence(known.back, state);
  return {
    ...facts,
    key: `${ecosystem}:${target}:${name}:${ids.join('+')}`,
    target,
    ecosystem,
    package: name,
    versions,
    timeline: { ...facts.timeline, firstSeen: { at: firstSeen.at, source: `ledger event ${firstSeen.event}` } },
    severityHistory: known.severityHistory,
    ledgerId: id,
    ...(back === undefined ? {} : { back }),
  };
}

/** What can be said of a finding whose events tell no more than they must. */
function bareFacts({ advisory, ids, severity, target }: KnownFinding): KeptFacts {
  return {
    advisory: {
      id: advisory,
      aliases: ids.filter((id) => id !== advisory),
      summary: advisory,
      url: `https://osv.dev/vulnerability/${encodeURIComponent(advisory)}`,
      malware: advisory.startsWith('MAL-'),
    },
    severity: { level: severity, source: 'ledger', disputed: false, all: [] },
    scope: 'unknown',
    direct: false,
    paths: [],
    pathsOmitted: 0,
    fix: { available: false },
    location: { file: target },
    seenBy: [],
    fromCompleteAudit: true,
    timeline: {},
    carriedBy: [],
  };
}
