/** Says what an error of npm means for the audit, and whether asking again may help. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { InvocationResult } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { unavailable } from '../lib/outcome.ts';
import { findDocument } from './find-document.ts';
import { type NoReport, type NpmError, readError } from './npm-report.ts';

const NO_ENDPOINT =
  'Point `npm.registry` (or `--registry`) at a registry with an audit endpoint, or run `fixby mirror serve` and point it there.';
const LOGIN =
  'Give npm a token for this registry in your own user configuration; that of the repository is never used.';
const AGAIN = 'Run it again later; look whether the registry, the proxy and the network answer.';
const AUTHORITY =
  'Name the certificate of its authority in NODE_EXTRA_CA_CERTS, or as `cafile` in your own npm configuration; no registry is believed without one.';
const ANSWER = 'Look at what stands between here and the registry; its answer to an audit is no list of advisories.';

/** The outcome of a run of `tool` that ended with an error document. */
export function explainError(error: NpmError, tool: string): AuditOutcome {
  const said = withoutCredentials(excerpt(error.message, 300));
  if (error.status !== undefined) return explainStatus(error.status, said);
  if (isBadAnswer(error))
    return unavailable('unreadable-output', `${tool} could not use the registry's answer: ${said}`, ANSWER);
  if (error.code !== undefined) {
    return unavailable('tool-failed', `${tool} failed with ${excerpt(error.code, 40)}: ${said}`, 'Run `fixby doctor`.');
  }
  const mend = /\bcertificate\b/i.test(error.message) ? AUTHORITY : AGAIN;
  return unavailable('source-unreachable', `The registry could not be reached: ${said}`, mend);
}

function explainStatus(status: number, said: string): AuditOutcome {
  if (isPassing(status)) return unavailable('source-unreachable', `The registry answered ${status}: ${said}`, AGAIN);
  const mend = status === 401 || status === 403 ? LOGIN : NO_ENDPOINT;
  return unavailable('source-refused', `The registry refused the audit with status ${status}: ${said}`, mend);
}

/** The outcome of a run whose output is no document of `tool`; `mend` says how to make one, `words` what else it said. */
export function explainNoReport(
  report: NoReport,
  stdout: string,
  tool: string,
  mend: string,
  words = '',
): AuditOutcome {
  const shown = stdout.trim() === '' ? 'it printed nothing' : `it begins: ${withoutCredentials(excerpt(stdout, 80))}`;
  return unavailable(
    'unreadable-output',
    `${tool} printed no audit report: ${report.detail} (${shown}).${words}`,
    mend,
  );
}

/** Whether a run failed in a way that may pass: no connection, too many requests, a server's own trouble. */
export function isTransient(result: InvocationResult): boolean {
  if (result.status !== 'exited') return false;
  const error = readError(findDocument(result.stdout));
  if (error === undefined) return false;
  return error.status === undefined ? error.code === undefined && !isBadAnswer(error) : isPassing(error.status);
}

function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

// The registry answered, with what is no JSON, or with JSON of another shape on which npm's own code stumbled.
function isBadAnswer(error: NpmError): boolean {
  return error.code === undefined && /^invalid json response body|^Cannot |is not |^Unexpected /i.test(error.message);
}
