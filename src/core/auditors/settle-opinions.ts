/** Decides whose word is a target's outcome where several auditors were asked, and says what the others could not look at. */
import type { Audit, AuditOutcome, UnavailableReason } from '../model/audit.ts';
import type { Problem } from '../model/problem.ts';

/**
 * Failures of a tool or its source, which another that looked in full makes up for. What is wrong with the lock is wrong for
 * everybody, and an import is the operator's own choice.
 */
const MADE_UP_FOR: ReadonlySet<UnavailableReason> = new Set<UnavailableReason>([
  'tool-missing',
  'tool-too-old',
  'tool-failed',
  'timed-out',
  'output-too-large',
  'unreadable-output',
  'source-refused',
  'source-unreachable',
  'source-blind',
  'source-stale',
]);

/**
 * The first of `order` that was asked about a target answers for it; the others are second opinions: what they found counts,
 * what they could not look at is a problem that blocks nothing. Where the first could not look because of its tool or its
 * source, one that looked in full with a fresh mirror stands in. A report of a
 * tool that is never asked, and so not in `order`, comes first when it is complete, else last.
 */
export function settleOpinions(audits: readonly Audit[], order: readonly string[]): readonly Audit[] {
  const groups = new Map<string, Audit[]>();
  for (const audit of audits) {
    const place = JSON.stringify([audit.target.ecosystem, audit.target.path]);
    groups.set(place, [...(groups.get(place) ?? []), audit]);
  }
  return [...groups.values()].flatMap((group) => settleOne(group.sort(byRank(order))));
}

function byRank(order: readonly string[]): (a: Audit, b: Audit) => number {
  const rank = ({ auditor, outcome }: Audit): number => {
    const place = order.indexOf(auditor);
    return place !== -1 ? place : outcome.status === 'audited' ? -1 : order.length;
  };
  return (a, b) => rank(a) - rank(b);
}

function settleOne(group: readonly Audit[]): readonly Audit[] {
  const [first, ...others] = group;
  if (first === undefined || others.length === 0) return group;
  const { outcome } = first;
  const standIn =
    outcome.status === 'unavailable' && MADE_UP_FOR.has(outcome.reason) ? others.find(looksForOthers) : undefined;
  if (standIn === undefined) return [first, ...others.map((audit) => asSecond(audit, first))];
  const rest = group.filter((audit) => audit !== standIn);
  const told = {
    ...standIn,
    standsInFor: [first.auditor],
    problems: [...standIn.problems, describeStandIn(first, outcome, standIn)],
  };
  return [told, ...rest.map((audit) => (audit === first ? asReplaced(audit, told) : asSecond(audit, told)))];
}

/** Whether an audit can be believed where the first could not look: complete, and by a fresh mirror of the operator's own. */
function looksForOthers({ outcome, age, problems }: Audit): boolean {
  return (
    outcome.status === 'audited' &&
    age?.isMirror === true &&
    age.stale === undefined &&
    !problems.some(({ blocks }) => blocks)
  );
}

function asSecond(audit: Audit, first: Audit): Audit {
  const { outcome } = audit;
  const missing = outcome.status === 'unavailable' ? [describeMissing(audit, outcome, first)] : [];
  const quiet = asReplaced(audit, first);
  return { ...quiet, problems: [...quiet.problems, ...missing] };
}

/** What blocks because of an auditor whose word is not the outcome blocks no more, unless the one whose word it is says the same. */
function asReplaced(audit: Audit, first: Audit): Audit {
  const said = new Set([...first.problems, ...first.inventory.problems].map((problem) => JSON.stringify(problem)));
  const quieten = (problems: readonly Problem[]): readonly Problem[] =>
    problems.map((problem) => (said.has(JSON.stringify(problem)) ? problem : { ...problem, blocks: false }));
  return {
    ...audit,
    secondOpinion: true,
    problems: quieten(audit.problems),
    inventory: { ...audit.inventory, problems: quieten(audit.inventory.problems) },
  };
}

type Unavailable = Extract<AuditOutcome, { status: 'unavailable' }>;

function describeMissing({ auditor, target }: Audit, { reason, message, mend }: Unavailable, first: Audit): Problem {
  return {
    target: target.path,
    code: 'second-opinion-missing',
    message: `${auditor} has no second opinion (${reason}): ${message} ${first.auditor} was asked as well, and answers for this target.`,
    mend,
    blocks: false,
  };
}

function describeStandIn(first: Audit, outcome: AuditOutcome, { auditor, source }: Audit): Problem {
  const { reason, message, mend } = outcome as Unavailable;
  return {
    target: first.target.path,
    code: 'auditor-replaced',
    message: `${first.auditor} could not look (${reason}): ${message} ${auditor} answers for this target in its place, from ${source}.`,
    mend,
    blocks: false,
  };
}
