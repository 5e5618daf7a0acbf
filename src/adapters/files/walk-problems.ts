/** What a walk could not see, in words that say what to do. All leave a question open: a manifest may lie there. */
import type { Problem } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';

export function tooMany(limit: number): Problem {
  return open('too-many-files', `The repository holds more than ${limit} entries; the rest was not looked at.`);
}

export function tooLong(limitMs: number): Problem {
  return open('listing-too-slow', `Listing the repository took more than ${limitMs / 1000} s and was ended.`);
}

export function tooDeep(folder: string, limit: number): Problem {
  return open('too-deep', `Folders nest deeper than ${limit} levels, and were not entered: ${excerpt(folder)}.`);
}

export function unreadableFolder(folder: string, detail: string): Problem {
  const mend = 'Let the user that runs fixby read it, or name it under `exclude`.';
  return { ...open('folder-unreadable', `${excerpt(folder)} could not be read: ${excerpt(detail)}.`), mend };
}

function open(code: string, message: string): Problem {
  return { target: null, code, message, mend: 'Name what holds no projects of yours under `exclude`.', blocks: true };
}
