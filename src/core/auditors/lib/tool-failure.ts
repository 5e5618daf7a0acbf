/** Says what it means for an audit that a tool did not run to its end. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { InvocationResult } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from './credentials.ts';
import { unavailable } from './outcome.ts';

/** The outcome of a run that did not end by itself; `undefined` when it exited, whatever its exit code. */
export function explainToolFailure(tool: string, result: InvocationResult): AuditOutcome | undefined {
  switch (result.status) {
    case 'exited':
      return undefined;
    case 'tool-missing':
      return unavailable('tool-missing', `${tool} cannot be used: ${excerpt(result.detail)}`, 'Run `fixby doctor`.');
    case 'not-started':
      return unavailable(
        'tool-failed',
        `${tool} could not be started: ${excerpt(result.detail)}`,
        'Run `fixby doctor`.',
      );
    case 'signaled':
      return unavailable(
        'tool-failed',
        `${tool} was killed before it answered.${lastWords(result)}`,
        'Run it again; look for a memory limit.',
      );
    case 'timed-out':
      return unavailable(
        'timed-out',
        `${tool} did not answer within its time limit.`,
        'Look whether the advisory source answers, or raise the time limit.',
      );
    case 'output-too-large':
      return unavailable(
        'output-too-large',
        `${tool} wrote more than the output limit allows.`,
        'Look at what the advisory source answers, or raise the limit.',
      );
    case 'interrupted':
      return unavailable('interrupted', `The run was interrupted while ${tool} was asked.`, 'Run it again.');
  }
}

/** What a tool wrote on stderr before it ended, as a sentence of its own; empty when that was nothing. */
export function lastWords(result: Pick<InvocationResult, 'stderr'>): string {
  const words = withoutCredentials(excerpt(result.stderr.slice(-400)));
  return words === '' ? '' : ` Its last words: ${words}`;
}
