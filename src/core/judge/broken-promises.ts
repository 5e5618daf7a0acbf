/** Puts broken promises into the words of what breaks a run. */
import type { PromiseOutcome } from '../model/promise-report.ts';
import type { Blocker } from '../model/release.ts';
import { excerpt } from '../model/text.ts';

/** One a broken promise, in the order of the documents. */
export function brokenPromises({ promises }: Pick<PromiseOutcome, 'promises'>): readonly Blocker[] {
  return promises
    .filter(({ verdict }) => verdict === 'broken')
    .map(({ file, line, promise, evidence }) => {
      const mend = evidence.find(({ says }) => says === 'broken')?.mend ?? '';
      return {
        code: 'promise-broken',
        message: `${excerpt(file)}:${line}: not kept that ${excerpt(promise)}.`,
        clears: mend === '' ? 'Keep the promise, or take it out of the document.' : mend,
      };
    });
}
