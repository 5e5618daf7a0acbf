/** Decides whether words promise something now: not an example, not a plan, not the opposite. */
import type { Passage } from '../model/promise.ts';

const NOT_IN_FORCE =
  /\b(?:examples?|template|draft|propos(?:al|ed)|deprecated|obsolete|superseded|archived?|former|previously|roadmap|planned|future|upcoming|to-?do|known (?:issues?|limitations?|problems?)|limitations|non-goals?|out of scope)\b/i;

/** Longer words above a passage are a thought of their own, not a label. */
const LONGEST_LABEL = 80;

/** Whether nothing above the passage says that what follows is an example, a plan, or a list of what is missing. */
export function isInForce({ above }: Passage): boolean {
  return !above.some((text) => text.length <= LONGEST_LABEL && NOT_IN_FORCE.test(text));
}

const NOT_ASSERTED =
  /\b(?:(?:do|does|did|is|are|was|were|has|have|will|would|can|could|should|must) not|don't|doesn't|isn't|aren't|won't|can't|not yet|no longer|not (?:currently|enabled|configured|used|automated)|no (?=dependabot|renovate|automat|regular)|without|instead of|(?:we|they|it|team|project) used to|plan(?:s|ned|ning)? to|going to|intend(?:s|ed)? to|will soon|coming soon|soon be|to-?do|tbd|to be (?:added|enabled|configured|set up)|should|could|might|would|consider|recommend(?:ed|s)?|suggest(?:ed|s)?|feel free|if you|you (?:can|may|could)|users who|users of|downstream|your (?:own )?(?:project|repo|repository|dependencies|fork)|in the future|disabled|manually)\b/i;

/** Words for the first word a reporter gets back. */
export const ANSWER =
  /\b(?:(?:initial|first)\s+(?:response|reply|answer|contact)|acknowledg\w*|(?:respond|reply|replies|answer|hear (?:back|from)|(?:get|come) back|be in touch|(?<!incident )response(?= (?:time|within|in)\b|:)|confirm(?:ation)? (?:of )?receipt)\w*|(?:expect|receive|get|send you) (?:an? )?(?:\w+ )?(?:response|reply|answer|confirmation))\b/i;

/** Whether a sentence says that something is so. A wish, a plan, a question, a piece of advice and a denial do not. */
export function isAsserted(text: string): boolean {
  return !NOT_ASSERTED.test(text) && !/\?\s*$/.test(text);
}

/** Whether a passage can promise anything by itself: headings name, and code shows. */
export function isStatement({ kind }: Passage): boolean {
  return kind === 'sentence' || kind === 'item' || kind === 'row';
}
