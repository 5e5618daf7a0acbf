/** Says how bad an advisory is in the words of npm's audit. */
import type { OsvRecord } from '../core/model/advisory.ts';
import { levelOfScore, scoreCvss } from '../core/model/cvss.ts';
import type { CvssScore } from '../core/model/cvss.ts';
import type { SeverityLevel } from '../core/model/severity.ts';
import { blocksOf } from '../core/match/affected.ts';

export type NpmSeverity = 'low' | 'moderate' | 'high' | 'critical';

const WORDS: Readonly<Record<SeverityLevel, NpmSeverity | undefined>> = {
  critical: 'critical',
  high: 'high',
  medium: 'moderate',
  low: 'low',
  unknown: undefined,
};

const LABELS: ReadonlyMap<string, NpmSeverity> = new Map([
  ['LOW', 'low'],
  ['MEDIUM', 'moderate'],
  ['MODERATE', 'moderate'],
  ['HIGH', 'high'],
  ['CRITICAL', 'critical'],
]);

/** Newer generations of the standard are preferred. */
const PREFERENCE = ['v4', 'v3', 'v2'] as const;

/**
 * Malware is critical whatever it scores; else the database's label, else the score. `undefined` when the record does not
 * say: the entry then goes out without a severity, which npm takes for high.
 */
export function npmSeverity(record: OsvRecord, cvss: CvssScore | undefined): NpmSeverity | undefined {
  if ([record.id, ...(record.aliases ?? [])].some((id) => id.startsWith('MAL-'))) return 'critical';
  const label = LABELS.get((record.database_specific?.severity ?? '').toUpperCase());
  return label ?? (cvss === undefined ? undefined : WORDS[levelOfScore(cvss)]);
}

/** The score that counts for a package: what its own blocks state, else what the record states. */
export function cvssFor(record: OsvRecord, name: string): CvssScore | undefined {
  const own = blocksOf(record, 'npm', name).flatMap((block) => block.severity ?? []);
  return best(own) ?? best(record.severity ?? []);
}

function best(stated: readonly { readonly score: string }[]): CvssScore | undefined {
  const scores = stated.flatMap(({ score }) => scoreCvss(score) ?? []);
  return PREFERENCE.flatMap((version) => scores.find((each) => each.version === version) ?? [])[0];
}
