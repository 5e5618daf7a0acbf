/** Scores CVSS vectors, and says which level a score stands for. */
import ae from 'ae-cvss-calculator';
import type { SeverityLevel } from './severity.ts';

/** A base score (0.1 to 10) and the generation of the standard it was reckoned by. */
export interface CvssScore {
  readonly version: 'v2' | 'v3' | 'v4';
  readonly score: number;
  readonly vector: string;
}

/** What the library's vector objects can do; it hands them out untyped. */
interface ParsedVector {
  isBaseFullyDefined(): boolean;
  calculateScores(): { readonly base?: number; readonly baseMetricsOnly?: number };
}

const PREFIXES = [
  ['CVSS:4.0/', 'v4'],
  ['CVSS:3.1/', 'v3'],
  ['CVSS:3.0/', 'v3'],
  ['AV:', 'v2'],
] as const;

/** Real vectors stay below 200 characters; what is longer is not worth a parser's time. */
const MAX_LENGTH = 512;

/**
 * The base score of a vector. `null` when it is no complete vector of CVSS 2, 3.0, 3.1 or 4.0, names a metric twice, or
 * scores 0.0: a flaw that scores nothing is a flaw nobody scored.
 */
export function scoreCvss(vector: string): CvssScore | null {
  const version = PREFIXES.find(([prefix]) => vector.startsWith(prefix))?.[1];
  if (version === undefined || vector.length > MAX_LENGTH || namesMetricTwice(vector)) return null;
  const score = baseScore(vector);
  return score === undefined || !(score > 0 && score <= 10) ? null : { version, score, vector };
}

/**
 * The level of a base score. https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale;
 * CVSS 2 has no critical, https://nvd.nist.gov/vuln-metrics/cvss.
 */
export function levelOfScore({ version, score }: Pick<CvssScore, 'version' | 'score'>): SeverityLevel {
  if (score >= 9 && version !== 'v2') return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'unknown';
}

function baseScore(vector: string): number | undefined {
  // The library takes partial vectors for 0.0 and answers null, or throws, for what it cannot read.
  try {
    const parsed = ae.fromVector(vector) as ParsedVector | null;
    if (parsed?.isBaseFullyDefined() !== true) return undefined;
    const { baseMetricsOnly, base } = parsed.calculateScores();
    return baseMetricsOnly ?? base;
  } catch {
    return undefined;
  }
}

function namesMetricTwice(vector: string): boolean {
  const metrics = vector.split('/').map((part) => part.split(':', 1)[0]);
  return new Set(metrics).size < metrics.length;
}
