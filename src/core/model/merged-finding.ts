/** A finding between normalizing and enriching: its alias set is settled, its advisory and severity are not yet read. */
import type { OsvRecord } from './advisory.ts';
import type { ReportedVulnerability } from './audit.ts';
import type { Finding } from './finding.ts';

export interface MergedFinding extends Omit<Finding, 'advisory' | 'severity'> {
  /** The alias set, sorted; never empty. */
  readonly ids: readonly string[];
  /** Records of the alias set that name this package, or name no package at all; sorted by id. */
  readonly records: readonly OsvRecord[];
  /** What the auditors said, sorted; never empty. */
  readonly reports: readonly ReportedVulnerability[];
  /** Ids of the alias set the advisory source gave no answer for, and why; sorted by id. */
  readonly unanswered: readonly { readonly id: string; readonly detail: string }[];
}
