/** A comparison as Markdown: one table a kind of change, for a pull request or a chat. */
import { CHANGES } from '../../model/report-diff.ts';
import type { Change, DiffFormat, DiffRow, ReportDiff } from '../../model/report-diff.ts';
import { code, heading, join, link, list, own, paragraph, said, table, type Section } from '../markdown/nodes.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { minuteOf } from '../words.ts';
import { CHANGE_WORDS, packageOf, standing } from './words.ts';

/** The whole comparison. */
export const markdownDiff: DiffFormat = {
  name: 'markdown',
  render: (diff) =>
    writeMarkdown([
      heading(1, 'What changed'),
      paragraph(said(diff.sentence)),
      table(['', 'Report', 'As of', 'Verdict'], [sideCells('Before', diff.before), sideCells('After', diff.after)]),
      ...(diff.notes.length === 0 ? [] : [list(diff.notes.map(said))]),
      ...CHANGES.flatMap((change) => sectionOf(change, diff)),
    ]),
};

function sideCells(which: string, { name, asOf, verdict }: ReportDiff['before']): Parameters<typeof table>[1][number] {
  return [own(which), code(name), said(minuteOf(asOf)), own(verdict)];
}

function sectionOf(change: Change, { changes }: ReportDiff): Section {
  const rows = changes.filter((row) => row.change === change);
  if (rows.length === 0) return [];
  const { title } = CHANGE_WORDS[change];
  return [
    heading(2, `${title} (${rows.length})`),
    table(['Folder', 'Package', 'Advisory', 'Standing', 'Fix', 'Why'], rows.map(cellsOf)),
  ];
}

function cellsOf(row: DiffRow): Parameters<typeof table>[1][number] {
  const { advisory, target, fix, why } = row;
  return [
    code(target),
    code(packageOf(row)),
    join([link(advisory.id, advisory.url), said(advisory.summary)], ' '),
    said(standing(row)),
    fix === undefined ? own('none known') : code(fix),
    said(why),
  ];
}
