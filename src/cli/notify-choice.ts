/** Whether people are told of a run: the operator's to say, never the repository's. */
import { UsageError } from '../core/model/problem.ts';

/** What `--notify` and `--require-notify` ask for. */
export interface NotifyChoice {
  readonly wanted: boolean;
  /** Whether the exit code says when somebody was not told. */
  readonly required: boolean;
}

/** Throws a UsageError where another moment than now is judged: nobody should be told of what is not so. */
export function readNotifyChoice(raw: Readonly<Record<string, unknown>>, asOf: string | undefined): NotifyChoice {
  const required = raw['requireNotify'] === true;
  const wanted = required || raw['notify'] === true;
  if (!wanted || asOf === undefined) return { wanted, required };
  const mend = 'Leave out one of the two; `fixby notify --from REPORT --dry-run` shows what would be sent.';
  throw new UsageError('notify-of-another-moment', '--as-of judges another moment, and --notify tells of now.', mend);
}
