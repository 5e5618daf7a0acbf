/** The sections of a first screen, each as lines: verdict, what is due, what could not be checked, counts, policy. */
import { describeWindow } from '../../model/window-words.ts';
import type { ReportTarget } from '../../model/report.ts';
import { DEADLINE_STATES } from '../../model/deadline.ts';
import { SEVERITY_LEVELS } from '../../model/severity.ts';
import { terminalText } from '../escape.ts';
import { countsDiffer, dueFirst, inState, notChecked } from '../first-screen.ts';
import { nextSteps } from '../next-steps.ts';
import { STATE_WORDS, VERDICT_WORDS, count, minuteOf, packageWords, placeWords } from '../words.ts';
import { drawFindings } from './finding-table.ts';
import { wrap } from './lines.ts';
import type { Screen } from './screen.ts';

/** A section's lines; none when it has nothing to say. */
export type Section = (screen: Screen) => readonly string[];

// What one screen holds before the reader has to scroll.
const FIRST_FINDINGS = 10;
const FIRST_ENTRIES = 5;

/** The verdict, its cause in one sentence, and what was judged when. */
export const headline: Section = ({ view, width, paint }) => {
  const { mark, word } = VERDICT_WORDS[view.verdict];
  const [first = '', ...rest] = wrap(view.sentence, width, `${mark} ${word}  `);
  const sign = `${mark} ${word}`;
  const { branch, commit } = view.repository;
  const checkout = [branch, commit?.slice(0, 12)].filter((part) => part !== undefined).join(' at ');
  const context = `fixby ${view.tool.version} ${view.command}${checkout === '' ? '' : ` of ${checkout}`}, judged as of ${minuteOf(view.asOf)}`;
  return [
    paint.verdict[view.verdict](sign) + first.slice(sign.length),
    ...rest,
    ...wrap(context, width).map(paint.aside),
  ];
};

/** The findings somebody has to act on. */
export const dueSection: Section = (screen) => {
  const { view, width, paint } = screen;
  const urgent = dueFirst(view);
  if (urgent.length === 0) return [];
  const shown = urgent.slice(0, FIRST_FINDINGS);
  return [
    paint.heading('Due first'),
    ...drawFindings(shown, screen),
    ...(countsDiffer(shown) ? ['  ✖ counts for the verdict of this run'] : []),
    ...remainder(urgent.length - shown.length, screen),
  ].flatMap((line) => (line.startsWith('  …') ? wrap(line.trim(), width, '  ') : [line]));
};

/** Targets and packages nobody can vouch for, each with why and what mends it. */
export const uncheckedSection: Section = (screen) => {
  const { view, width, paint } = screen;
  const blind = notChecked(view);
  const gaps = view.targets.filter(({ outcome, coverage }) => outcome === 'audited' && coverage.skipped.length > 0);
  const lines = [
    ...blind.flatMap((target) => describeBlind(target, width)),
    ...gaps.flatMap((target) => describeGap(target, screen)),
  ];
  const open = lines.length === 0 ? view.open.slice(0, FIRST_ENTRIES).flatMap((text) => wrap(text, width, '  ? ')) : [];
  const all = [...lines, ...open];
  return all.length === 0 ? [] : [paint.heading('Could not be checked'), ...all];
};

function describeBlind(
  { path, ecosystem, auditor, reason, message, mend }: ReportTarget,
  width: number,
): readonly string[] {
  const who = auditor === 'none' ? ecosystem : auditor;
  return [
    ...wrap(`${path} (${who}): ${message ?? 'no reason given'} [${reason ?? 'unknown'}]`, width, '  ? '),
    ...(mend === undefined || mend === '' ? [] : wrap(mend, width, '    → ')),
  ];
}

function describeGap({ path, coverage }: ReportTarget, { width, verbose }: Screen): readonly string[] {
  const shown = verbose ? coverage.skipped : coverage.skipped.slice(0, 3);
  const names = shown.map(
    ({ name, version, reason }) => `${name}${version === undefined ? '' : `@${version}`} (${reason})`,
  );
  const hidden = coverage.skipped.length - shown.length;
  const list = names.join(', ') + (hidden > 0 ? ` and ${hidden} more` : '');
  return wrap(`${path}: ${count(coverage.skipped.length, 'package')} not audited: ${list}`, width, '  ? ');
}

/** Findings that wait for somebody else's release. */
export const awaitingSection: Section = ({ view, width, paint, verbose }) => {
  const waiting = inState(view, 'awaiting-fix');
  if (waiting.length === 0) return [];
  const shown = verbose ? waiting : waiting.slice(0, FIRST_ENTRIES);
  const names = shown.map(
    (finding) => `${packageWords(finding)} in ${finding.target} (${finding.severity.level}, ${finding.advisory.id})`,
  );
  const hidden = waiting.length - shown.length;
  const list = [...names, ...(hidden > 0 ? [`and ${hidden} more`] : [])];
  return [paint.heading(`Awaiting a fix (${waiting.length})`), ...list.flatMap((line) => wrap(line, width, '  '))];
};

/** Counts, coverage and the policy, a line each. */
export const summarySection: Section = ({ view, width }) => {
  const { byState, bySeverity, coverage } = view.summary;
  const states = DEADLINE_STATES.flatMap((state) =>
    byState[state] > 0 ? [`${byState[state]} ${STATE_WORDS[state]}`] : [],
  );
  const levels = SEVERITY_LEVELS.flatMap((level) => (bySeverity[level] > 0 ? [`${bySeverity[level]} ${level}`] : []));
  const found = view.findings.length === 0 ? 'none reported' : states.join(' · ');
  const checked = [
    `${coverage.audited} of ${count(coverage.targets, 'target')} audited`,
    `${coverage.packagesAudited} of ${count(coverage.packages, 'package')}`,
  ];
  const aside = coverage.notApplicable === 0 ? [] : [`${coverage.notApplicable} not applicable`];
  return [
    ...wrap(found, width, 'Findings  '),
    ...(levels.length === 0 ? [] : wrap(levels.join(' · '), width, '          ')),
    ...wrap([...checked, ...aside].join(' · '), width, 'Coverage  '),
    ...wrap([placeWords(view.policy.source), ...policyWords(view.policy.windows)].join(' · '), width, 'Policy    '),
  ];
};

function policyWords(windows: Screen['view']['policy']['windows']): readonly string[] {
  return windows.map(({ severity, window }) => `${severity} ${describeWindow(window)}`);
}

/** What else a reader must know, blocking problems first. */
export const problemSection: Section = (screen) => {
  const { view, width, paint, verbose } = screen;
  if (view.problems.length === 0) return [];
  const shown = verbose ? view.problems : view.problems.slice(0, FIRST_ENTRIES);
  const lines = shown.flatMap(({ target, code, message, mend, blocks }) => [
    ...wrap(`${code}${target === null ? '' : ` in ${target}`}: ${message}`, width, blocks ? '  ? ' : '  ! '),
    ...(mend === '' ? [] : wrap(mend, width, '    → ')),
  ]);
  return [
    paint.heading(`Problems (${view.problems.length})`),
    ...lines,
    ...remainder(view.problems.length - shown.length, screen),
  ];
};

/** What to do now, and where the rest is written. */
export const nextSection: Section = ({ view, width, paint, files }) => [
  paint.heading('Next:'),
  ...nextSteps(view).flatMap((step, index) => wrap(step, width, `  ${index + 1}. `)),
  ...(files.length === 0 ? [] : [terminalText(`Full report: ${files.join(', ')}`)]),
];

function remainder(hidden: number, { files }: Screen): readonly string[] {
  if (hidden <= 0) return [];
  const where = files.length === 0 ? '--verbose shows all' : `--verbose shows all, and so does the report file`;
  return [`  … and ${hidden} more; ${where}`];
}
