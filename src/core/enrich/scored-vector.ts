/** Turns a CVSS vector into what a severity statement says, scoring each vector once. */
import { levelOfScore, scoreCvss } from '../model/cvss.ts';
import type { SeverityStatement } from '../model/severity.ts';

export type ScoredVector = Required<Omit<SeverityStatement, 'by'>>;

/** Scoring takes half a millisecond, and records of one alias set repeat each other's vectors. */
const remembered = new Map<string, ScoredVector | null>();
const MAX_REMEMBERED = 5000;
/** What is longer is no vector, and not worth remembering. */
const MAX_LENGTH = 512;

/** The statement a vector makes, whoever makes it; `null` where it says less than a whole base score above 0.0. */
export function readVector(text: string): ScoredVector | null {
  if (text.length > MAX_LENGTH) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const statement = score(text.trim());
  remembered.set(text, statement);
  return statement;
}

function score(vector: string): ScoredVector | null {
  const scored = scoreCvss(vector);
  if (scored === null) return null;
  return { from: `cvss-${scored.version}`, level: levelOfScore(scored), score: scored.score, vector };
}
