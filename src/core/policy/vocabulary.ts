/** What a language has to say for its policies to be read: phrases by meaning. One file a language below `words/`. */
import type { Phrases } from '../document/phrases.ts';
import type { DurationUnit, PolicySeverity } from '../model/policy.ts';

/** Units a text may name; the ones the model lacks are multiples of the ones it has. */
export type WrittenUnit = DurationUnit | 'fortnights' | 'quarters' | 'years' | 'sprints';

/** How often something is done. */
export type Cadence = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/**
 * A word that no list holds makes its sentence unreadable, and that is wanted: a list holds only what has one meaning
 * in a policy.
 */
export interface Vocabulary {
  readonly severities: { readonly [S in PolicySeverity]?: Phrases };
  /** Labels that some vendors' scales use for `high`; believed only where the rest of the timetable fits. */
  readonly looselyHigh?: Phrases;
  /** Levels below every severity a policy has windows for. */
  readonly belowAll?: Phrases;
  /** "All others". */
  readonly rest?: Phrases;
  /** "All vulnerabilities". */
  readonly all?: Phrases;
  /** After a severity: it and everything worse. */
  readonly upward?: Phrases;
  /** After a severity: it and everything less bad. */
  readonly downward?: Phrases;
  /** Before a severity: it and everything worse. */
  readonly atLeast?: Phrases;
  readonly numbers?: Readonly<Record<string, number>>;
  /** Words that are an article or the number one. */
  readonly articles?: Phrases;
  readonly units?: { readonly [U in WrittenUnit]?: Phrases };
  /** What may stand around a duration and make it an upper bound: "within", "at most". */
  readonly bounds?: Phrases;
  /** Bounds that mean something else unless a number follows: "the next 7 days". */
  readonly boundsBeforeNumber?: Phrases;
  /** Between the two bounds of a range. */
  readonly to?: Phrases;
  readonly between?: Phrases;
  readonly immediate?: Phrases;
  readonly sameDay?: Phrases;
  readonly asap?: Phrases;
  /** Haste without a time, which no configuration key gives a meaning. */
  readonly vague?: Phrases;
  readonly nextRelease?: {
    readonly any?: Phrases;
    readonly patch?: Phrases;
    readonly minor?: Phrases;
    readonly major?: Phrases;
  };
  readonly nextSprint?: Phrases;
  readonly opportunistic?: Phrases;
  readonly cadences?: { readonly [C in Cadence]?: Phrases };
  /** Words that say a time is for getting rid of the vulnerability. */
  readonly fix?: Phrases;
  /** Words that say a time is for something else: answering, triage, disclosure, scanning. */
  readonly other?: Phrases;
  /** Before an event that starts a clock, and nowhere else. */
  readonly after?: Phrases;
  /** Before such an event, and a harmless word otherwise. */
  readonly of?: Phrases;
  /** Events that start a clock, and harmless words otherwise. */
  readonly events?: Phrases;
  /** Events that start a clock, and words for something else than fixing otherwise. */
  readonly otherEvents?: Phrases;
  /** Reports: events that start a clock; beside a fix they only say which vulnerabilities are fixed, alone they are something else. */
  readonly reported?: Phrases;
  readonly joins?: Phrases;
  /** Words that weaken a promise without changing its time. */
  readonly soft?: Phrases;
  /** Words that limit what was said before them. */
  readonly exceptions?: Phrases;
  /** What vulnerabilities are found in. Right beside a severity it is the thing that is critical: "critical packages". */
  readonly carriers?: Phrases;
  /** In a heading or introduction: what follows is not what holds, such as an example or an old policy. */
  readonly notInForce?: Phrases;
  /** Anywhere in a section: its times are not what they say, at some time or for some. */
  readonly alters?: Phrases;
  /** Words that change nothing, unless a number follows: "every 7 days" is no window. */
  readonly recurring?: Phrases;
  /** Words that change nothing. */
  readonly filler?: Phrases;
  /** For headings and introductions: the times below are about dependencies. */
  readonly dependencyArea?: Phrases;
  /** For headings and introductions: the times below are about vulnerabilities reported in the project itself. */
  readonly reportingArea?: Phrases;
}
