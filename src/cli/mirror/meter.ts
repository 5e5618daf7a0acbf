/** Shows on stderr how far a long import is: one line redrawn on a terminal, a line now and then elsewhere. */
import { visible } from '../../core/model/text.ts';
import type { World } from '../world.ts';

export interface Meter {
  /** What is being done now; `share` from 0 to 1 where it is known. */
  show(text: string, share?: number): void;
  /** Removes what is redrawn, so that what is printed next stands by itself. */
  finish(): void;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;
const BAR = 24;

/** `quiet` shows nothing. */
export function startMeter({ liveStderr, stderr }: Pick<World, 'liveStderr' | 'stderr'>, quiet: boolean): Meter {
  let shownAt = Number.NEGATIVE_INFINITY;
  const due = (every: number): boolean => {
    const now = performance.now();
    if (now - shownAt < every) return false;
    shownAt = now;
    return true;
  };
  if (quiet) return { show: () => undefined, finish: () => undefined };
  if (liveStderr === undefined) {
    return {
      show: (text) => {
        if (due(LINE_MS)) stderr.write(`fixby: ${visible(text)}\n`);
      },
      finish: () => undefined,
    };
  }
  return {
    show: (text, share) => {
      if (due(REDRAW_MS)) liveStderr.write(`\r\u001b[2K${bar(share)}${visible(text)}`);
    },
    finish: () => void liveStderr.write('\r\u001b[2K'),
  };
}

function bar(share: number | undefined): string {
  if (share === undefined) return '';
  const full = Math.round(Math.min(1, share) * BAR);
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} `;
}
