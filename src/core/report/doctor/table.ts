/** The doctor's findings for a terminal: a line a check, each that wants action with its mend. */
import type { DoctorCheck, DoctorReport } from '../../model/doctor-report.ts';
import type { RenderOptions } from '../../model/report.ts';
import { guardLines } from '../escape.ts';
import { wrap } from '../terminal/lines.ts';
import { createPalette, type Palette } from '../terminal/palette.ts';

const MARKS: Readonly<Record<DoctorCheck['status'], string>> = {
  ok: '✔',
  failed: '✖',
  invalid: '✖',
  remark: '!',
  skipped: '-',
};

/** Fits `width`, as far as no path is longer. */
export function doctorTable(report: DoctorReport, { width, color }: Pick<RenderOptions, 'width' | 'color'>): string {
  const paint = createPalette(color);
  const lines = [
    ...report.checks.flatMap((check) => drawCheck(check, width, paint)),
    '',
    ...wrap(conclusion(report), width).map(report.ready ? paint.verdict.pass : paint.verdict.fail),
  ];
  return guardLines(`${lines.join('\n')}\n`);
}

function drawCheck(check: DoctorCheck, width: number, paint: Palette): readonly string[] {
  const { status, version, command, message, mend } = check;
  const mark = MARKS[status];
  const name = check.check.padEnd(width < 60 ? 0 : 16);
  const said = [version, message, command === undefined ? undefined : `(${command.join(' ')})`];
  const text = said.filter((part) => part !== undefined && part !== '').join(' ');
  const [first = '', ...rest] = wrap(text, width, `${mark} ${name} `);
  const paints = { ok: paint.verdict.pass, failed: paint.verdict.fail, invalid: paint.verdict.fail } as const;
  const painted = status in paints ? paints[status as keyof typeof paints](mark) : mark;
  return [first.replace(mark, painted), ...rest, ...(mend === undefined ? [] : wrap(mend, width, '  → '))];
}

function conclusion({ ready, checks }: DoctorReport): string {
  if (ready) return 'Ready: an audit here can be conclusive.';
  const open = checks.filter(({ status }) => status === 'failed' || status === 'invalid').length;
  const what = open === 1 ? 'One thing stands' : `${open} things stand`;
  return `Not ready: ${what} in the way of an audit that is conclusive.`;
}
