/** Shows what `fixby init` would write, as unified diffs with the reason for each, and what it leaves alone. */
import { createTwoFilesPatch } from 'diff';
import type { Proposal, SetupPlan } from '../../model/proposal.ts';
import type { RenderOptions } from '../../model/report.ts';
import { guardLines, terminalText } from '../escape.ts';
import { wrap } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';

/** Lines of a diff are never broken: they are to be copied. */
export function describePlan(plan: SetupPlan, { width, color }: Pick<RenderOptions, 'width' | 'color'>): string {
  const paint = createPalette(color);
  const blocks = [
    ...plan.proposals.map((proposal) => drawProposal(proposal, width, paint)),
    plan.notes.flatMap((note) => wrap(note, width, '· ')),
  ].filter(({ length }) => length > 0);
  return guardLines(`${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

function drawProposal(proposal: Proposal, width: number, paint: Palette): readonly string[] {
  const { path, before, why } = proposal;
  const title = `${before === null ? 'New' : 'Add to'} ${path}: ${why}`;
  return [...wrap(title, width).map(paint.heading), ...diffOf(proposal).map((line) => paintLine(line, paint))];
}

/** The changed lines with three around them; the file names are in the title. */
function diffOf({ path, before, after }: Proposal): readonly string[] {
  const patch = createTwoFilesPatch(path, path, before ?? '', after, '', '', { context: 3 });
  return patch
    .split('\n')
    .slice(4)
    .filter((line) => line !== '' && !line.startsWith('\\'))
    .map(showLine);
}

/** Indentation is kept; everything foreign is made visible. */
function showLine(line: string): string {
  const [, sign = '', indent = '', text = ''] = /^([-+ @])( *)(.*)$/s.exec(line) ?? [];
  return `${sign}${indent}${terminalText(text)}`.trimEnd();
}

function paintLine(line: string, paint: Palette): string {
  if (line.startsWith('+')) return paint.verdict.pass(line);
  if (line.startsWith('-')) return paint.verdict.fail(line);
  return line.startsWith('@') ? paint.aside(line) : line;
}
