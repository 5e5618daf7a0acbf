/** The clocks of reported vulnerabilities: what each promise about time makes of one published advisory. */
import semver from 'semver';
import { excerpt } from '../model/text.ts';
import { describeWindow } from '../model/window-words.ts';
import { addDays, daysBetween } from './dates.ts';
import { broken, cannotTell, kept } from './evidence.ts';
import type { Duration } from './period.ts';
import type { PublishedAdvisory } from './published-advisories.ts';
import type { PolicySeverity, Window } from '../model/policy.ts';
import type { Evidence } from '../model/promise.ts';
import type { Release } from '../model/release.ts';

/** A promise about time, applied to one advisory; nothing where it is not about that one. */
export type Clock = (advisory: PublishedAdvisory, releases: readonly Release[]) => readonly Evidence[];

const MEND = 'Say in SECURITY.md what can be kept, and keep to it from now on.';

/** A first answer within `limit` of the report. */
export function firstAnswer(limit: Duration): Clock {
  return (advisory) => {
    const { id, createdAt, answers } = advisory;
    if (createdAt === null) return [noDate(advisory)];
    if (answers === null) return [noComments(advisory)];
    const [first] = answers;
    const due = addDays(createdAt, limit.days, limit.business);
    if (first === undefined) return [broken(`${id} was reported on ${day(createdAt)} and never answered`, MEND)];
    return [
      compare(`${id} was reported on ${minute(createdAt)} and answered on ${minute(first)}`, first, due, limit.words),
    ];
  };
}

/** A word at least every `limit`, from the report to publication. */
export function statusEvery(limit: Duration): Clock {
  return (advisory) => {
    const { id, createdAt, publishedAt, answers } = advisory;
    if (createdAt === null) return [noDate(advisory)];
    if (answers === null) return [noComments(advisory)];
    const moments = [createdAt, ...answers.filter((at) => at > createdAt && at < publishedAt), publishedAt];
    const gaps = moments.slice(1).map((at, index) => daysBetween(moments[index] ?? at, at));
    const longest = Math.max(0, ...gaps);
    const text = `the longest silence on ${id} was ${longest.toFixed(1)} days`;
    return [longest > limit.days ? broken(`${text}, more than ${limit.words}`, MEND) : kept(text)];
  };
}

/** A fix for `severity` within `window` of the report: the tag of the first patched version, or publication at the latest. */
export function fixWithin(severity: PolicySeverity, window: Window): Clock {
  return (advisory, releases) => {
    if (advisory.severity !== severity) return [];
    const { id, createdAt, publishedAt } = advisory;
    if (createdAt === null) return [noDate(advisory)];
    const tag = tagOfFix(advisory, releases);
    if (window.kind === 'next-release') return [judgeNextRelease(advisory, createdAt, tag, releases)];
    const due = dueBy(createdAt, window);
    if (due === null)
      return [cannotTell('unclear', `no day follows from "${describeWindow(window)}"`, 'Write a number of days.')];
    const words = describeWindow(window);
    if (tag !== undefined)
      return [
        compare(
          `${id} (${severity}) was reported on ${day(createdAt)} and fixed by ${excerpt(tag.tag)} on ${day(tag.at)}`,
          tag.at,
          due,
          words,
          tag.commit,
        ),
      ];
    // The fix is no later than the advisory that names it.
    if (advisory.patched.length > 0 && publishedAt <= due)
      return [
        kept(`${id} (${severity}) was reported on ${day(createdAt)} and published with a fix on ${day(publishedAt)}`),
      ];
    const text = `${id} (${severity}) was reported on ${day(createdAt)}, and no tag says when it was fixed`;
    return [cannotTell('no-evidence', text, 'Tag the patched version, or fetch the tags.')];
  };
}

function tagOfFix({ patched }: PublishedAdvisory, releases: readonly Release[]): Release | undefined {
  return releases.find(({ version }) =>
    patched.some((each) => semver.valid(each, { loose: true }) !== null && semver.eq(version, each, { loose: true })),
  );
}

function dueBy(from: string, window: Window): string | null {
  if (window.kind === 'immediate') return addDays(from, 1);
  if (window.kind !== 'within') return null;
  const days = {
    hours: window.amount / 24,
    days: window.amount,
    'business-days': window.amount,
    weeks: window.amount * 7,
    months: window.amount * 31,
  };
  return addDays(from, days[window.unit], window.unit === 'business-days');
}

function judgeNextRelease(
  { id, severity }: PublishedAdvisory,
  createdAt: string,
  tag: Release | undefined,
  releases: readonly Release[],
): Evidence {
  const next = releases.find(({ at }) => at > createdAt);
  if (tag === undefined || next === undefined)
    return cannotTell(
      'no-evidence',
      `no tag says which release fixed ${id}`,
      'Tag the patched version, or fetch the tags.',
    );
  const text = `${id} (${severity ?? 'unknown'}) was reported on ${day(createdAt)}; the next release was ${excerpt(next.tag)}, the fix ${excerpt(tag.tag)}`;
  return tag.at <= next.at ? kept(text, { commit: tag.commit }) : broken(text, MEND, { commit: tag.commit });
}

/** Publication within `limit` of the report. With `orFix`, a fix that comes later puts it off. */
export function publishWithin(limit: Duration, orFix: boolean): Clock {
  return (advisory) => {
    const { id, createdAt, publishedAt } = advisory;
    if (createdAt === null) return [noDate(advisory)];
    const due = addDays(createdAt, limit.days, limit.business);
    const text = `${id} was reported on ${day(createdAt)} and published on ${day(publishedAt)}`;
    if (publishedAt > due && orFix)
      return [
        cannotTell(
          'unclear',
          `${text}, later than ${limit.words}; the promise lets it wait for a fix`,
          'Say which of the two comes first.',
        ),
      ];
    return [compare(text, publishedAt, due, limit.words)];
  };
}

/** How long a CVE id may be under way before it counts as never asked for. GitHub answers within days. */
const CVE_PATIENCE_DAYS = 30;

/** A CVE id for every advisory of `severity`. */
export function cveFor(severity: PolicySeverity | null, now: string): Clock {
  return ({ id, cve, severity: level, publishedAt }) => {
    if (severity !== null && level !== severity) return [];
    if (cve !== null) return [kept(`${id} has ${excerpt(cve)}`)];
    const age = Math.floor(daysBetween(publishedAt, now));
    const text = `${id} was published on ${day(publishedAt)} and has no CVE id`;
    const mend = 'Request one on the page of the advisory.';
    return [
      age > CVE_PATIENCE_DAYS ? broken(`${text} after ${age} days`, mend) : cannotTell('no-evidence', text, mend),
    ];
  };
}

function compare(text: string, at: string, due: string, words: string, commit?: string): Evidence {
  const place = commit === undefined ? {} : { commit };
  return at > due ? broken(`${text}, later than ${words}`, MEND, place) : kept(text, place);
}

function noDate({ id }: PublishedAdvisory): Evidence {
  return cannotTell('no-evidence', `the export does not say when ${id} was reported`, 'Export it with created_at.');
}

/** GitHub shows the discussion of an advisory to people, and not through its API. */
function noComments({ id }: PublishedAdvisory): Evidence {
  const text = `the export holds no comments of ${id}, so who answered when is not known`;
  return cannotTell('for-a-person', text, 'Look at the advisory, and record it in .fixby/attestations.yaml.');
}

function day(at: string): string {
  return at.slice(0, 10);
}

function minute(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
