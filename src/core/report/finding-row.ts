/** Turns a judged finding into the row a report shows for it. */
import type { RiskException } from '../model/exception.ts';
import type { DatedFact, Finding, Timeline } from '../model/finding.ts';
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { ReportFinding } from '../model/report.ts';

/** The row of one finding; what is not known is left out. `breaks` says whether it made the verdict `fail`. */
export function findingRow(finding: JudgedFinding, breaks: boolean): ReportFinding {
  const { deadline, exception, counts } = finding;
  const dates = datesOf(finding.timeline);
  return {
    key: finding.key,
    ...(finding.ledgerId === undefined ? {} : { ledgerId: finding.ledgerId }),
    target: finding.target,
    ecosystem: finding.ecosystem,
    package: finding.package,
    versions: [...finding.versions],
    advisory: advisoryFields(finding),
    severity: { ...finding.severity, all: finding.severity.all.map((statement) => ({ ...statement })) },
    scope: finding.scope,
    direct: finding.direct,
    paths: finding.paths.map((path) => [...path]),
    pathsOmitted: finding.pathsOmitted,
    fix: fixFields(finding.fix),
    location: { ...finding.location },
    timeline: Object.fromEntries(dates.map(([name, { at }]) => [name, at])),
    timelineSources: Object.fromEntries(dates.map(([name, { source }]) => [name, source])),
    ...ledgerFields(finding),
    deadline: { ...deadline },
    ...(exception === undefined ? {} : { exception: exceptionFields(exception) }),
    seenBy: [...finding.seenBy],
    ...(finding.dissent === undefined ? {} : { dissent: finding.dissent.map((each) => ({ ...each })) }),
    fromCompleteAudit: finding.fromCompleteAudit,
    carriedBy: [...finding.carriedBy],
    counts,
    breaks,
  };
}

function datesOf(timeline: Timeline): [keyof Timeline, DatedFact][] {
  const names = ['introduced', 'published', 'fixReleased', 'firstSeen', 'knownExploited'] as const;
  return names.flatMap((name) => {
    const fact = timeline[name];
    return fact === undefined ? [] : [[name, fact] satisfies [keyof Timeline, DatedFact]];
  });
}

function ledgerFields({ severityHistory, back, lastSeen, epss }: JudgedFinding): Partial<ReportFinding> {
  return {
    ...(severityHistory === undefined ? {} : { severityHistory: severityHistory.map((change) => ({ ...change })) }),
    ...(back === undefined ? {} : { back: { ...back } }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    ...(epss === undefined ? {} : { epss: { ...epss } }),
  };
}

function advisoryFields({ advisory }: Finding): ReportFinding['advisory'] {
  const { id, aliases, summary, url, withdrawn, malware } = advisory;
  return { id, aliases: [...aliases], summary, url, ...(withdrawn === undefined ? {} : { withdrawn }), malware };
}

function fixFields({ steps, ...fix }: Finding['fix']): ReportFinding['fix'] {
  return { ...fix, ...(steps === undefined ? {} : { steps: steps.map((step) => ({ ...step })) }) };
}

function exceptionFields(exception: RiskException): NonNullable<ReportFinding['exception']> {
  const { reason, owner, approver, expires, ticket } = exception;
  return { reason, owner, approver, expires, ...(ticket === undefined ? {} : { ticket }) };
}
