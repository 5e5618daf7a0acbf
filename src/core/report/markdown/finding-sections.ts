/** The findings in Markdown: what is due first, all of them by state, and what each deadline rests on. */
import { DEADLINE_STATES } from '../../model/deadline.ts';
import type { ReportFinding, ReportView } from '../../model/report.ts';
import { breaksDiffer, dueFirst, inState } from '../first-screen.ts';
import {
  STATE_WORDS,
  acceptanceWords,
  calendarOf,
  carriedWords,
  dueWords,
  fixWords,
  likelihoodWords,
  packageWords,
  placeWords,
  seenWords,
  severityWords,
  timelineWords,
  type Calendar,
} from '../words.ts';
import { code, heading, join, link, list, own, paragraph, said, table, type Phrase, type Section } from './nodes.ts';

const FIRST_FINDINGS = 10;
const COLUMNS = ['Due', 'Severity', 'Package', 'Target', 'Advisory', 'Fix'];

/** The findings somebody has to act on. */
export function dueSection(view: ReportView): Section {
  const urgent = dueFirst(view);
  if (urgent.length === 0) return [];
  const shown = urgent.slice(0, FIRST_FINDINGS);
  const calendar = calendarOf(view);
  const hidden = urgent.length - shown.length;
  return [
    heading(2, 'Due first'),
    table(
      COLUMNS,
      shown.map((finding) => findingCells(finding, calendar, breaksDiffer(shown))),
    ),
    ...(breaksDiffer(shown) ? [paragraph(own('✖ made this run fail.'))] : []),
    ...(hidden > 0 ? [paragraph(own(`And ${hidden} more below.`))] : []),
  ];
}

function findingCells(finding: ReportFinding, calendar: Calendar, marked = false): readonly Phrase[] {
  const mark = marked && finding.breaks ? own('✖ ') : [];
  return [
    [...mark, ...said(dueWords(finding, calendar))],
    own(finding.severity.level),
    code(packageWords(finding)),
    code(finding.target),
    link(finding.advisory.id, finding.advisory.url),
    said(fixWords(finding)),
  ];
}

/** Every finding, a table a state. */
export function findingsSection(view: ReportView): Section {
  const calendar = calendarOf(view);
  const groups = DEADLINE_STATES.map((state) => ({ state, findings: inState(view, state) })).filter(
    ({ findings }) => findings.length > 0,
  );
  if (groups.length === 0)
    return [heading(2, 'Findings'), paragraph(own('None was reported by the audits listed under coverage.'))];
  const tables = groups.flatMap(({ state, findings }) => [
    heading(3, `${capitalize(STATE_WORDS[state])} (${findings.length})`),
    table(
      COLUMNS,
      findings.map((finding) => findingCells(finding, calendar)),
    ),
  ]);
  return [heading(2, 'Findings'), ...tables];
}

/** Reason, dates, sources and paths of every finding: what a reader needs to check a deadline by hand. */
export function deadlinesSection(view: ReportView): Section {
  if (view.findings.length === 0) return [];
  const calendar = calendarOf(view);
  return [
    heading(2, 'How each deadline was computed'),
    list(view.findings.map((finding) => explain(finding, view, calendar))),
  ];
}

function explain(finding: ReportFinding, view: ReportView, calendar: Calendar): Phrase {
  const { advisory, deadline, target, location } = finding;
  const facts: readonly Phrase[] = [
    [
      ...code(packageWords(finding)),
      ...own(' in '),
      ...code(target),
      ...own(': '),
      ...code(advisory.id),
      ...aliasPhrase(finding),
    ],
    said(withoutStop(advisory.summary)),
    said(withoutStop(deadline.reason)),
    fact('Dates: ', timelineWords(finding, calendar).join('; ')),
    fact('Severity: ', severityWords(finding)),
    fact('Likelihood of exploitation: ', likelihoodWords(finding)),
    pathPhrase(finding),
    fact('Shipped in ', carriedWords(finding, view, calendar).join(', ')),
    acceptancePhrase(finding),
    [
      ...own('Stated in '),
      ...code(placeWords(location)),
      ...own(', seen by '),
      ...said(seenWords(finding)),
      ...partialPhrase(finding),
    ],
  ];
  return join(
    facts.filter(({ length }) => length > 0),
    '. ',
  );
}

/** Facts are set apart by full stops of our own. */
function withoutStop(sentence: string): string {
  return sentence.trimEnd().replace(/\.$/, '');
}

function fact(name: string, text: string): Phrase {
  return text === '' ? [] : [...own(name), ...said(text)];
}

function aliasPhrase({ advisory: { aliases, malware } }: ReportFinding): Phrase {
  const names = aliases.length === 0 ? [] : [...own(' (also '), ...join(aliases.map(code), ', '), ...own(')')];
  return malware ? [...names, ...own(', malware')] : names;
}

function pathPhrase({ paths, pathsOmitted }: ReportFinding): Phrase {
  if (paths.length === 0) return [];
  const chains = join(
    paths.map((path) => code(path.join(' > '))),
    ', ',
  );
  return [...own('Comes in by '), ...chains, ...own(pathsOmitted > 0 ? ` and ${pathsOmitted} more` : '')];
}

function acceptancePhrase({ exception }: ReportFinding): Phrase {
  if (exception === undefined) return [];
  return fact('Accepted until ', `${exception.expires}: ${acceptanceWords(exception)}`);
}

function partialPhrase({ fromCompleteAudit }: ReportFinding): Phrase {
  return fromCompleteAudit ? [] : own('; this audit was only partial');
}

function capitalize(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
