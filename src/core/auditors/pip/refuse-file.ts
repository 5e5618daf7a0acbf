/** The reading of a source that cannot be read: why, and what mends it. */
import { excerpt, sentence } from '../../model/text.ts';
import { EMPTY_READING, type SourceReading } from './reading.ts';

/** `detail` is one sentence or half of one: what stood in the way. */
export function refuseFile(path: string, detail: string): SourceReading {
  const message = sentence(`${path} cannot be read: ${excerpt(detail)}`);
  const mend = 'Make it a readable file inside the repository, or exclude it in the configuration.';
  return { ...EMPTY_READING, refusals: [{ reason: 'lockfile-unreadable', message, mend }] };
}
