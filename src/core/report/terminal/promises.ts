/** The promises of a report on a first screen: the numbers, and what is broken with its mend. */
import type { ReportView } from '../../model/report.ts';
import { mendsOf } from '../promises/words.ts';
import { clip, wrap } from './lines.ts';
import { remainder, type Section } from './screen.ts';

const LONGEST_SENTENCE = 120;

/** Nothing where none is broken. */
export const promiseSection: Section = (screen) => {
  const { view, paint, width } = screen;
  const broken = (view.promises?.promises ?? []).filter(({ verdict }) => verdict === 'broken');
  if (broken.length === 0) return [];
  const { shown, hidden } = screen.first(broken);
  const lines = shown.flatMap((row) => [
    ...wrap(`${row.file}:${row.line} “${clip(row.text, LONGEST_SENTENCE)}”`, width, '  ✖ '),
    ...mendsOf(row)
      .slice(0, 1)
      .flatMap((mend) => wrap(mend, width, '    → ')),
  ]);
  return [paint.heading(`Broken promises (${broken.length})`), ...lines, ...remainder(hidden, screen)];
};

/** The numbers, each as an item; none where there are no promises. */
export function promiseWords({ promises }: ReportView): readonly string[] {
  if (promises === undefined || promises.promises.length === 0) return [];
  const { broken, kept, cannotTell, forAPerson } = promises.summary;
  return [
    `${broken} broken`,
    `${kept} kept`,
    ...(cannotTell === forAPerson ? [] : [`${cannotTell - forAPerson} cannot be told`]),
    ...(forAPerson === 0 ? [] : [`${forAPerson} for a person`]),
    '`fixby promises` says why',
  ];
}
