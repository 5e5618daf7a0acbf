/** What a SARIF reader must know of the run itself: every audit that failed, every open question, every problem. */
import type { Notification, ReportingDescriptor } from 'sarif';
import type { ReportTarget, ReportView } from '../../model/report.ts';
import { notChecked, otherQuestions } from '../first-screen.ts';
import { count, outcomeWords } from '../words.ts';
import { fileLocation } from './place.ts';
import { plainMessage } from './text.ts';

/** The kinds a notification names itself by. */
export const NOTIFICATION_KINDS: readonly ReportingDescriptor[] = [
  { id: 'not-checked', shortDescription: { text: 'A target was not audited, so nothing is known of it.' } },
  { id: 'open-question', shortDescription: { text: 'Something was not looked at; the verdict cannot be pass.' } },
  { id: 'problem', shortDescription: { text: 'Something was met that leaves no question open.' } },
  { id: 'left-out', shortDescription: { text: 'More findings than this file may hold.' } },
];

/** In the order of the view; `leftOut` is how many findings the file does not hold. */
export function notificationsOf(view: ReportView, leftOut: number): Notification[] {
  return [
    ...notChecked(view).map(targetNotification),
    ...otherQuestions(view).map((question) => notify('open-question', question)),
    ...view.problems.map(({ blocks, code, target, message, mend }) =>
      notify(
        blocks ? 'open-question' : 'problem',
        `${code}${target === null ? '' : ` in ${target}`}: ${message}.`,
        mend,
      ),
    ),
    ...(leftOut > 0 ? [notify('left-out', `${count(leftOut, 'finding')} more: read another format.`)] : []),
  ];
}

function targetNotification(target: ReportTarget): Notification {
  const [file] = target.files;
  const about = `${target.path} (${target.auditor}) was not checked: ${outcomeWords(target)}.`;
  return {
    ...notify('not-checked', about, target.mend ?? ''),
    ...(file === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: fileLocation(file.path) } }] }),
  };
}

function notify(id: string, ...sentences: readonly string[]): Notification {
  return {
    descriptor: { id, index: NOTIFICATION_KINDS.findIndex((kind) => kind.id === id) },
    level: id === 'problem' ? 'warning' : 'error',
    message: plainMessage(...sentences.filter((sentence) => sentence !== '')),
  };
}
