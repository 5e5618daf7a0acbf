/** The section that must never be missing: targets and packages nobody can vouch for, with why and what mends it. */
import type { ReportTarget } from '../../model/report.ts';
import { notChecked, otherQuestions } from '../first-screen.ts';
import { count } from '../words.ts';
import { wrap } from './lines.ts';
import { bounded, remainder, type Screen, type Section } from './screen.ts';

const FIRST_GAPS = 3;

/** What could not be looked at: targets, packages, and whatever else the judgement left open, in its own words. */
export const uncheckedSection: Section = (screen) => {
  const { view, paint, width } = screen;
  const gaps = view.targets.filter(
    ({ outcome, coverage, secondOpinion }) =>
      outcome === 'audited' && coverage.skipped.length > 0 && secondOpinion !== true,
  );
  const named = [
    ...notChecked(view).map((target) => describeBlind(target, screen)),
    ...gaps.map((target) => describeGap(target, screen)),
  ];
  const entries = [...named, ...otherQuestions(view).map((text) => wrap(bounded(text, screen), width, '  ? '))];
  if (entries.length === 0) return [];
  const { shown, hidden } = screen.first(entries);
  return [paint.heading('Could not be checked'), ...shown.flat(), ...remainder(hidden, screen)];
};

function describeBlind(target: ReportTarget, screen: Screen): readonly string[] {
  const { path, ecosystem, auditor, reason = 'unknown', message = 'no reason was given', mend = '' } = target;
  const who = auditor === 'none' ? ecosystem : auditor;
  return [
    ...wrap(`${path} (${who}): ${bounded(message, screen)} [${reason}]`, screen.width, '  ? '),
    ...(mend === '' ? [] : wrap(bounded(mend, screen), screen.width, '    → ')),
  ];
}

function describeGap({ path, coverage: { skipped } }: ReportTarget, screen: Screen): readonly string[] {
  const shown = screen.verbose ? skipped : skipped.slice(0, FIRST_GAPS);
  const names = shown.map(({ name, version, reason }) => {
    return `${name}${version === undefined ? '' : `@${version}`} (${bounded(reason, screen)})`;
  });
  const rest = skipped.length > shown.length ? ` and ${skipped.length - shown.length} more` : '';
  const text = `${path}: ${count(skipped.length, 'package')} not audited: ${names.join(', ')}${rest}`;
  return wrap(text, screen.width, '  ? ');
}
