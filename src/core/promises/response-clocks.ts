/** The promise to answer, keep informed, fix and publish in time: held against the advisories the project published. */
import { cveFor, firstAnswer, fixWithin, publishWithin, statusEvery, type Clock } from './clocks.ts';
import { cannotTell } from './evidence.ts';
import { readDuration, readPeriod } from './period.ts';
import { readAdvisories } from './published-advisories.ts';
import { ANSWER, isStatement } from './wording.ts';
import { excerpt } from '../model/text.ts';
import type { PolicySeverity } from '../model/policy.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

export const responseClocks: PromiseKind = {
  name: 'response-clocks',
  title: 'Reports are answered, fixed and published in time',
  find: (passages) => passages.filter(isStatement).flatMap(claimsOf),
};

const AREA =
  /\b(?:report|respon|expect|disclos|triage|acknowledg|hear (?:back|from)|fix(?:es)? timeline|timeline|what happens next|our (?:process|commitment)|handling|advisor)/i;
const STATUS = /\b(?:status|progress|updates?|inform\w*|keep you)\b/i;
const DISCLOSE = /\b(?:public(?:ly)? (?:disclos|announce)\w*|disclos(?:e[ds]?|ing|ure)|publish(?:ed)?)\b/i;
/** The event a time is counted from or up to, not what happens in it. */
const DISCLOSURE_AS_EVENT =
  /\b(?:of|after|from|following|before|prior to|since|upon)\s+(?:(?:the|a|public|initial|full|coordinated)\s+){0,2}(?:disclosure|publication|publishing)/i;
const CVE =
  /\bCVEs?\b.{0,40}\b(?:request|assign|obtain|register|issued)|\b(?:request|assign|obtain|register)\w*\b.{0,40}\bCVEs?\b/i;

function claimsOf(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  const inArea = above.some((each) => AREA.test(each)) || AREA.test(text);
  if (!inArea) return [];
  return [
    ...answerClaim(passage),
    ...statusClaim(passage),
    ...fixClaims(passage),
    ...publishClaim(passage),
    ...cveClaim(passage),
  ];
}

/** The limit that stands nearest after the words, or failing that in the sentence. */
function limitNear(pattern: RegExp, text: string): ReturnType<typeof readDuration> {
  const at = pattern.exec(text)?.index;
  if (at === undefined) return null;
  return readDuration(text.slice(at)) ?? readDuration(text);
}

function answerClaim(passage: Passage): readonly Claim[] {
  if (levelsIn(passage.text).length > 0) return [];
  const limit = limitNear(ANSWER, passage.text);
  return limit === null ? [] : [claim(passage, `a report is answered within ${limit.words}`, () => firstAnswer(limit))];
}

function statusClaim(passage: Passage): readonly Claim[] {
  const at = STATUS.exec(passage.text)?.index;
  const period = at === undefined ? null : readPeriod(passage.text.slice(at));
  if (period === null) return [];
  const limit = { days: period.days, business: false, words: period.words };
  return [claim(passage, `the reporter hears of it ${period.words}`, () => statusEvery(limit))];
}

const WITHOUT_NUMBER = /\b(?:immediate(?:ly)?|asap|next .{0,20}release|release cycle)\b/i;

const LEVELS: readonly (readonly [PolicySeverity, RegExp])[] = [
  ['critical', /\bcritical\b/i],
  ['high', /\bhigh\b/i],
  ['medium', /\b(?:medium|moderate)\b/i],
  ['low', /\blow\b/i],
];

function levelsIn(text: string): readonly PolicySeverity[] {
  return LEVELS.filter(([, pattern]) => pattern.test(text)).map(([level]) => level);
}

const FIX = /\b(?:fix|resolv|resolution|patch|remediat|correct)\w*/i;
const NO_FIX = /\b(?:triag|respon[ds]|repl(?:y|ies)|answer|acknowledg|reward|bount|mitigat|workaround|assess)\w*/i;
/** Not what was reported in the project itself. */
const THIRD_PARTY = /\b(?:dependenc|third[- ]party|packages?\b|librar|advisories rated|dependabot|renovate)/i;
const REPORTED = /\b(?:report|response|respond|expect|disclos|triage|handling|timeline)/i;

/** Times without a severity hold for all; those with one are for the policy's grammar. */
function fixClaims(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  const area = [text, ...above].find((each) => REPORTED.test(each) || THIRD_PARTY.test(each));
  if (CVE.test(text) || area === undefined || THIRD_PARTY.test(area)) return [];
  if (levelsIn(text).length > 0 || levelsIn(above[0] ?? '').length > 0) return levelClaims(passage);
  const at = FIX.exec(text)?.index;
  const limit =
    at === undefined || !/\b(?:fix|resolv|patch)\w*.{0,60}\bwithin\b/i.test(text) ? null : readDuration(text.slice(at));
  if (limit === null || !/\b(?:report|vulnerab|issue|fix)/i.test(text) || DISCLOSE.test(text)) return [];
  const window = limit.business
    ? ({ kind: 'within', amount: limit.days, unit: 'business-days' } as const)
    : ({ kind: 'within', amount: limit.days * 24, unit: 'hours' } as const);
  return [
    claim(
      passage,
      `a reported vulnerability is fixed within ${limit.words}`,
      () => (advisory, releases) => LEVELS.flatMap(([severity]) => fixWithin(severity, window)(advisory, releases)),
    ),
  ];
}

/** The policy's grammar decides which lines are fix times, and what they mean. */
function levelClaims(passage: Passage): readonly Claim[] {
  const { text, above } = passage;
  if (readDuration(text) === null && !WITHOUT_NUMBER.test(text)) return [];
  const said = [text, ...above].find((each) => FIX.test(each) || NO_FIX.test(each)) ?? '';
  const fixes = FIX.test(said) || passage.kind === 'row';
  if (NO_FIX.test(said) && !fixes) return [];
  return [
    {
      passage,
      promise: 'a reported vulnerability is fixed in the time of its severity',
      *check(facts) {
        const windows = facts.reportedWindows.filter(
          ({ file, line }) => file === passage.file && line === passage.line,
        );
        return checkAdvisories(facts, (advisory, releases) =>
          windows.flatMap(({ severity, window }) => fixWithin(severity, window)(advisory, releases)),
        );
      },
    },
  ];
}

function publishClaim(passage: Passage): readonly Claim[] {
  const { text } = passage;
  const numbered = /\bday\s+(?:\d+\s*(?:-|–|to)\s*)?(\d{1,4})\b/i.exec(text)?.[1];
  const words = numbered === undefined ? null : { days: Number(numbered), business: false, words: `${numbered} days` };
  const limit = DISCLOSE.test(text.replace(DISCLOSURE_AS_EVENT, ' ')) ? (words ?? readDuration(text)) : null;
  if (limit === null || limit.days === 0 || ANSWER.test(text)) return [];
  const orFix = /\b(?:or|unless|until|once|after)\b.{0,60}\b(?:fix|patch|release)/i.test(text);
  return [
    claim(passage, `an advisory is published within ${limit.words} of the report`, () => publishWithin(limit, orFix)),
  ];
}

function cveClaim(passage: Passage): readonly Claim[] {
  if (!CVE.test(passage.text)) return [];
  const [level = null] = levelsIn(passage.text);
  const which = level === null ? 'every advisory' : `every ${level} advisory`;
  return [claim(passage, `${which} gets a CVE id`, ({ now }) => cveFor(level, now))];
}

function claim(passage: Passage, promise: string, clockFor: (facts: PromiseFacts) => Clock): Claim {
  return {
    passage,
    promise,
    *check(facts) {
      return checkAdvisories(facts, clockFor(facts));
    },
  };
}

const AGAIN = 'Look whether GITHUB_TOKEN may read the advisories of the repository, and whether the API answers.';

const HOW =
  'Run `fixby promises --advisories-from OWNER/REPOSITORY` with a token in GITHUB_TOKEN, or give an export of them with `--advisories-export`.';

function checkAdvisories(facts: PromiseFacts, clock: Clock): readonly Evidence[] {
  const { advisories, advisoriesUnavailable, checkout } = facts;
  if (advisoriesUnavailable !== undefined)
    return [cannotTell('no-evidence', `the advisories could not be listed: ${excerpt(advisoriesUnavailable)}`, AGAIN)];
  if (advisories === undefined)
    return [cannotTell('no-evidence', 'the advisories the project published were not given', HOW)];
  const list = readAdvisories(advisories.text);
  if (list === null) return [cannotTell('unreadable', `${excerpt(advisories.file)} is no list of advisories`, HOW)];
  const evidence = list.flatMap((advisory) => clock(advisory, checkout?.releases ?? []));
  if (evidence.length > 0) return evidence;
  return [
    cannotTell(
      'no-evidence',
      'no advisory was published that this could be measured by',
      'Nothing to do until there is one.',
    ),
  ];
}
