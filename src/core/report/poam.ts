/** The report as a plan of action and milestones (POA&M): one item a weakness, as auditors of US federal systems keep them. */
import type { ClosedFinding } from '../model/closed-finding.ts';
import type { ReportFinding, ReportRenderer, ReportTarget, ReportView } from '../model/report.ts';
import { writeCsv, type CsvRow } from './csv/write.ts';
import { notChecked, notCovered, otherQuestions } from './first-screen.ts';
import { digestOf } from './identity.ts';
import { itemIds, type ItemIds } from './poam/ids.ts';
import {
  acceptanceWords,
  calendarOf,
  ENDING_WORDS,
  outcomeWords,
  packageWords,
  placeWords,
  remedyWords,
  type Calendar,
} from './words.ts';

const COLUMNS = [
  'POAM ID',
  'Status',
  'Status Date',
  'Controls',
  'Weakness Name',
  'Weakness Description',
  'Weakness Detector Source',
  'Weakness Source Identifier',
  'CVE',
  'Asset Identifier',
  'Point of Contact',
  'Overall Remediation Plan',
  'Original Detection Date',
  'Scheduled Completion Date',
  'Original Risk Rating',
  'Adjusted Risk Rating',
  'Vendor Dependency',
  'Deviation Rationale',
  'Known Exploited Since',
  'Previous POAM ID',
  'Comments',
] as const;

type Item = CsvRow<(typeof COLUMNS)[number]>;

/**
 * An item that was closed stays closed: what came back is a new item that refers to the old one, whatever had ended it. The
 * ids are the ledger's; a finding no ledger knows yet is named after its key.
 */
export const poamFormat: ReportRenderer = {
  render(view) {
    const calendar = calendarOf(view);
    const ids = itemIds(view);
    return writeCsv(COLUMNS, [
      verdictItem(view, calendar),
      ...view.findings.map((finding) => openItem(finding, view, { calendar, ids })),
      ...closedItems(view, { calendar, ids }),
      ...notChecked(view).map((target) => blindItem(target, view, calendar)),
      ...otherQuestions(view).map((question) => questionItem(question, view, calendar)),
    ]);
  },
};

// What the control catalogue calls it: RA-5 vulnerability monitoring, SI-2 flaw remediation. https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final
const REMEDIATION = 'SI-2';
const MONITORING = 'RA-5';

/** The first line is no item: a plan without one must not read as "nothing is weak". */
function verdictItem(view: ReportView, calendar: Calendar): Item {
  const { verdict, sentence, asOf, policy } = view;
  const uncovered = notCovered(view).map(({ message }) => message);
  return {
    'POAM ID': 'verdict',
    Status: verdict,
    'Status Date': calendar(asOf),
    'Weakness Description': sentence,
    Comments: [`Judged by ${placeWords(policy.source)}`, ...uncovered].join('. '),
  };
}

interface Naming {
  readonly calendar: Calendar;
  readonly ids: ItemIds;
}

function openItem(finding: ReportFinding, { asOf }: ReportView, { calendar, ids }: Naming): Item {
  const { advisory, deadline, exception, fix, severity, timeline } = finding;
  const accepted = deadline.state === 'accepted' && exception !== undefined;
  return {
    ...weaknessFields(finding),
    'POAM ID': ids.current(finding),
    Status: deadline.state === 'withdrawn' ? 'Withdrawn by its publisher' : accepted ? 'Risk accepted' : 'Open',
    'Status Date': calendar(asOf),
    'Weakness Description': advisory.summary,
    'Point of Contact': exception?.owner,
    'Overall Remediation Plan': remedyWords(finding),
    'Original Detection Date': dayOf(timeline.firstSeen, calendar),
    'Scheduled Completion Date': accepted ? exception.expires : dayOf(deadline.dueAt, calendar),
    'Original Risk Rating': finding.severityHistory?.[0]?.level ?? severity.level,
    'Adjusted Risk Rating': severity.level,
    'Vendor Dependency': fix.available ? 'No' : 'Yes',
    'Deviation Rationale': accepted ? acceptanceWords(exception) : undefined,
    'Known Exploited Since': dayOf(timeline.knownExploited, calendar),
    'Previous POAM ID': ids.before(finding),
    Comments: deadline.reason,
  };
}

/** Everything that ended by the ledger; what is still shown among the findings is no closed item. */
function closedItems({ closed = [], findings }: ReportView, naming: Naming): readonly Item[] {
  const shown = new Set(findings.map(({ ledgerId }) => ledgerId));
  const times = new Map<string, number>();
  return closed.flatMap((ending): readonly Item[] => {
    const { ledgerId, cameBackAt } = ending;
    const nth = (times.get(ledgerId) ?? 0) + 1;
    times.set(ledgerId, nth);
    return cameBackAt === undefined && shown.has(ledgerId) ? [] : [closedItem(ending, nth, naming)];
  });
}

function closedItem(ending: ClosedFinding, nth: number, { calendar, ids }: Naming): Item {
  const { advisory, by, cameBackAt, closedAt, firstSeen, into, ledgerId, previous, severity } = ending;
  const earlier = nth > 1 ? ids.nth(ledgerId, nth - 1) : previous && ids.last(previous);
  const next = cameBackAt === undefined ? ids.after(ledgerId) : ids.nth(ledgerId, nth + 1);
  return {
    ...weaknessFields(ending),
    'POAM ID': ids.nth(ledgerId, nth),
    Status: 'Closed',
    'Status Date': calendar(closedAt),
    'Weakness Description': advisory.summary,
    'Original Detection Date': calendar(firstSeen),
    'Original Risk Rating': severity.first,
    'Adjusted Risk Rating': severity.last,
    'Previous POAM ID': earlier,
    Comments: [`Closed: ${ENDING_WORDS[by]}.`, ...goesOn(into && ids.last(into)), ...cameBack(next)].join(' '),
  };
}

function goesOn(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [`It goes on as ${id}.`];
}

function cameBack(id: string | undefined): readonly string[] {
  return id === undefined ? [] : [`It came back as ${id}.`];
}

type Weakness = Pick<ClosedFinding, 'advisory' | 'location' | 'package' | 'seenBy' | 'target' | 'versions'>;

/** What open and closed items have in common. */
function weaknessFields(weakness: Weakness): Item {
  const { advisory, location, package: name, seenBy, target, versions } = weakness;
  return {
    Controls: REMEDIATION,
    'Weakness Name': `${advisory.id} in ${name}`,
    'Weakness Detector Source': seenBy.join(' '),
    'Weakness Source Identifier': advisory.id,
    CVE: [advisory.id, ...advisory.aliases].filter((id) => /^CVE-/i.test(id)).join(' '),
    'Asset Identifier': `${target}: ${packageWords({ package: name, versions })} (${placeWords(location)})`,
  };
}

function blindItem(target: ReportTarget, { asOf }: ReportView, calendar: Calendar): Item {
  const { path, auditor, mend } = target;
  return {
    'POAM ID': `unassessed-${digestOf(JSON.stringify([path, auditor])).slice(0, 16)}`,
    Status: 'Open',
    'Status Date': calendar(asOf),
    Controls: MONITORING,
    'Weakness Name': `${path} could not be assessed`,
    'Weakness Description': outcomeWords(target),
    'Weakness Detector Source': auditor,
    'Asset Identifier': path,
    'Overall Remediation Plan': mend,
  };
}

function questionItem(question: string, { asOf }: ReportView, calendar: Calendar): Item {
  return {
    'POAM ID': `unassessed-${digestOf(question).slice(0, 16)}`,
    Status: 'Open',
    'Status Date': calendar(asOf),
    Controls: MONITORING,
    'Weakness Name': 'Something could not be assessed',
    'Weakness Description': question,
  };
}

function dayOf(instant: string | undefined, calendar: Calendar): string | undefined {
  return instant === undefined ? undefined : calendar(instant);
}
