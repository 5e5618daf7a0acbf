/** The promise that people do something: rotate keys, review access, have tests made. Only people can confirm it. */
import { scannersIn } from './ci/scanners.ts';
import { cannotTell } from './evidence.ts';
import { readPeriod } from './period.ts';
import { isStatement } from './wording.ts';
import type { Claim, Passage, PromiseKind } from '../model/promise.ts';

export const practices: PromiseKind = {
  name: 'practices',
  title: 'People do what they say they do',
  find: (passages) => passages.filter(isStatement).flatMap(claimOf),
};

const ROTATE = /\brotat(?:e|es|ed|ion|ing)\b/i;
const RECURRING =
  /\b(?:access (?:rights? )?reviews?|penetration test|pen[- ]?test|security (?:audits?|reviews?|assessments?|training|drills?)|backups?|restore tests?|threat model|table[- ]?top|(?:access(?: rights)?|permissions?|accounts?|incident response|disaster recovery|restores?) (?:is|are) (?:review|rehears|test|exercis|practi[sc]|verif)\w*|incident response (?:test|exercise)|third[- ]party audits?|permissions? (?:are )?review|change (?:all )?(?:api )?keys|(?:passwords?|keys|secrets|tokens|certificates) are (?:changed|renewed))/i;
const DONE =
  /\b(?:security|penetration|code|external|third[- ]party|independent) (?:audit|test|review|assessment)s?\b.{0,40}\b(?:completed|performed|conducted|done|passed|carried out)\b/i;
const MACHINE = /\b(?:automat|dependabot|renovate|CI\b|github actions?|pipeline|workflow)/i;

function claimOf(passage: Passage): readonly Claim[] {
  const { text } = passage;
  const period = readPeriod(text);
  const regular = period !== null || /\bregular(?:ly)?\b|\bperiodic/i.test(text);
  const recurs = regular && (ROTATE.test(text) || RECURRING.test(text));
  if (!recurs && !DONE.test(text)) return [];
  if (MACHINE.test(text) || scannersIn(text).length > 0) return [];
  const often = period === null ? (recurs ? 'regularly' : 'as it says') : period.words;
  const mend =
    recurs && period === null
      ? 'Say how often, and record each time in .fixby/attestations.yaml.'
      : 'Record who did it, and until when that holds, in .fixby/attestations.yaml.';
  return [
    {
      passage,
      promise: `people do this ${often}`,
      *check() {
        return [cannotTell('for-a-person', 'no file shows what people do', mend)];
      },
    },
  ];
}
