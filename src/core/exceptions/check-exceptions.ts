/** Decides what is wrong with accepted risks: what has run out, what nobody needs, what was asked for too often. */
import { covers, isNamed } from '../match/covers.ts';
import type { Coverable } from '../match/covers.ts';
import type { RiskException } from '../model/exception.ts';
import type { Finding } from '../model/finding.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem } from '../model/problem.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { daysBetween } from './days.ts';
import { expired, expiresSoon, renewedOften, tooLong, unused, wider } from './exception-problems.ts';
import type { Cut, Entry } from './exception-problems.ts';

/** A finding as far as exceptions care. */
export type AcceptableFinding = Coverable & Pick<Finding, 'severity'>;

/** An accepted risk of the past: every entry the ledger saw in the file. */
export interface PastException extends Pick<RiskException, 'advisory' | 'target' | 'package' | 'path' | 'expires'> {
  /** `YYYY-MM-DD` on which it was first seen. */
  readonly addedOn: string;
}

/** What the exceptions are checked against. */
export interface ExceptionFacts {
  /** As `limitExceptions` gives them. */
  readonly exceptions: readonly RiskException[];
  /** Where they stand, for the reader. */
  readonly file: string;
  /** Everything known to be there; withdrawn findings do not count. */
  readonly findings: readonly AcceptableFinding[];
  /** Every folder of the repository, and whether it is known what is in it. */
  readonly targets: readonly { readonly path: string; readonly ecosystem: Ecosystem; readonly known: boolean }[];
  /** Everything that was ever accepted, from the ledger. */
  readonly past: readonly PastException[];
  /** `YYYY-MM-DD` in the policy's time zone. */
  readonly today: string;
  readonly unknownAs: Policy['unknownAs'];
}

/** Days before its last one from which on an exception is warned about. */
const WARNING_DAYS = 7;

/** How often an acceptance may be extended before somebody is told. */
const MOST_RENEWALS = 2;

/** A problem of one entry of the file, in the order of the file. None of them leaves a question open. */
export function checkExceptions(facts: ExceptionFacts): readonly Problem[] {
  const byPlace = byEach<RiskException>(
    (a, b) => a.line - b.line,
    (a, b) => byText(a.advisory, b.advisory),
  );
  return [...facts.exceptions].sort(byPlace).flatMap((exception) => checkOne(exception, facts));
}

function checkOne(exception: RiskException, facts: ExceptionFacts): readonly Problem[] {
  const { file, today } = facts;
  const entry = { exception, file };
  const left = daysBetween(today, exception.expires);
  const covered = facts.findings.filter(
    (finding) => finding.advisory.withdrawn === undefined && covers(exception, finding),
  );
  const cut = shortestOf(exception, covered, facts);
  const renewals = countRenewals(exception, facts);
  return [
    ...(left < 0 ? [expired(entry, -left, covered.length > 0)] : []),
    ...warn(entry, cut !== undefined && cut.lastDay >= today ? cut.lastDay : exception.expires, today),
    ...(cut === undefined ? [] : [tooLong(entry, cut, cut.lastDay < today)]),
    ...(left >= 0 && covered.length === 0 && isKnown(exception, facts) ? [unused(entry)] : []),
    ...checkWidth(exception, covered, facts),
    ...(renewals > MOST_RENEWALS ? [renewedOften(entry, renewals)] : []),
  ];
}

/** Of the last day it holds, the one that comes first. */
function warn(entry: Entry, lastDay: string, today: string): readonly Problem[] {
  const left = daysBetween(today, lastDay);
  return left >= 0 && left <= WARNING_DAYS ? [expiresSoon(entry, lastDay, left)] : [];
}

/** The severity, of what it covers, that may be accepted for the shortest time; `undefined` where the file asks for no more. */
function shortestOf(
  { longest = {}, expires }: RiskException,
  covered: readonly AcceptableFinding[],
  { unknownAs }: ExceptionFacts,
): Cut | undefined {
  const [first] = covered
    .flatMap(({ severity: { level } }) => {
      const severity = level === 'unknown' ? unknownAs : level;
      const lastDay = longest[severity];
      return lastDay === undefined || lastDay >= expires ? [] : [{ severity, lastDay }];
    })
    .sort((a, b) => byText(a.lastDay, b.lastDay));
  return first;
}

/** Whether everything it may be about was looked at: what nobody knows may need it. */
function isKnown({ target }: RiskException, { targets }: ExceptionFacts): boolean {
  const about = targets.filter(({ path }) => target === undefined || path === target);
  return targets.length > 0 && about.every(({ known }) => known);
}

/** Wider than needed: it names no folder, and only one of several has what it covers. */
function checkWidth(
  exception: RiskException,
  covered: readonly AcceptableFinding[],
  { file, targets }: ExceptionFacts,
): readonly Problem[] {
  const [place, ...others] = sortedUnique(covered.map(({ target }) => target));
  const ecosystems = new Set(covered.map(({ ecosystem }) => ecosystem));
  const candidates = targets.filter(({ ecosystem }) => ecosystems.has(ecosystem));
  const isNarrow = exception.target !== undefined || place === undefined || others.length > 0;
  if (isNarrow || candidates.length < 2 || candidates.some(({ known }) => !known)) return [];
  return [wider({ exception, file }, place)];
}

/** How often the end of an acceptance was put off: by whatever name of the advisory, with whatever other words. */
function countRenewals(exception: RiskException, { past, findings }: ExceptionFacts): number {
  const named = findings.filter((finding) => isNamed(exception.advisory, finding));
  const isSame = (each: PastException): boolean =>
    (each.advisory.toLowerCase() === exception.advisory.toLowerCase() ||
      named.some((finding) => isNamed(each.advisory, finding))) &&
    each.target === exception.target &&
    each.package === exception.package &&
    each.path === exception.path;
  const ends = past.filter(isSame).sort((a, b) => byText(a.addedOn, b.addedOn));
  let latest = '';
  let renewals = -1;
  for (const { expires } of ends) {
    if (expires <= latest) continue;
    latest = expires;
    renewals += 1;
  }
  return renewals;
}
