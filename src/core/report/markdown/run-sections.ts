/** The run in Markdown: verdict, what could not be checked, counts, coverage with its evidence, policy and problems. */
import { DEADLINE_STATES } from '../../model/deadline.ts';
import type { ReportTarget, ReportView } from '../../model/report.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { describeWindow } from '../../model/window-words.ts';
import { notChecked, notCovered } from '../first-screen.ts';
import { nextSteps } from '../next-steps.ts';
import { STATE_WORDS, VERDICT_WORDS, count, minuteOf, outcomeWords, placeWords } from '../words.ts';
import { code, heading, join, list, own, paragraph, said, table, type Phrase, type Section } from './nodes.ts';

const FIRST_BROKEN = 20;

/** The verdict, its causes, and what was judged when. */
export function headlineSection(view: ReportView): Section {
  const { mark, word } = VERDICT_WORDS[view.verdict];
  const causes = [...brokenEntries(view), ...view.open.map(said)];
  return [
    heading(1, `${mark} ${word}`),
    paragraph(said(view.sentence)),
    paragraph(...contextPhrases(view)),
    ...(causes.length === 0 ? [] : [list(causes)]),
  ];
}

/** What broke stands again below, finding by finding; what is open may stand nowhere else and is never cut. */
function brokenEntries({ broken }: ReportView): readonly Phrase[] {
  const shown = broken.slice(0, FIRST_BROKEN).map(said);
  return broken.length > shown.length ? [...shown, own(`and ${broken.length - shown.length} more below`)] : shown;
}

function contextPhrases({ command, tool, repository, asOf, generatedAt }: ReportView): readonly Phrase[] {
  const { branch, commit } = repository;
  const checkout = [...(branch === undefined ? [] : [code(branch)]), ...(commit === undefined ? [] : [code(commit)])];
  return [
    code(`fixby ${command}`),
    own(' '),
    code(tool.version),
    ...(checkout.length === 0 ? [] : [own(' of '), join(checkout, ' at ')]),
    own(`, judged as of ${minuteOf(asOf)}, audited ${minuteOf(generatedAt)}.`),
  ];
}

/** Targets nobody can vouch for. */
export function uncheckedSection(view: ReportView): Section {
  const blind = notChecked(view);
  if (blind.length === 0) return [];
  const rows = blind.map((target) => [
    code(target.path),
    code(target.auditor),
    said(outcomeWords(target)),
    said(target.mend ?? ''),
  ]);
  return [heading(2, 'Could not be checked'), table(['Target', 'Auditor', 'Why', 'What to do'], rows)];
}

/** Ecosystems no auditor covers. */
export function notCoveredSection(view: ReportView): Section {
  const uncovered = notCovered(view);
  if (uncovered.length === 0) return [];
  return [heading(2, 'Not covered'), list(uncovered.map(({ message, mend }) => said(`${message} ${mend}`)))];
}

/** What to do now. */
export function nextSection(view: ReportView): Section {
  return [heading(2, 'Next'), list(nextSteps(view).map(said), true)];
}

/** How many findings in each state and of each severity. */
export function summarySection({ summary: { byState, bySeverity, coverage } }: ReportView): Section {
  return [
    heading(2, 'Summary'),
    table(
      DEADLINE_STATES.map((state) => STATE_WORDS[state]),
      [DEADLINE_STATES.map((state) => own(String(byState[state])))],
    ),
    table([...SEVERITY_LEVELS], [SEVERITY_LEVELS.map((level) => own(String(bySeverity[level])))]),
    paragraph(
      own(
        `${coverage.audited} of ${count(coverage.targets, 'target')} audited, ${coverage.unavailable} not available, ${coverage.notApplicable} not applicable; `,
      ),
      own(`${coverage.packagesAudited} of ${count(coverage.packages, 'package')} answered for.`),
    ),
  ];
}

/** Who looked at what with which tool, so that every claim can be traced. */
export function coverageSection({ targets }: ReportView): Section {
  if (targets.length === 0) return [heading(2, 'Coverage'), paragraph(own('No target was found.'))];
  const header = ['Target', 'Auditor', 'Tool version', 'Outcome', 'Packages', 'Audited', 'Skipped', 'Lock', 'SHA-256'];
  const evidence = targets.map((target) => evidencePhrase(target)).filter(({ length }) => length > 0);
  return [
    heading(2, 'Coverage'),
    table(header, targets.map(coverageCells)),
    ...(evidence.length === 0 ? [] : [list(evidence)]),
  ];
}

function coverageCells({ path, auditor, tool, outcome, coverage, lockfile }: ReportTarget): readonly Phrase[] {
  const counts = [coverage.packages, coverage.audited, coverage.skipped.length].map((number) => own(String(number)));
  const lock = lockfile === undefined ? [own('none'), own('')] : [code(lockfile.path), code(lockfile.sha256)];
  return [
    code(path),
    code(auditor),
    tool.version === '' ? own('none') : code(tool.version),
    own(outcome),
    ...counts,
    ...lock,
  ];
}

function evidencePhrase({ path, runs, source, coverage, notes }: ReportTarget): Phrase {
  const facts = [
    [...own('advisories from '), ...said(source)],
    ...runs.map(({ argv, version, exitCode }) => [
      ...own('ran '),
      ...code(argv.join(' ')),
      ...own(' ('),
      ...code(version),
      ...own(`, exit ${exitCode ?? 'none'})`),
    ]),
    ...coverage.skipped.map(({ name, version, reason }) => [
      ...own('skipped '),
      ...code(version === undefined ? name : `${name}@${version}`),
      ...own(': '),
      ...said(reason),
    ]),
    ...notes.map(said),
  ];
  return [...code(path), ...own(': '), ...join(facts, '; ')];
}

/** The policy as understood, with the words and the line each window came from. */
export function policySection({ policy, nextRelease }: ReportView): Section {
  const rows = policy.windows.map(({ severity, window, text, note, ...place }) => [
    own(severity),
    said(describeWindow(window)),
    said(text),
    code(placeWords(place)),
    said(note ?? ''),
  ]);
  const releases = nextRelease.last === undefined ? [] : [own(' Last release '), code(nextRelease.last), own('.')];
  return [
    heading(2, 'Policy'),
    paragraph(
      ...[own('From '), code(placeWords(policy.source)), own(' (SHA-256 '), code(policy.source.sha256), own('). ')],
      ...[
        own('Clock: '),
        code(policy.clock),
        own(', unknown severity judged as '),
        code(policy.unknownAs),
        own(', days end in '),
        code(policy.timeZone),
        own('.'),
      ],
      ...releases,
    ),
    table(['Severity', 'Window', 'Words', 'Line', 'Understood as'], rows),
  ];
}

/** What else a reader must know, blocking problems first. */
export function problemsSection({ problems }: ReportView): Section {
  if (problems.length === 0) return [];
  const rows = problems.map(({ target, code: name, message, mend, blocks }) => [
    target === null ? own('whole run') : code(target),
    code(name),
    own(blocks ? 'yes' : 'no'),
    said(message),
    said(mend),
  ]);
  return [
    heading(2, 'Problems'),
    table(['Target', 'Code', 'Leaves a question open', 'What was met', 'What to do'], rows),
  ];
}
