/** Decides the verdict of a run. It is decided here, once, before any report is written. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Judgement } from '../model/verdict.ts';
import { judgeRelease } from './judge-release.ts';
import { openQuestions } from './open-questions.ts';
import type { FindingRule, RunFacts } from './run-facts.ts';
import { byUrgency } from './urgency.ts';
import { describeBreach, writeSentence } from './verdict-words.ts';

export type { RunFacts, RunRule } from './run-facts.ts';

/**
 * The verdict. `fail` when a finding that counts or a blocker breaks the rule, `inconclusive` when none does but something is open,
 * `pass` only when neither is. What is open is named in a failure too. Accepted and withdrawn findings break no rule.
 */
export function judgeRun(run: RunFacts): Judgement {
  const { rule } = run;
  const open = openQuestions(run);
  if (rule.kind === 'release') return judgeRelease(run, rule, open);
  const { blockers = [] } = run;
  const broken = run.findings.filter((finding) => breaks(finding, rule, run.policy)).sort(byUrgency);
  return {
    verdict: broken.length + blockers.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass',
    broken: [...broken.map((finding) => describeBreach(finding)), ...blockers.map(({ message }) => message)],
    open: open.map((question) => question.text),
    brokenKeys: broken.map(({ key }) => key),
    sentence: writeSentence(run, rule, broken, open),
  };
}

function breaks(finding: JudgedFinding, rule: FindingRule, policy: RunFacts['policy']): boolean {
  const { state } = finding.deadline;
  if (!finding.counts || state === 'accepted' || state === 'withdrawn') return false;
  if (rule.kind === 'audit' || rule.failOn === 'overdue') return state === 'overdue';
  const { level } = finding.severity;
  const judgedAs = level === 'unknown' ? policy.unknownAs : level;
  return POLICY_SEVERITIES.indexOf(judgedAs) <= POLICY_SEVERITIES.indexOf(rule.failOn);
}
