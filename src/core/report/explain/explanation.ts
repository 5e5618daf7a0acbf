/** Puts together everything a deadline rests on, as a value: each date with who says it, the rule, the count, the way out. */
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { describeWindow } from '../../model/window-words.ts';
import { describeChanges } from './changes.ts';
import { describeUpgrade, type Upgrade } from './upgrade.ts';

type DateName = keyof ReportFinding['timeline'];

/** One date of a finding; without `at` it is not known. */
export interface ExplainedDate {
  readonly name: DateName;
  readonly at?: string;
  readonly source?: string;
  readonly startsClock: boolean;
}

/** The line of the policy that applies, quoted. `judgedAs` differs from the severity where nobody states one. */
export interface ExplainedRule {
  readonly judgedAs: string;
  readonly window: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly note?: string;
  /** Set where another window than that of the severity applies, such as that of known-exploited findings. */
  readonly applied?: string;
}

/** One finding with what its deadline rests on. */
export interface ExplainedFinding {
  readonly finding: ReportFinding;
  readonly dates: readonly ExplainedDate[];
  readonly clock: string;
  readonly rule?: ExplainedRule;
  /** Step by step, a sentence each. */
  readonly arithmetic: readonly string[];
  readonly upgrade: Upgrade;
  /** Tags whose lock carried it, with their moment where it is known. */
  readonly carriedBy: readonly { readonly tag: string; readonly at?: string }[];
  readonly changes: readonly string[];
}

/** Explains one finding of a report. `arithmetic` is the count of its deadline. */
export function explainFinding(
  finding: ReportFinding,
  view: ReportView,
  arithmetic: readonly string[],
): ExplainedFinding {
  const upgrade = describeUpgrade(finding);
  const rule = ruleOf(finding, view);
  return {
    finding,
    dates: datesOf(finding),
    clock: clockWords(finding, view),
    ...(rule === undefined ? {} : { rule }),
    arithmetic,
    upgrade,
    carriedBy: carriersOf(finding, view),
    changes: describeChanges(finding, view),
  };
}

const DATES: readonly DateName[] = ['introduced', 'published', 'fixReleased', 'firstSeen', 'knownExploited'];
const STARTED_BY: Readonly<Partial<Record<string, DateName>>> = {
  introduced: 'introduced',
  published: 'published',
  'fix released': 'fixReleased',
  'first seen': 'firstSeen',
};

function datesOf({ timeline, timelineSources, deadline }: ReportFinding): readonly ExplainedDate[] {
  const started = deadline.startedBy === undefined ? undefined : STARTED_BY[deadline.startedBy];
  return DATES.map((name) => {
    const [at, source] = [timeline[name], timelineSources[name]];
    return {
      name,
      ...(at === undefined ? {} : { at }),
      ...(source === undefined ? {} : { source }),
      startsClock: name === started,
    };
  });
}

const CLOCKS: Readonly<Partial<Record<string, string>>> = {
  act: 'The clock starts when a person could have acted: the latest of introduced, published and fix released.',
  introduced: 'The policy counts from the day it was introduced.',
  published: 'The policy counts from the day the advisory was published.',
  fixReleased: 'The policy counts from the day a fixed version was released.',
  firstSeen: 'The policy counts from the day it was first seen.',
};

function clockWords({ deadline: { startedAt, startedBy, state } }: ReportFinding, { policy }: ReportView): string {
  const rule = CLOCKS[policy.clock] ?? `The policy counts from ${policy.clock}.`;
  if (startedAt === undefined) return `${rule} It was not started.`;
  const paused = state === 'awaiting-fix' ? ', and waits for a fix' : '';
  return `${rule} Here that is ${startedBy ?? 'a date'}, ${startedAt}${paused}.`;
}

function ruleOf({ severity, deadline }: ReportFinding, { policy }: ReportView): ExplainedRule | undefined {
  const judgedAs = severity.level === 'unknown' ? policy.unknownAs : severity.level;
  const granted = policy.windows.find((window) => window.severity === judgedAs);
  if (granted === undefined) return undefined;
  const { window, text, file, line, note } = granted;
  const [own, applied] = [describeWindow(window), describeWindow(deadline.window)];
  return {
    ...{ judgedAs, window: own, text, file, line },
    ...(note === undefined ? {} : { note }),
    ...(own === applied ? {} : { applied }),
  };
}

function carriersOf({ carriedBy }: ReportFinding, { releases = [] }: ReportView): ExplainedFinding['carriedBy'] {
  return carriedBy.map((tag) => {
    const at = releases.find((release) => release.tag === tag)?.at;
    return { tag, ...(at === undefined ? {} : { at }) };
  });
}
