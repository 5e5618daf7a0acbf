/** Puts the answers about all locks and packages into one report of a match. */
import type { MatchAsked, MatchFinding, MatchMirror, MatchReport } from '../../model/match-report.ts';
import { byEach, byText } from '../../model/order.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import type { SeverityLevel } from '../../model/severity.ts';
import { describeMatch } from './sentence.ts';
import type { MatchFacts } from './sentence.ts';

/** What came of one lock or package. */
export interface MatchAnswer {
  readonly asked: MatchAsked;
  readonly findings: readonly MatchFinding[];
  readonly problems: MatchReport['problems'];
}

export interface MatchOrigin {
  readonly mirror: MatchMirror;
  /** UTC ISO-8601. */
  readonly now: string;
  readonly version: string;
}

/** `answers` in the order of the command line. What was found is never hidden by what could not be looked at. */
export function assembleMatch(answers: readonly MatchAnswer[], { mirror, now, version }: MatchOrigin): MatchReport {
  const findings = answers.flatMap((answer) => answer.findings).sort(worstFirst);
  const asked = answers.map((answer) => answer.asked);
  const problems = answers.flatMap((answer) => answer.problems);
  const isOpen = asked.some(({ outcome }) => outcome === 'unavailable') || problems.some(({ blocks }) => blocks);
  const facts: MatchFacts = { asked, findings, isOpen };
  return {
    schema: 'fixby.match/v1',
    result: findings.length > 0 ? 'found' : isOpen ? 'inconclusive' : 'nothing-found',
    sentence: describeMatch(facts),
    asOf: now,
    tool: { name: 'fixby', version },
    mirror,
    asked,
    findings,
    problems,
    summary: summarize(facts),
  };
}

const worstFirst = byEach<MatchFinding>(
  (a, b) => byText(a.asked, b.asked),
  (a, b) => rankOf(a) - rankOf(b),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.advisory.id, b.advisory.id),
);

function rankOf({ severity }: MatchFinding): number {
  return SEVERITY_LEVELS.indexOf(severity.level);
}

function summarize({ asked, findings }: MatchFacts): MatchReport['summary'] {
  const at = (level: SeverityLevel): number => findings.filter(({ severity }) => severity.level === level).length;
  return {
    packages: asked.reduce((sum, { packages }) => sum + packages, 0),
    matched: asked.reduce((sum, { matched }) => sum + matched, 0),
    affected: asked.reduce((sum, { affected }) => sum + affected, 0),
    bySeverity: {
      critical: at('critical'),
      high: at('high'),
      medium: at('medium'),
      low: at('low'),
      unknown: at('unknown'),
    },
  };
}
