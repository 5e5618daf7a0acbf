/** Reads how old a mirror may be from the command line. */
import { duration, durationMs } from '../../core/config/config-values.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';

/** In milliseconds. Throws a UsageError for what is no length of time. */
export function readMaxAge(text: string): number {
  if (duration.safeParse(text).success) return durationMs(text);
  throw new UsageError(
    'bad-max-age',
    `"${excerpt(text)}" is no length of time.`,
    'Write it as "48 hours" or "2 days".',
  );
}
