/** A record that is recognised at a glance is one the schema takes, and takes as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { osvRecordSchema } from '../../../src/core/model/advisory.ts';
import { isOsvRecord } from '../../../src/core/model/osv-shape.ts';

const score = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' };

const WHOLE = {
  id: 'GHSA-0000-0000-0000',
  schema_version: '1.7.0',
  modified: '2026-01-01T00:00:00Z',
  published: '2026-01-01T00:00:00Z',
  withdrawn: null,
  aliases: ['CVE-2026-1'],
  related: [],
  summary: 'short',
  details: 'long',
  severity: [score],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'p' },
      ranges: [
        { type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.0' }, { last_affected: '2' }, { limit: '3' }] },
      ],
      versions: ['0.1.0', '0.2.0'],
      severity: [score],
      database_specific: { source: 'x' },
    },
  ],
  references: [{ type: 'WEB', url: 'https://example.org' }],
  database_specific: { severity: 'HIGH', cwe_ids: ['CWE-1'] },
};

/** The place of every value in `value`, the document itself first. */
function placesOf(value: unknown, at: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...(value as unknown[])] as never)
    : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  if (copy[key] === undefined && !Array.isArray(copy)) Reflect.deleteProperty(copy, key);
  return copy;
}

describe('a record', () => {
  it.each([WHOLE, { id: 'A' }, { id: 'A', affected: null, unknown: { to: 'us' } }])('is recognised: %j', (record) => {
    expect(isOsvRecord(record)).toBe(true);
  });

  it('is never recognised where the schema refuses it or reads it in another way', () => {
    const odd = [undefined, null, 0, true, '', 'x'.repeat(257), 'text', [], ['text'], [1], {}, { severity: 1 }, [{}]];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...placesOf(WHOLE)), fc.constantFrom(...odd)), { maxLength: 2 }),
        (changes) => {
          const value = changes.reduce<unknown>((record, [place, by]) => {
            const isThere = placesOf(record).some((each) => each.join() === place.join());
            return isThere ? replaced(record, place, by) : record;
          }, WHOLE);
          if (!isOsvRecord(value)) return;
          const parsed = osvRecordSchema.safeParse(value);
          expect(parsed.success).toBe(true);
          // What the schema leaves out is unknown to it; what it keeps is as it was.
          expect(value).toMatchObject(parsed.data ?? {});
        },
      ),
      { numRuns: 3000 },
    );
  });
});
