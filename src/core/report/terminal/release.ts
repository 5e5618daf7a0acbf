/** The sections of a release on a terminal: what stands in its way with what clears it, and what goes out with it. */
import { BLOCKER_WORDS, cargo, releaseWords, whatIfWords } from '../release-words.ts';
import { dueWords, packageWords } from '../words.ts';
import { clip, wrap } from './lines.ts';
import { bounded, remainder, type Section } from './screen.ts';

const FIRST_BLOCKERS = 20;

/** Which release is meant, and which moment. */
export const plannedSection: Section = ({ view, width }) => {
  if (view.release === undefined) return [];
  const whatIf = whatIfWords(view);
  return [releaseWords(view.release), ...(whatIf === null ? [] : [whatIf])].flatMap((text) => wrap(text, width));
};

/** Every reason but what could not be checked, which has a section of its own. */
export const blockerSection: Section = (screen) => {
  const { view, paint, width, verbose } = screen;
  const blockers = view.release?.blockers.filter(({ code }) => code !== 'not-audited') ?? [];
  if (blockers.length === 0) return [];
  const shown = verbose ? blockers : blockers.slice(0, FIRST_BLOCKERS);
  const lines = shown.flatMap(({ code, message, clears }) => [
    ...wrap(`${BLOCKER_WORDS[code]}: ${bounded(message, screen)}`, width, '  ✖ '),
    ...(clears === '' ? [] : wrap(bounded(clears, screen), width, '    → ')),
  ]);
  return [paint.heading('In its way'), ...lines, ...remainder(blockers.length - shown.length, screen)];
};

/** What is known of and goes out all the same. */
export const cargoSection: Section = (screen) => {
  const findings = cargo(screen.view);
  if (findings.length === 0) return [];
  const { shown, hidden } = screen.first(findings);
  const lines = shown.flatMap((finding) => {
    const facts = [finding.severity.level, clip(finding.advisory.id, 40), dueWords(finding, screen.calendar)];
    const what = `${clip(packageWords(finding), 64)} in ${clip(finding.target, 48)}`;
    return wrap(`${what} (${facts.join(', ')})`, screen.width, '  ');
  });
  return [screen.paint.heading(`Goes out with it (${findings.length})`), ...lines, ...remainder(hidden, screen)];
};
