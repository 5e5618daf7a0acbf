/** Decides which of its many ids a flaw is called by. */
import type { MergedFinding } from '../model/merged-finding.ts';
import { byEach, byText } from '../model/order.ts';

/** Databases from the one whose pages help most; what is not listed comes last. */
const DATABASES = ['GHSA', 'CVE', 'PYSEC', 'MAL'];

/** GHSA, CVE, PYSEC, MAL, other; of one database an id whose record is known to be about this package first. */
export function preferredId({ ids, records }: Pick<MergedFinding, 'ids' | 'records'>): string {
  const known = new Set(records.map((record) => record.id));
  const [id = 'unnamed'] = [...ids].sort(
    byEach(
      (a, b) => rankOf(a) - rankOf(b),
      (a, b) => Number(!known.has(a)) - Number(!known.has(b)),
      byText,
    ),
  );
  return id;
}

/** The place of an id's database in that order; smaller is better. */
export function rankOf(id: string): number {
  const rank = DATABASES.indexOf(id.split('-', 1)[0] ?? '');
  return rank < 0 ? DATABASES.length : rank;
}

/** Whether the id is of a database whose pages we know how to link. */
export function isOfKnownDatabase(id: string): boolean {
  return rankOf(id) < DATABASES.length;
}
