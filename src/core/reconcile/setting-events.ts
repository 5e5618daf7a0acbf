/** The events of what a run was judged by: the policy, the accepted risks, the releases. */
import type { RiskException } from '../model/exception.ts';
import type { LedgerBody } from '../model/ledger.ts';
import { byEach, byText } from '../model/order.ts';
import type { Release } from '../model/release.ts';
import { exceptionKey, storedException } from './exception-key.ts';
import { presentExceptions } from './ledger-state.ts';
import type { KnownException, LedgerState } from './ledger-state.ts';
import type { Observation } from './observation.ts';
import { sameFacts } from './same-facts.ts';

/** The text and what was understood of it: a report of that day needs both, and neither follows from the other for ever. */
export function policyEvents(
  { policy: known }: Pick<LedgerState, 'policy'>,
  { policy, policyText, maxDays = {} }: Pick<Observation, 'policy' | 'policyText' | 'maxDays'>,
): readonly LedgerBody[] {
  const { file, sha256 } = policy.source;
  const isSameText = known !== null && known.sha256 === sha256 && known.file === file;
  if (isSameText && sameFacts(known.policy, policy) && sameFacts(known.maxDays ?? {}, maxDays)) return [];
  const limits = Object.keys(maxDays).length === 0 ? {} : { maxDays };
  return [{ type: 'policy-changed', file, sha256, text: policyText, policy, ...limits }];
}

/** Every tag that is new or was moved, oldest first. A tag that was deleted was cut all the same. */
export function releaseEvents({ releases: known }: LedgerState, releases: readonly Release[]): readonly LedgerBody[] {
  const facts = releases.map(({ tag, version, at, commit }): Release => ({ tag, version, at, commit }));
  const fresh = facts.filter((release) => !sameFacts(known.get(release.tag), release));
  const byDate = byEach<Release>(
    (a, b) => byText(a.at, b.at),
    (a, b) => byText(a.tag, b.tag),
  );
  return fresh.sort(byDate).map((release) => ({ type: 'release-cut', ...release }));
}

/** What left the file, what came into it, and what of it expired before `today` (`YYYY-MM-DD`). */
export function exceptionEvents(
  state: LedgerState,
  exceptions: readonly RiskException[],
  today: string,
): readonly LedgerBody[] {
  const known = new Map(presentExceptions(state).map((each) => [exceptionKey(each.exception), each]));
  const listed = new Map(exceptions.map(storedException).map((exception) => [exceptionKey(exception), exception]));
  const entries = [...listed].sort(([a], [b]) => byText(a, b));
  const gone = [...known].filter(([key]) => !listed.has(key)).sort(([a], [b]) => byText(a, b));
  const isNews = (each: KnownException | undefined): boolean => each?.expired === undefined;
  return [
    ...gone.map(([, { exception }]): LedgerBody => ({ type: 'exception-removed', exception })),
    ...entries
      .filter(([key]) => !known.has(key))
      .map(([, exception]): LedgerBody => ({ type: 'exception-added', exception })),
    ...entries
      .filter(([key, { expires }]) => expires < today && isNews(known.get(key)))
      .map(([, exception]): LedgerBody => ({ type: 'exception-expired', exception })),
  ];
}
