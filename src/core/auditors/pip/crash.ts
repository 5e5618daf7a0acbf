/** Decides from what pip-audit wrote before it gave up whether its source is down or one package's record broke it. */
import type { AuditOutcome } from '../../model/audit.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { unavailable } from '../lib/outcome.ts';

export type Crash =
  /** Nobody answered, or an answer that says "later". It may pass. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'refused'; readonly status: number }
  /** Something in an answer, and so perhaps in one package's records only. */
  | { readonly kind: 'record'; readonly detail: string }
  /** pip-audit could not even begin: its own usage, its own input. */
  | { readonly kind: 'tool'; readonly detail: string };

const NETWORK =
  /\b(?:ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|ChunkedEncodingError|TooManyRedirects|ContentDecodingError|ProtocolError)\b|Could not connect to/;
// Statuses with which a source may refuse one question while it answers others.
const ONE_QUESTION = new Set([400, 413, 422]);

/** Reads the last words of a run that printed no report. */
export function readCrash(stderr: string): Crash {
  const status = /HTTPError: (\d{3}) /.exec(stderr)?.[1];
  const detail = lastLine(stderr);
  if (status !== undefined) return readStatus(Number(status), detail);
  if (NETWORK.test(detail)) return { kind: 'unreachable', detail };
  return stderr.includes('Traceback (most recent call last)') ? { kind: 'record', detail } : { kind: 'tool', detail };
}

/** The outcome of an audit whose source is down, or of a tool that could not begin. */
export function explainCrash(crash: Crash): AuditOutcome {
  switch (crash.kind) {
    case 'unreachable':
      return unavailable('source-unreachable', `The advisory source could not be reached: ${crash.detail}`, AGAIN);
    case 'refused':
      return unavailable('source-refused', `The advisory source answered with status ${crash.status}.`, ADDRESS);
    case 'record':
      return unavailable('source-refused', `pip-audit cannot read its source's answers: ${crash.detail}`, ADDRESS);
    case 'tool':
      return unavailable('tool-failed', `pip-audit failed: ${crash.detail}`, 'Run `fixby doctor`.');
  }
}

const AGAIN = 'Run it again later; look whether the source, the proxy and the network answer.';
const ADDRESS = 'Look whether the OSV address (`--osv-url`) is right and what stands between here and it.';

function readStatus(status: number, detail: string): Crash {
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'unreachable', detail: `it answered with status ${status}` };
  }
  return ONE_QUESTION.has(status)
    ? { kind: 'record', detail: `status ${status}: ${detail}` }
    : { kind: 'refused', status };
}

function lastLine(stderr: string): string {
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  return withoutCredentials(excerpt(line, 300)) || 'it gave no reason';
}
