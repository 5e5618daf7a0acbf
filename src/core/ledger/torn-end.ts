/** Tells what a killed writer left at the end of a chain from what somebody did to it. */
import { parseLine } from './envelope.ts';
import type { BatchIndex } from './envelope.ts';

/** The batch of each line; `undefined` for a line that is no event. */
export type LineBatches = readonly (BatchIndex | undefined)[];

/**
 * How many lines stand, counted from the start. The lines after them are a batch that was not written in full. Lines that
 * no unfinished write can explain all stand, so that they are found to be faults and nothing is taken away.
 */
export function countStanding(lines: readonly string[], batches: LineBatches): number {
  const start = batches.findLastIndex((batch) => batch?.index === 0);
  if (start === -1) return lines.length;
  const size = batches[start]?.size ?? 0;
  const end = isWhole(lines.slice(start, start + size), batches.slice(start, start + size), size)
    ? start + size
    : start;
  const isTorn = lines.slice(end).every((line, at) => batches[end + at] !== undefined || hasHole(line));
  return isTorn ? end : lines.length;
}

/** The last batch is read in full: no later line vouches for its bytes. */
function isWhole(lines: readonly string[], batches: LineBatches, size: number): boolean {
  return (
    lines.length === size &&
    batches.every((batch, at) => batch?.index === at && batch.size === size) &&
    lines.every((line) => parseLine(line) !== undefined)
  );
}

/** Whether an unterminated end can be the beginning of a line of ours. */
export function couldBeFragment(rest: string): boolean {
  const opening = '{"at":"';
  return rest.startsWith(opening) || opening.startsWith(rest) || hasHole(rest);
}

/** After a power failure a file system may give back zeros for what never reached the disk. */
function hasHole(text: string): boolean {
  return text.includes('\0');
}
