/** Writes small OSV records for tests: only what a test is about. */
import type { OsvAffected, OsvEvent, OsvRecord } from '../../src/core/model/advisory.ts';
import type { StoredAdvisory } from '../../src/ports/advisory-store.ts';

type Block = Partial<Omit<OsvAffected, 'package'>>;

/** One `affected` block of a package. */
export function block(ecosystem: string, name: string, of: Block): OsvAffected {
  return { package: { ecosystem, name }, ...of };
}

/** A block with one range: `[['introduced', '0'], ['fixed', '1.2.0']]`. */
export function ranged(
  ecosystem: string,
  name: string,
  events: readonly (readonly [keyof OsvEvent, string])[],
): OsvAffected {
  return block(ecosystem, name, {
    ranges: [
      { type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: events.map(([key, value]) => ({ [key]: value })) },
    ],
  });
}

/** A record with these blocks and whatever else the test sets. */
export function osvRecord(
  id: string,
  affected: readonly OsvAffected[],
  rest: Partial<Omit<OsvRecord, 'id' | 'affected'>> = {},
): OsvRecord {
  return { id, modified: '2025-01-01T00:00:00Z', affected: [...affected], ...rest };
}

/** A record as a store keeps it; the text is what a mirror must serve unchanged. */
export function stored(record: OsvRecord, text = JSON.stringify(record)): StoredAdvisory {
  return { record, text };
}
