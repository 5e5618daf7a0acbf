/** Says of one lock or package what a reader of a match is told: how it was asked about, what was found, what is in doubt. */
import type { AuditAnswer, AuditOutcome } from '../../model/audit.ts';
import type { Finding } from '../../model/finding.ts';
import type { MatchAsked, MatchFinding, MatchMirror } from '../../model/match-report.ts';
import type { Problem } from '../../model/problem.ts';
import type { Target } from '../../model/target.ts';
import type { MatchAnswer } from './assemble.ts';

/** What is known of one lock or package. */
export interface MatchedTarget {
  /** As it was named on the command line. */
  readonly name: string;
  readonly target: Target;
  readonly answer: AuditAnswer;
  readonly findings: readonly Finding[];
  /** Beside those of the answer. */
  readonly problems: readonly Problem[];
}

/** One lock or package as its part of the report. */
export function toAnswer(matched: MatchedTarget, mirror: MatchMirror): MatchAnswer {
  const { name, answer, findings, problems } = matched;
  return {
    asked: toAsked(matched, mirror),
    findings: findings.map((finding) => toFinding(name, finding)),
    problems: [...answer.problems, ...problems].flatMap(({ code, message, mend, blocks }) =>
      isSaid(answer.outcome, message) ? [] : [{ asked: name, code, message, mend, blocks }],
    ),
  };
}

/** The fault of a lock is its outcome already. */
function isSaid(outcome: AuditOutcome, message: string): boolean {
  return outcome.status === 'unavailable' && outcome.message === message;
}

function toAsked({ name, target, answer }: MatchedTarget, mirror: MatchMirror): MatchAsked {
  const { outcome, coverage, inventory, reported } = answer;
  return {
    name,
    ecosystem: target.ecosystem,
    outcome: outcome.status,
    ...faultOf(outcome, target, mirror),
    packages: coverage.packages,
    matched: coverage.audited,
    affected: new Set(reported.flatMap(({ affects }) => affects)).size,
    skipped: coverage.skipped.map((skip) => ({ ...skip })),
    files: inventory.files.map((file) => ({ ...file })),
  };
}

/** Where the mirror itself is at fault, what mends it is another import and not another source. */
function faultOf(
  outcome: AuditOutcome,
  { ecosystem }: Target,
  mirror: MatchMirror,
): Pick<MatchAsked, 'reason' | 'message' | 'mend'> {
  if (outcome.status === 'audited') return {};
  const { reason, message } = outcome;
  if (outcome.status === 'not-applicable') return { reason, message };
  if (!reason.startsWith('source-')) return { reason, message, mend: outcome.mend };
  return mirror.status === 'open'
    ? { reason, message, mend: `Run \`fixby mirror import ${ecosystem}\` for that mirror, and then this again.` }
    : { reason, message: `The mirror could not be asked: ${mirror.detail}.`, mend: mirror.mend };
}

function toFinding(name: string, finding: Finding): MatchFinding {
  const { advisory, severity, fix, location } = finding;
  const { id, aliases, summary, url, published, modified, malware } = advisory;
  return {
    asked: name,
    ecosystem: finding.ecosystem,
    package: finding.package,
    versions: [...finding.versions],
    severity: {
      level: severity.level,
      ...(severity.score === undefined ? {} : { score: severity.score }),
      source: severity.source,
    },
    advisory: {
      id,
      aliases: [...aliases],
      summary,
      url,
      ...(published === undefined ? {} : { published }),
      ...(modified === undefined ? {} : { modified }),
      malware,
    },
    ...(fix.version === undefined ? {} : { fix: fix.version }),
    scope: finding.scope,
    direct: finding.direct,
    paths: finding.paths.map((path) => [...path]),
    pathsOmitted: finding.pathsOmitted,
    ...(location.line === undefined ? {} : { line: location.line }),
  };
}
