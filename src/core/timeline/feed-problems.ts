/** Decides what it means for a run that a feed about exploited flaws was not there, was not read, or is old. */
import type { Exploitation, FeedReading } from '../model/exploitation.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';

const DAY_MS = 86_400_000;

/** CISA adds entries every few days, FIRST scores every day: what is older is a copy nobody renews. */
const OLDEST_DAYS = { kev: 30, epss: 14 };

const NAMES = {
  kev: "CISA's catalog of known exploited vulnerabilities",
  epss: 'the list of EPSS scores',
};

/** What a reader must know of the feeds, and what the policy makes of it. */
export interface FeedQuestion {
  readonly exploitation: Exploitation;
  /** Whether the policy grants known-exploited findings a window of their own: then nobody may guess which they are. */
  readonly matters: boolean;
  /** Findings that have a CVE id, by which the feeds are asked. */
  readonly findings: number;
  /** When the feeds were asked, UTC ISO-8601. */
  readonly now: string;
}

/** Nothing is open where no finding has a CVE id. EPSS scores decide nothing and leave nothing open. */
export function findFeedProblems({ exploitation, matters, findings, now }: FeedQuestion): readonly Problem[] {
  if (findings === 0) return [];
  const { kev, epss } = exploitation;
  if (kev.status === 'not-configured' && matters)
    return [notConfigured(findings), ...problemsOf('epss', epss, false, now)];
  return [...problemsOf('kev', kev, matters, now), ...problemsOf('epss', epss, false, now)];
}

function notConfigured(findings: number): Problem {
  return {
    target: null,
    code: 'known-exploited-unknown',
    message: `The policy grants known-exploited findings a window of their own, and no catalog is configured to tell which of ${findings} they are.`,
    mend: 'Name the address or a copy of the catalog as exploited.kev in .fixby/config.yaml.',
    blocks: true,
  };
}

function problemsOf(
  feed: keyof Exploitation,
  reading: FeedReading<unknown>,
  blocks: boolean,
  now: string,
): readonly Problem[] {
  const trouble = troubleOf(feed, reading, now);
  if (trouble === undefined) return [];
  return [
    {
      target: null,
      code: feed === 'kev' ? 'known-exploited-unknown' : 'epss-unknown',
      message: `${capitalize(NAMES[feed])} ${trouble}`,
      mend: `Look at exploited.${feed} in .fixby/config.yaml, and whether what it names can be reached and is renewed.`,
      blocks,
    },
  ];
}

function troubleOf(feed: keyof Exploitation, reading: FeedReading<unknown>, now: string): string | undefined {
  if (reading.status === 'not-configured') return undefined;
  const source = excerpt(reading.source, 120);
  if (reading.status === 'unavailable') return `could not be read from ${source}: ${reading.detail}.`;
  if (reading.outdated !== undefined)
    return `could not be read from ${source}, and an older copy was used: ${reading.outdated}.`;
  if (reading.madeAt === undefined) return `at ${source} does not say how old it is.`;
  const days = Math.floor((Date.parse(now) - Date.parse(reading.madeAt)) / DAY_MS);
  return days > OLDEST_DAYS[feed] ? `at ${source} is ${days} days old.` : undefined;
}

function capitalize(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
