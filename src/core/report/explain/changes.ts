/** Says what would change how a finding stands: what time does by itself, and what people can do. */
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { calendarOf } from '../words.ts';

/** One sentence each, what happens by itself first. */
export function describeChanges(finding: ReportFinding, view: ReportView): readonly string[] {
  return [...byItself(finding, view), ...byPeople(finding)];
}

function byItself(finding: ReportFinding, view: ReportView): readonly string[] {
  const { deadline, exception, breaks, counts } = finding;
  const day = calendarOf(view);
  const verdict = breaks
    ? 'It makes this run fail.'
    : counts
      ? 'It does not make this run fail.'
      : 'It does not count for the verdict of this run.';
  switch (deadline.state) {
    case 'overdue':
      return [verdict, 'Time alone clears nothing: what is overdue stays overdue.'];
    case 'due':
      return [verdict, `After ${deadline.dueAt === undefined ? 'its last day' : day(deadline.dueAt)} it is overdue.`];
    case 'next-release':
      return [verdict, 'The next tag of that level which still carries it makes it overdue.'];
    case 'awaiting-fix':
      return [verdict, waiting(finding, view)];
    case 'accepted':
      return [
        verdict,
        `After ${exception?.expires ?? 'its last day'} the exception ends, and the clock it always had counts again.`,
      ];
    case 'opportunistic':
      return [verdict, 'No date will make it overdue; a higher severity would.'];
    case 'withdrawn':
      return [verdict, 'It would be judged again if the advisory came back.'];
  }
}

function waiting({ deadline: { dueAt } }: ReportFinding, view: ReportView): string {
  const wait = 'Once a fixed version is released the clock starts';
  return dueAt === undefined ? `${wait}.` : `${wait}; without one it is overdue after ${calendarOf(view)(dueAt)}.`;
}

function byPeople({ advisory, deadline, target, package: name }: ReportFinding): readonly string[] {
  if (deadline.state === 'withdrawn') return [];
  const gone = `${name} is no longer in ${target === '.' ? 'the root folder' : target}, or only in a version that is not affected`;
  const cleared = `It is closed once ${gone}.`;
  const accept = `Accepting the risk holds it until a date: fixby except add ${advisory.id}`;
  const reread =
    'A change of its severity, its range or its withdrawal by the publisher is taken over with the next run.';
  return [cleared, ...(deadline.state === 'accepted' || advisory.malware ? [] : [accept]), reread];
}
