/** Puts promises into a report. They are shown in every one, and decide its verdict only where the team says so. */
import type { PromiseOutcome } from '../../model/promise-report.ts';
import type { ReportView } from '../../model/report.ts';
import { count } from '../words.ts';

/** With `decides`, a broken promise makes the run fail, and what breaks it is named as any other breach. */
export function withPromises(view: ReportView, outcome: PromiseOutcome, decides: boolean): ReportView {
  const { files, summary, promises, problems } = outcome;
  const whole = { ...view, promises: { files, summary, promises, problems } };
  const breaches = promises.filter(({ verdict }) => verdict === 'broken');
  if (!decides || breaches.length === 0) return whole;
  const what = `${count(breaches.length, 'promise')} of the security policy ${breaches.length === 1 ? 'is' : 'are'} broken.`;
  return {
    ...whole,
    verdict: 'fail',
    sentence: `${view.sentence} ${what}`,
    broken: [...view.broken, ...breaches.map(({ file, line, promise }) => `${file}:${line}: not kept that ${promise}`)],
  };
}
