/** Reads the dates of an advisory out of the records of its alias set. */
import type { OsvRecord } from '../model/advisory.ts';
import type { DatedFact } from '../model/finding.ts';
import { readInstant } from '../model/instant.ts';
import { byEach, byText } from '../model/order.ts';

/** Absent dates are not known: no record states them readably. */
export interface AdvisoryDates {
  /** The earliest publication, with the record that says so. */
  readonly published?: DatedFact;
  readonly modified?: string;
}

/**
 * The earliest publication and the latest change that any record states, withdrawn records included: they made the flaw
 * known all the same. A date after `now` gives way to any earlier one, and stands when there is no other: judging and the
 * reader decide what it is worth.
 */
export function readDates(records: readonly OsvRecord[]): AdvisoryDates {
  const published = records.flatMap((record) => {
    const at = readInstant(record.published ?? '');
    return at === null ? [] : [{ at, source: `published in ${record.id}` }];
  });
  const modified = records.flatMap((record) => readInstant(record.modified ?? '') ?? []);
  const [first] = published.sort(byDate);
  const last = modified.sort(byText).at(-1);
  return { ...(first === undefined ? {} : { published: first }), ...(last === undefined ? {} : { modified: last }) };
}

const byDate = byEach<DatedFact>(
  (a, b) => byText(a.at, b.at),
  (a, b) => byText(a.source, b.source),
);
