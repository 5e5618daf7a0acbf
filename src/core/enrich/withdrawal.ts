/** Decides which records still stand, and whether a finding is withdrawn as a whole. */
import type { OsvRecord } from '../model/advisory.ts';
import { readInstant } from '../model/instant.ts';
import { byText } from '../model/order.ts';
import type { MergedFinding } from '../model/merged-finding.ts';

/** The records that are not withdrawn at `now`. An unreadable or future date of withdrawal withdraws nothing yet. */
export function liveRecords(records: readonly OsvRecord[], now: string): readonly OsvRecord[] {
  return records.filter((record) => withdrawnAt(record, now) === null);
}

/**
 * When a finding's last standing record was withdrawn; `null` while one stands, while nothing is found, or while an id is
 * unanswered. Records that name the package decide; those that name none only where there is no other.
 */
export function withdrawalOf(
  { records, unanswered }: Pick<MergedFinding, 'records' | 'unanswered'>,
  now: string,
): string | null {
  const naming = records.filter((record) => (record.affected ?? []).some((affected) => affected.package !== undefined));
  const dates = (naming.length > 0 ? naming : records).map((record) => withdrawnAt(record, now));
  if (unanswered.length > 0 || dates.includes(null)) return null;
  return (
    dates
      .flatMap((date) => date ?? [])
      .sort(byText)
      .at(-1) ?? null
  );
}

function withdrawnAt({ withdrawn }: OsvRecord, now: string): string | null {
  const date = readInstant(withdrawn ?? '');
  return date !== null && date <= now ? date : null;
}
