/** Owns which colour means what in the terminal; without colours every paint hands its text back. */
import picocolors from 'picocolors';
import type { Verdict } from '../../model/verdict.ts';
import type { DeadlineState } from '../../model/deadline.ts';
import type { SeverityLevel } from '../../model/severity.ts';

type Paint = (text: string) => string;

/** Paints by meaning. Colour is never the only sign: the word is always there too. */
export interface Palette {
  readonly heading: Paint;
  readonly aside: Paint;
  readonly verdict: Readonly<Record<Verdict, Paint>>;
  readonly severity: Readonly<Record<SeverityLevel, Paint>>;
  state(state: DeadlineState): Paint;
}

/** The palette of a terminal that wants colours, or of one that does not. */
export function createPalette(color: boolean): Palette {
  const { bold, dim, red, green, yellow, magenta } = picocolors.createColors(color);
  const plain: Paint = (text) => text;
  const states: Partial<Record<DeadlineState, Paint>> = { overdue: red, due: yellow };
  return {
    heading: bold,
    aside: dim,
    verdict: {
      pass: (text) => bold(green(text)),
      fail: (text) => bold(red(text)),
      inconclusive: (text) => bold(yellow(text)),
    },
    severity: { critical: (text) => bold(red(text)), high: red, medium: yellow, low: plain, unknown: magenta },
    state: (state) => states[state] ?? plain,
  };
}
