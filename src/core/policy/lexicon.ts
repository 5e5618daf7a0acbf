/** Turns the vocabularies into one table of meanings, and text into the longest phrases it holds. */
import { HARD_BREAK } from '../document/lined-text.ts';
import { buildLexicon, longestPhrase, type Lexicon, type Phrases } from '../document/phrases.ts';
import { tokenize } from '../document/tokens.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { Lexeme, Meaning } from './meaning.ts';
import type { Cadence, Vocabulary } from './vocabulary.ts';
import { once } from '../model/once.ts';
import type { PolicySeverity, ReleaseLevel, Window } from '../model/policy.ts';

const grammarLexicon = once((): Lexicon<Meaning> => buildLexicon(grammarPairs()));

/** The phrases of `text` in order; a token no vocabulary holds is `unknown`. */
export function lex(text: string): readonly Lexeme[] {
  const lexicon = grammarLexicon();
  const tokens = tokenize(text);
  const lexemes: Lexeme[] = [];
  for (let index = 0; index < tokens.length;) {
    const token = tokens[index];
    if (token === undefined) break;
    const entry = longestPhrase(lexicon, tokens, index);
    const last = tokens[index + (entry?.length ?? 1) - 1] ?? token;
    lexemes.push({ meaning: entry?.meaning ?? readLoneToken(token.text), start: token.start, end: last.end });
    index += entry?.length ?? 1;
  }
  return lexemes;
}

/** `1,000` and `2025.10.28` are no numbers a policy can mean; `9,0` is how half the world writes `9.0`. */
function readLoneToken(text: string): Meaning {
  if (text === ',') return { is: 'join' };
  if (text === HARD_BREAK) return { is: 'newline' };
  if (/^\d{1,4}$/.test(text)) return { is: 'number', value: Number(text), decimal: false };
  if (/^\d{1,2}[.,]\d$/.test(text)) return { is: 'number', value: Number(text.replace(',', '.')), decimal: true };
  return { is: 'unknown' };
}

const MARKS: readonly (readonly [string, Meaning])[] = [
  ['. ! 。', { is: 'stop' }],
  ['; & / 、', { is: 'join' }],
  [': = → => | ⇒ ➔ ➜', { is: 'separator' }],
  ['- – — -> -- ~ 〜 − \u2010', { is: 'dash' }],
  ['( [ 【', { is: 'open' }],
  [') ] 】', { is: 'close' }],
  ['<', { is: 'less' }],
  ['<= ≤', { is: 'less-or-equal' }],
  ['>', { is: 'greater' }],
  ['>= ≥', { is: 'greater-or-equal' }],
  ['+', { is: 'plus' }],
];

const CVSS =
  'cvss, cvss score, cvss base score, cvss v3, cvss v3.0, cvss v3.1, cvss v4, cvss v4.0, cvssv3, cvss v3 score, cvss base, cvss rating';

function* grammarPairs(): Generator<readonly [Phrases | undefined, Meaning]> {
  for (const [marks, meaning] of MARKS) for (const mark of marks.split(' ')) yield [mark, meaning];
  yield [CVSS, { is: 'cvss' }];
  for (const list of LISTS) for (const vocabulary of VOCABULARIES) yield* list(vocabulary);
}

type PairList = (vocabulary: Vocabulary) => Iterable<readonly [Phrases | undefined, Meaning]>;

// From the most to the least cautious: see buildLexicon.
const LISTS: readonly PairList[] = [
  ({ exceptions }) => [[exceptions, { is: 'exception' }]],
  severityPairs,
  durationPairs,
  windowPairs,
  ({ otherEvents }) => [[otherEvents, { is: 'purpose', purpose: 'other', event: true, weak: false }]],
  ({ reported }) => [[reported, { is: 'purpose', purpose: 'other', event: true, weak: true }]],
  ({ other }) => [[other, { is: 'purpose', purpose: 'other', event: false, weak: false }]],
  ({ fix }) => [[fix, { is: 'purpose', purpose: 'fix', event: false, weak: false }]],
  ({ after, of, events }) => [
    [after, { is: 'after' }],
    [of, { is: 'of' }],
    [events, { is: 'event' }],
  ],
  ({ joins, to }) => [
    [joins, { is: 'join' }],
    [to, { is: 'to' }],
  ],
  ({ carriers, recurring, soft, filler }) => [
    [carriers, { is: 'carrier' }],
    [recurring, { is: 'recurring' }],
    [soft, { is: 'soft' }],
    [filler, { is: 'filler' }],
  ],
];

function* severityPairs(vocabulary: Vocabulary): Generator<readonly [Phrases | undefined, Meaning]> {
  const levels: readonly PolicySeverity[] = ['critical', 'high', 'medium', 'low'];
  for (const level of levels) yield [vocabulary.severities[level], { is: 'severity', level, loose: false }];
  yield [vocabulary.looselyHigh, { is: 'severity', level: 'high', loose: true }];
  yield [vocabulary.belowAll, { is: 'below-all' }];
  yield [vocabulary.rest, { is: 'rest' }];
  yield [vocabulary.all, { is: 'all' }];
  yield [vocabulary.upward, { is: 'upward' }];
  yield [vocabulary.downward, { is: 'downward' }];
  yield [vocabulary.atLeast, { is: 'at-least' }];
}

const UNITS = [
  'hours',
  'days',
  'business-days',
  'weeks',
  'months',
  'fortnights',
  'quarters',
  'years',
  'sprints',
] as const;

function* durationPairs(vocabulary: Vocabulary): Generator<readonly [Phrases | undefined, Meaning]> {
  for (const unit of UNITS) yield [vocabulary.units?.[unit], { is: 'unit', unit }];
  for (const [word, value] of Object.entries(vocabulary.numbers ?? {}))
    yield [word, { is: 'number', value, decimal: false }];
  yield [vocabulary.bounds, { is: 'bound' }];
  yield [vocabulary.boundsBeforeNumber, { is: 'bound-before-number' }];
  yield [vocabulary.between, { is: 'between' }];
  yield [vocabulary.articles, { is: 'article' }];
}

const CADENCES: Readonly<Record<Cadence, Window>> = {
  daily: { kind: 'within', amount: 1, unit: 'days' },
  weekly: { kind: 'within', amount: 1, unit: 'weeks' },
  monthly: { kind: 'within', amount: 1, unit: 'months' },
  quarterly: { kind: 'within', amount: 3, unit: 'months' },
  yearly: { kind: 'within', amount: 12, unit: 'months' },
};

function* windowPairs(vocabulary: Vocabulary): Generator<readonly [Phrases | undefined, Meaning]> {
  yield [vocabulary.vague, { is: 'vague', key: null }];
  yield [vocabulary.asap, { is: 'vague', key: 'policy.vague.asap' }];
  yield [vocabulary.nextSprint, { is: 'next-sprint' }];
  yield [vocabulary.immediate, { is: 'window', window: { kind: 'immediate' }, impliesFix: false }];
  yield [vocabulary.opportunistic, { is: 'window', window: { kind: 'opportunistic' }, impliesFix: true }];
  yield [
    vocabulary.sameDay,
    {
      is: 'window',
      window: { kind: 'within', amount: 24, unit: 'hours' },
      note: 'the same day: 24 hours',
      impliesFix: false,
    },
  ];
  const levels: readonly ReleaseLevel[] = ['any', 'patch', 'minor', 'major'];
  for (const level of levels)
    yield [
      vocabulary.nextRelease?.[level],
      { is: 'window', window: { kind: 'next-release', level }, impliesFix: true },
    ];
  for (const [cadence, window] of Object.entries(CADENCES) as [Cadence, Window][]) {
    yield [
      vocabulary.cadences?.[cadence],
      { is: 'window', window, note: `${cadence}: the longest wait between two times`, impliesFix: false },
    ];
  }
}
