/** Decides whether a version may be tagged, and says in one sentence why not. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { Blocker, PlannedRelease } from '../model/release.ts';
import type { Judgement } from '../model/verdict.ts';
import { auditedTargets, summarizeOpen } from './open-questions.ts';
import type { OpenQuestion } from './open-questions.ts';
import { blockFinding, blockingCause, blockOpen, expiredExceptions } from './release-rule.ts';
import type { RunFacts, RunRule } from './run-facts.ts';
import { byUrgency } from './urgency.ts';
import { count, joinClauses, summarizeBlockers } from './verdict-words.ts';

type ReleaseRule = Extract<RunRule, { kind: 'release' }>;

/** Every blocker is named, what is open among them: alone it makes the verdict `inconclusive`, beside others it stays named. */
export function judgeRelease(run: RunFacts, rule: ReleaseRule, open: readonly OpenQuestion[]): Judgement {
  const { context, blockers = [] } = run;
  if (context === undefined) throw new TypeError('a release cannot be judged without what its findings were judged by');
  const planned = planOf(rule);
  const inTheWay = [...run.findings].sort(byUrgency).flatMap((finding) => {
    const cause = blockingCause(finding, planned, context);
    return cause === null ? [] : [{ key: finding.key, blocker: blockFinding(finding, cause, context) }];
  });
  const broken = [...inTheWay.map(({ blocker }) => blocker), ...expiredExceptions(context), ...blockers];
  return {
    verdict: broken.length > 0 ? 'fail' : open.length > 0 ? 'inconclusive' : 'pass',
    broken: broken.map(({ message }) => message),
    open: open.map(({ text }) => text),
    brokenKeys: inTheWay.map(({ key }) => key),
    release: { ...planned, blockers: [...broken, ...open.map(blockOpen)] },
    sentence: writeReleaseSentence(run, rule, broken, open),
  };
}

function planOf({ version, tag, level, previous }: ReleaseRule): PlannedRelease {
  return { version, tag, level, ...(previous === undefined ? {} : { previous }) };
}

function writeReleaseSentence(
  run: RunFacts,
  { version }: ReleaseRule,
  broken: readonly Blocker[],
  open: readonly OpenQuestion[],
): string {
  if (broken.length > 0) {
    const unseen = open.length > 0 ? `; and ${summarizeOpen(open)}` : '';
    return `${version} may not be tagged: ${joinClauses(summarizeBlockers(broken))}${unseen}.`;
  }
  if (open.length > 0) return `Whether ${version} may be tagged cannot be said: ${summarizeOpen(open)}.`;
  return `${version} may be tagged: ${describeCargo(run.findings)}, ${count(auditedTargets(run).length, 'target')} audited.`;
}

function describeCargo(findings: readonly JudgedFinding[]): string {
  const standing = findings.filter(({ deadline }) => deadline.state !== 'withdrawn').length;
  return standing === 0
    ? 'no findings'
    : `${count(standing, 'finding')} ${standing === 1 ? 'goes' : 'go'} out with it, none in its way`;
}
