/** Scores CVSS vectors, and refuses every one that says less than a whole base score. */
import ae from 'ae-cvss-calculator';
import type { SeverityLevel, SeverityStatement } from '../model/severity.ts';

/** A base score with its vector as written. `score` is 0.1 to 10. */
export interface ScoredVector {
  readonly from: Extract<SeverityStatement['from'], `cvss-${string}`>;
  readonly level: SeverityLevel;
  readonly score: number;
  readonly vector: string;
}

/** A calculator of one version of the standard. `base` is the score of the base metrics alone. */
interface Calculator {
  readonly from: ScoredVector['from'];
  readonly prefix: RegExp;
  readonly base: (vector: string) => number | undefined;
}

const CALCULATORS: readonly Calculator[] = [
  { from: 'cvss-v4', prefix: /^CVSS:4\.0\//, base: (vector) => baseOf(new ae.Cvss4P0(vector)) },
  { from: 'cvss-v3', prefix: /^CVSS:3\.1\//, base: (vector) => baseOf(new ae.Cvss3P1(vector)) },
  { from: 'cvss-v3', prefix: /^CVSS:3\.0\//, base: (vector) => baseOf(new ae.Cvss3P0(vector)) },
  { from: 'cvss-v2', prefix: /^AV:[LAN]\//, base: (vector) => baseOf(new ae.Cvss2(vector)) },
];

/** The longest true vector, with every optional metric, has fewer than 250 characters. */
const MAX_LENGTH = 400;
/** Scoring takes half a millisecond and the same few vectors come again and again. */
const MAX_REMEMBERED = 5000;
const remembered = new Map<string, ScoredVector | null>();

/**
 * The base score of a vector: what the flaw is, without temporal or environmental metrics, which age or are not ours.
 * `null` for an unknown prefix, a missing, doubled or unknown metric, and a score of 0.0: such a vector says nothing, and
 * nothing must never read as harmless. https://www.first.org/cvss/
 */
export function scoreVector(vector: string): ScoredVector | null {
  const known = remembered.get(vector);
  if (known !== undefined) return known;
  const scored = vector.length > MAX_LENGTH ? null : score(vector.trim());
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  if (vector.length <= MAX_LENGTH) remembered.set(vector, scored);
  return scored;
}

/** The rating of a score. CVSS v2 has no `critical`. */
export function rateScore(score: number, from: ScoredVector['from']): SeverityLevel {
  if (score >= 9 && from !== 'cvss-v2') return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'unknown';
}

function score(vector: string): ScoredVector | null {
  const calculator = CALCULATORS.find(({ prefix }) => prefix.test(vector));
  if (calculator === undefined || !isWellFormed(vector)) return null;
  const base = calculate(calculator, vector);
  if (base === undefined || !(base > 0 && base <= 10)) return null;
  return { from: calculator.from, level: rateScore(base, calculator.from), score: base, vector };
}

/** The library throws on a value that its metric does not have. */
function calculate(calculator: Calculator, vector: string): number | undefined {
  try {
    return calculator.base(vector);
  } catch {
    return undefined;
  }
}

/** The library skips what it does not know and lets the last of two equal metrics win. */
function isWellFormed(vector: string): boolean {
  const metrics = vector.replace(/^CVSS:\d\.\d\//, '').split('/');
  const names = new Set(metrics.map((metric) => metric.split(':', 1)[0]));
  return names.size === metrics.length && metrics.every((metric) => /^[A-Za-z]{1,3}:[A-Za-z]{1,6}$/.test(metric));
}

function baseOf(vector: InstanceType<(typeof ae)['Cvss4P0' | 'Cvss3P1' | 'Cvss3P0' | 'Cvss2']>): number | undefined {
  if (!vector.isBaseFullyDefined()) return undefined;
  const scores = vector.calculateScores();
  // In v4 the library calls the score with threat metrics `base`.
  return 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base;
}
