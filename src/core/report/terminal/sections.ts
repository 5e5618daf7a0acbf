/** The sections of a first screen, each as lines: verdict, what is due, what waits, counts, problems, what to do. */
import { NOT_COVERED, type Problem } from '../../model/problem.ts';
import { breaksDiffer, dueFirst, inState, notCovered, unsaidProblems } from '../first-screen.ts';
import { nextSteps } from '../next-steps.ts';
import { VERDICT_WORDS, minuteOf, packageWords, runWords, seenWords } from '../words.ts';
import { drawFindings } from './finding-table.ts';
import { clip, wrap } from './lines.ts';
import { bounded, remainder, type Screen, type Section } from './screen.ts';

const FIRST_FINDINGS = 10;

/** The verdict, its cause in one sentence, and what was judged when. */
export const headline: Section = ({ view, width, paint }) => {
  const { mark, word } = VERDICT_WORDS[view.verdict];
  const sign = `${mark} ${word}`;
  const [first = '', ...rest] = wrap(view.sentence, width, `${sign}  `);
  const context = wrap(`${runWords(view)}, judged as of ${minuteOf(view.asOf)}`, width);
  return [paint.verdict[view.verdict](sign) + first.slice(sign.length), ...rest, ...context.map(paint.aside)];
};

/** The findings somebody has to act on; in a failure without any, what broke the policy instead. */
export const dueSection: Section = (screen) => {
  const { view, paint } = screen;
  const urgent = dueFirst(view);
  if (urgent.length === 0) return view.verdict === 'fail' ? brokenLines(screen) : [];
  const shown = urgent.slice(0, FIRST_FINDINGS);
  return [
    paint.heading('Due first'),
    ...drawFindings(shown, screen),
    ...(breaksDiffer(shown) ? ['  ✖ made this run fail'] : []),
    ...remainder(urgent.length - shown.length, screen),
  ];
};

function brokenLines(screen: Screen): readonly string[] {
  const { view, paint, width } = screen;
  if (view.broken.length === 0) return [];
  const { shown, hidden } = screen.first(view.broken);
  const lines = shown.flatMap((text) => wrap(bounded(text, screen), width, '  ✖ '));
  return [paint.heading('Broken'), ...lines, ...remainder(hidden, screen)];
}

/** Findings that wait for somebody else's release. */
export const awaitingSection: Section = (screen) => {
  const waiting = inState(screen.view, 'awaiting-fix');
  if (waiting.length === 0) return [];
  const { shown, hidden } = screen.first(waiting);
  const lines = shown.flatMap((finding) => {
    const facts = [finding.severity.level, clip(finding.advisory.id, 40)].join(', ');
    return wrap(`${clip(packageWords(finding), 64)} in ${clip(finding.target, 48)} (${facts})`, screen.width, '  ');
  });
  return [screen.paint.heading(`Awaiting a fix (${waiting.length})`), ...lines, ...remainder(hidden, screen)];
};

/** Findings that one auditor saw and another that looked did not: they count, and why they disagree is worth a look. */
export const dissentSection: Section = (screen) => {
  const disputed = screen.view.findings.filter(({ dissent = [] }) => dissent.length > 0);
  if (disputed.length === 0) return [];
  const { shown, hidden } = screen.first(disputed);
  const lines = shown.flatMap((finding) => {
    const what = `${clip(packageWords(finding), 64)} in ${clip(finding.target, 48)}, ${clip(finding.advisory.id, 40)}`;
    return wrap(`${what}: seen by ${bounded(seenWords(finding), screen)}`, screen.width, '  ');
  });
  return [screen.paint.heading(`Auditors disagree (${disputed.length})`), ...lines, ...remainder(hidden, screen)];
};

/** What else a reader must know, blocking problems first; what stands under "Could not be checked" is not said twice. */
export const problemSection: Section = (screen) => {
  const { view, paint, verbose } = screen;
  const fresh = verbose ? view.problems.filter(({ code }) => code !== NOT_COVERED) : unsaidProblems(view);
  if (fresh.length === 0) return [];
  const { shown, hidden } = screen.first(fresh);
  const lines = shown.flatMap((problem) => describeProblem(problem, screen));
  return [paint.heading(`Problems (${fresh.length})`), ...lines, ...remainder(hidden, screen)];
};

/** Ecosystems that no auditor covers: whatever the verdict says, it does not speak of them. */
export const notCoveredSection: Section = (screen) => {
  const uncovered = notCovered(screen.view);
  if (uncovered.length === 0) return [];
  const { shown, hidden } = screen.first(uncovered);
  const lines = shown.flatMap(({ message, mend }) => [
    ...wrap(bounded(message, screen), screen.width, '  ! '),
    ...wrap(bounded(mend, screen), screen.width, '    → '),
  ]);
  return [screen.paint.heading(`Not covered (${uncovered.length})`), ...lines, ...remainder(hidden, screen)];
};

function describeProblem({ target, code, message, mend, blocks }: Problem, screen: Screen): readonly string[] {
  const where = target === null ? '' : ` in ${target}`;
  return [
    ...wrap(`${code}${where}: ${bounded(message, screen)}`, screen.width, blocks ? '  ? ' : '  ! '),
    ...(mend === '' ? [] : wrap(bounded(mend, screen), screen.width, '    → ')),
  ];
}

/** What to do now, and where the rest is written. */
export const nextSection: Section = ({ view, width, paint, files }) => [
  paint.heading('Next:'),
  ...nextSteps(view).flatMap((step, index) => wrap(step, width, `  ${index + 1}. `)),
  ...(files.length === 0 ? [] : wrap(files.join(' '), width, 'Whole report: ')),
];
