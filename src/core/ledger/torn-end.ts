/** Tells what a killed writer left at the end of a chain from what somebody did to it. */
import type { BatchIndex } from './envelope.ts';

/** What is known of a line: its batch when it is an event, and whether it stands where it must. */
export interface StandingLine {
  readonly text: string;
  readonly batch?: BatchIndex;
  readonly isLinked: boolean;
}

/**
 * How many lines stand, counted from the start. The lines after them are a batch that was not written in full. Lines that no
 * unfinished write can explain all stand, so that they are found to be faults and nothing is taken away.
 */
export function countStanding(lines: readonly StandingLine[]): number {
  const start = Math.max(
    0,
    lines.findLastIndex(({ batch, isLinked }) => batch?.index === 0 && isLinked),
  );
  const size = lines[start]?.batch?.size ?? 0;
  const batch = lines.slice(start, start + size);
  const isWhole = batch.length === size && batch.every((line, index) => continues(line, index, size));
  const end = isWhole ? start + size : start;
  return isUnfinished(lines.slice(end)) ? end : lines.length;
}

/** Whether one write of one batch, stopped anywhere, leaves these lines. */
function isUnfinished(lines: readonly StandingLine[]): boolean {
  const size = lines[0]?.batch?.size ?? 0;
  const hole = lines.findIndex(({ text }) => hasHole(text));
  const written = hole === -1 ? lines : lines.slice(0, hole);
  const behind = hole === -1 ? [] : lines.slice(hole);
  return (
    written.every((line, index) => continues(line, index, size)) &&
    behind.every(({ text, batch }) => batch !== undefined || hasHole(text))
  );
}

function continues({ batch, isLinked }: StandingLine, index: number, size: number): boolean {
  return isLinked && batch?.index === index && batch.size === size;
}

/** Whether an unterminated end can be the beginning of a line of ours. */
export function couldBeFragment(rest: string): boolean {
  const opening = '{"at":"';
  return rest.startsWith(opening) || opening.startsWith(rest) || hasHole(rest);
}

/** After a power failure a file system may give back zeros for what never reached the disk. Text in UTF-16 has no such runs. */
function hasHole(text: string): boolean {
  return text.includes('\0'.repeat(16));
}
