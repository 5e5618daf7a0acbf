/** Writes the sentences of a verdict: what a release manager reads first, and often only. */
import type { JudgedFinding } from '../model/judged-finding.ts';
import type { PolicySeverity } from '../model/policy.ts';
import type { Blocker } from '../model/release.ts';
import { dayOf } from './calendar.ts';
import type { OpenQuestion } from './open-questions.ts';
import { auditedTargets, nameTarget, summarizeOpen } from './open-questions.ts';
import type { FindingRule, RunFacts } from './run-facts.ts';
import { byUrgency } from './urgency.ts';

/** One finding that breaks a rule, with what it is, where, and how late. */
export function describeBreach({
  package: name,
  versions,
  target,
  advisory,
  severity,
  deadline,
  lastSeen,
}: JudgedFinding): string {
  const late = deadline.state === 'overdue' ? `, ${describeLateness(deadline.overdueByDays ?? 0)}` : '';
  const what = [name, ...versions.slice(0, 1).map((version) => `@${version}`)].join('');
  const seen = lastSeen === undefined ? '' : `, last seen on ${lastSeen.slice(0, 10)}`;
  return `${what} in ${nameTarget(target)}: ${advisory.id}, ${severity.level}${late}${seen}.`;
}

/** The verdict of an audit or a gate and its cause in one sentence. */
export function writeSentence(
  run: RunFacts,
  rule: FindingRule,
  broken: readonly JudgedFinding[],
  open: readonly OpenQuestion[],
): string {
  const head = HEADS[rule.kind];
  const causes = [
    ...(broken.length > 0 ? [describeBroken(broken, rule)] : []),
    ...summarizeBlockers(run.blockers ?? []),
  ];
  if (causes.length > 0) {
    return `${head.fail}: ${joinClauses(causes)}${open.length > 0 ? `; and ${summarizeOpen(open)}` : ''}.`;
  }
  if (open.length > 0) return `${head.open}: ${summarizeOpen(open)}.`;
  return `${head.pass}: ${describePass(run, rule)}.`;
}

const HEADS: Readonly<Record<FindingRule['kind'], Readonly<Record<'pass' | 'fail' | 'open', string>>>> = {
  audit: {
    pass: 'The policy is kept',
    fail: 'The policy is broken',
    open: 'Whether the policy is kept cannot be said',
  },
  gate: { pass: 'The gate is open', fail: 'The gate is shut', open: 'Whether the gate may open cannot be said' },
};

function describeBroken(broken: readonly JudgedFinding[], rule: FindingRule): string {
  const isOne = broken.length === 1;
  if (rule.kind === 'gate' && rule.failOn !== 'overdue') {
    return `${count(broken.length, 'finding')} ${isOne ? 'is' : 'are'} ${describeLevel(rule.failOn)}`;
  }
  const days = Math.max(...broken.map(({ deadline }) => deadline.overdueByDays ?? 0));
  if (isOne) return `1 finding is ${describeLateness(days)}`;
  return `${broken.length} findings are overdue${days > 0 ? `, the oldest by ${count(days, 'day')}` : ', all since today'}`;
}

const SUMMARIES: readonly (readonly [Blocker['code'], (number: number) => string])[] = [
  ['overdue', (number) => `${count(number, 'finding')} ${number === 1 ? 'is' : 'are'} overdue`],
  ['critical', (number) => `${count(number, 'finding')} ${number === 1 ? 'is' : 'are'} critical`],
  ['window-ends', (number) => `${count(number, 'finding')} ${number === 1 ? 'has' : 'have'} to be gone in it`],
  ['exception-expired', (number) => `${count(number, 'exception')} ${number === 1 ? 'has' : 'have'} expired`],
  ['not-committed', (number) => `${count(number, 'file')} ${number === 1 ? 'is' : 'are'} not as committed`],
  [
    'promise-broken',
    (number) => `${count(number, 'promise')} of the security policy ${number === 1 ? 'is' : 'are'} broken`,
  ],
];

/** One clause a kind of blocker that is there. */
export function summarizeBlockers(blockers: readonly Blocker[]): readonly string[] {
  return SUMMARIES.flatMap(([code, words]) => {
    const number = blockers.filter((blocker) => blocker.code === code).length;
    return number === 0 ? [] : [words(number)];
  });
}

/** `one, two and three`. */
export function joinClauses(clauses: readonly string[]): string {
  const last = clauses.at(-1) ?? '';
  return clauses.length > 1 ? `${clauses.slice(0, -1).join(', ')} and ${last}` : last;
}

function describePass(run: RunFacts, rule: FindingRule): string {
  const { findings, policy } = run;
  const where = `${count(auditedTargets(run).length, 'target')} audited`;
  const standing = findings.filter(({ deadline }) => deadline.state !== 'withdrawn');
  if (standing.length === 0) return `no findings, ${where}`;
  if (rule.kind === 'gate' && rule.failOn !== 'overdue')
    return `no finding that counts is ${describeLevel(rule.failOn)}, ${where}`;
  const [next] = findings.filter(({ deadline }) => deadline.state === 'due').sort(byUrgency);
  const due =
    next?.deadline.dueAt === undefined
      ? ''
      : `, the next is due on ${dayOf(next.deadline.dueAt, policy.timeZone).toString()}`;
  return `${count(standing.length, 'finding')}, none overdue${due}, ${where}`;
}

function describeLevel(level: PolicySeverity): string {
  return level === 'critical' ? 'critical' : `${level} or worse`;
}

function describeLateness(days: number): string {
  return days > 0 ? `overdue by ${count(days, 'day')}` : 'overdue since less than a day';
}

/** `1 finding`, `2 findings`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
