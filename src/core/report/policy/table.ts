/** The policy as understood, for a terminal: one severity a line, with the place and the words it was read from. */
import stringWidth from 'string-width';
import type { Policy, PolicyWindow } from '../../model/policy.ts';
import type { Problem } from '../../model/problem.ts';
import { describeWindow } from '../../model/window-words.ts';
import { guardLines, terminalText } from '../escape.ts';
import { wrap } from '../terminal/lines.ts';

/** A policy, how sure each window of it is, and the remarks of its reading. */
export interface PolicyView {
  readonly policy: Policy;
  /** A word a severity, such as `exact`. */
  readonly confidence: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** Fits `width`; where a row does not, its words stand below it. */
export function policyTable({ policy, confidence, problems }: PolicyView, width: number): string {
  const rows = policy.windows.flatMap((row) => drawRow(row, confidence[row.severity] ?? '', width));
  const counted = `clock: ${policy.clock} · time zone: ${policy.timeZone} · unknown severity counts as ${policy.unknownAs} · without a fix: ${policy.noFix.rule}`;
  const open = problems.flatMap(({ message, mend }) => [...wrap(message, width, '! '), ...wrap(mend, width, '  → ')]);
  return guardLines(`${[...rows, '', ...wrap(counted, width), ...open].join('\n')}\n`);
}

function drawRow(row: PolicyWindow, confidence: string, width: number): readonly string[] {
  const { severity, window, file, line, text, note } = row;
  const place = `${terminalText(file)}:${line}`;
  const what = `${severity.padEnd(9)} ${describeWindow(window).padEnd(24)} ${confidence.padEnd(8)} ${place}`;
  const said = `"${terminalText(text)}"${note === undefined ? '' : ` (${terminalText(note)})`}`;
  const whole = `${what}  ${said}`;
  if (stringWidth(whole) <= width) return [whole];
  if (stringWidth(what) <= width) return [what, ...wrap(said, width, '          ')];
  return [
    `${severity.padEnd(9)} ${describeWindow(window)}`,
    ...wrap(`${confidence}, ${place}`, width, '  '),
    ...wrap(said, width, '  '),
  ];
}
