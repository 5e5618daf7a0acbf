/** Reads the accepted risks, and holds them against what a run found and what the ledger remembers. */
import { checkExceptions } from '../core/exceptions/check-exceptions.ts';
import type { AcceptableFinding } from '../core/exceptions/check-exceptions.ts';
import { limitExceptions } from '../core/exceptions/limit-exceptions.ts';
import type { MaxDays } from '../core/exceptions/limit-exceptions.ts';
import { EXCEPTIONS_FILE, readExceptions } from '../core/exceptions/read-exceptions.ts';
import { dayOf } from '../core/judge/calendar.ts';
import type { Audit } from '../core/model/audit.ts';
import type { RiskException } from '../core/model/exception.ts';
import type { FileRead } from '../core/model/file.ts';
import type { Policy } from '../core/model/policy.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import type { SetAside } from '../core/model/target.ts';
import type { LedgerState } from '../core/reconcile/ledger-state.ts';

/**
 * Every accepted risk of the file that `read` gives: in a gate as it is at the base of the change, so that no change
 * accepts its own risk. Throws a UsageError that names everything that is wrong with it.
 */
export async function loadExceptions(read: (path: string) => Promise<FileRead>): Promise<readonly RiskException[]> {
  const file = await read(EXCEPTIONS_FILE);
  if (file.status !== 'ok' && file.status !== 'missing') {
    const message = `${file.path} cannot be read: ${file.detail}`;
    throw new UsageError('exceptions-unreadable', message, 'Make it a plain file, or remove it.');
  }
  const reading = readExceptions(file.status === 'ok' ? file : null);
  if (reading.ok) return reading.exceptions;
  const message = 'The accepted risks cannot be used.';
  throw new UsageError('exceptions-invalid', message, 'Mend what is listed above.', reading.problems);
}

/** What decides for how long a risk may be accepted. */
export interface Acceptance {
  readonly maxDays: MaxDays;
  readonly policy: Pick<Policy, 'timeZone' | 'unknownAs'>;
  readonly state: Pick<LedgerState, 'exceptions'>;
  /** The moment that is judged, UTC ISO-8601. */
  readonly now: string;
}

/** The exceptions with the days on which they end at the latest, as judging takes them. */
export function limitAccepted(
  exceptions: readonly RiskException[],
  { maxDays, policy, state, now }: Acceptance,
): readonly RiskException[] {
  const acceptedOn = (exception: RiskException): string | undefined =>
    state.exceptions
      .filter((known) => scopeOf(known.exception) === scopeOf(exception))
      .map(({ added }) => dayOf(added.at, policy.timeZone).toString())
      .sort()[0];
  return limitExceptions(exceptions, maxDays, acceptedOn, dayOf(now, policy.timeZone).toString());
}

/** What an acceptance is about and until when: other words for the same make it no younger. */
function scopeOf({
  advisory,
  target,
  package: name,
  versions,
  path,
  expires,
}: Pick<RiskException, 'advisory' | 'expires'> & {
  readonly [K in 'target' | 'package' | 'versions' | 'path']?: string | undefined;
}): string {
  return JSON.stringify([advisory.toLowerCase(), target, name, versions, path, expires]);
}

/** What was looked at, as far as exceptions care. */
export interface Examined {
  readonly findings: readonly AcceptableFinding[];
  readonly audits: readonly Pick<Audit, 'target' | 'outcome'>[];
  readonly setAside: readonly SetAside[];
}

/** What is wrong with the exceptions of a run; none of it leaves a question open. */
export function exceptionProblems(
  exceptions: readonly RiskException[],
  examined: Examined,
  acceptance: Acceptance,
): readonly Problem[] {
  const { policy, state, now } = acceptance;
  const today = dayOf(now, policy.timeZone).toString();
  const known = state.exceptions.map(({ exception, added }) => ({
    ...pastOf(exception),
    addedOn: dayOf(added.at, policy.timeZone).toString(),
  }));
  return checkExceptions({
    exceptions: limitAccepted(exceptions, acceptance),
    file: EXCEPTIONS_FILE,
    findings: examined.findings,
    targets: placesOf(examined),
    past: [...known, ...exceptions.map((exception) => ({ ...pastOf(exception), addedOn: today }))],
    today,
    unknownAs: policy.unknownAs,
  });
}

type Past = Pick<RiskException, 'advisory' | 'target' | 'package' | 'path' | 'expires'>;

function pastOf({
  advisory,
  target,
  package: name,
  path,
  expires,
}: LedgerState['exceptions'][number]['exception']): Past {
  return {
    advisory,
    expires,
    ...(target === undefined ? {} : { target }),
    ...(name === undefined ? {} : { package: name }),
    ...(path === undefined ? {} : { path }),
  };
}

function placesOf({ audits, setAside }: Examined): Parameters<typeof checkExceptions>[0]['targets'] {
  const asked = audits.map(({ target: { path, ecosystem }, outcome }) => ({
    path,
    ecosystem,
    known: outcome.status !== 'unavailable',
  }));
  const unread = setAside
    .filter(({ outcome, reason }) => outcome === 'unavailable' || reason === 'excluded')
    .map(({ path, ecosystem }) => ({ path, ecosystem, known: false }));
  return [...asked, ...unread];
}
