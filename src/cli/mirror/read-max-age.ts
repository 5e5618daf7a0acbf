/** Reads how old a mirror may be from the command line. */
import { durationMs, LENGTH_OF_TIME } from '../../core/config/length-of-time.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';

/** In milliseconds. Throws a UsageError for what is no length of time. */
export function readMaxAge(text: string): number {
  if (LENGTH_OF_TIME.test(text)) return durationMs(text);
  throw new UsageError(
    'bad-max-age',
    `"${excerpt(text)}" is no length of time.`,
    'Write it as "48 hours" or "2 days".',
  );
}
