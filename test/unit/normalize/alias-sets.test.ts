import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryLookup, OsvRecord } from '../../../src/core/model/advisory.ts';
import { indexLookups } from '../../../src/core/normalize/advisory-index.ts';
import { aliasSets } from '../../../src/core/normalize/alias-sets.ts';
import { collect } from '../../../src/core/normalize/collect.ts';
import { answerLookups, makeAudit, makeRecord, makeReported } from '../../support/audit-values.ts';

const GHSA_A = 'GHSA-aaaa-2222-3333';
const GHSA_B = 'GHSA-bbbb-2222-3333';
const other = [{ package: { ecosystem: 'npm', name: 'right' } }];

function setsOf(reported: readonly (readonly string[])[], lookups: readonly AdvisoryLookup[]): string[][] {
  const audit = makeAudit(reported.map((ids) => makeReported({ ids })));
  return collect([audit]).flatMap((group) => aliasSets(group, indexLookups(lookups)).map((set) => [...set.ids]));
}

function found(records: readonly OsvRecord[]): readonly AdvisoryLookup[] {
  return answerLookups(
    records.map((record) => record.id),
    records,
  );
}

describe('aliasSets', () => {
  it('keeps flaws apart that nobody calls one', () => {
    expect(setsOf([[GHSA_B], [GHSA_A]], [])).toEqual([[GHSA_A], [GHSA_B]]);
  });

  it('merges what two auditors report under ids that share one', () => {
    expect(
      setsOf(
        [
          ['PYSEC-2025-1', 'CVE-2025-1'],
          [GHSA_A, 'CVE-2025-1'],
        ],
        [],
      ),
    ).toEqual([['CVE-2025-1', GHSA_A, 'PYSEC-2025-1']]);
  });

  it('is transitive through records nobody reported', () => {
    const records = [
      makeRecord({ id: GHSA_A, aliases: ['CVE-2025-1'] }),
      makeRecord({ id: 'CVE-2025-1', aliases: ['PYSEC-2025-1'] }),
      makeRecord({ id: 'PYSEC-2025-1' }),
      makeRecord({ id: GHSA_B, aliases: ['PYSEC-2025-1'] }),
    ];
    expect(setsOf([[GHSA_A], [GHSA_B]], found(records))).toEqual([['CVE-2025-1', GHSA_A, GHSA_B, 'PYSEC-2025-1']]);
  });

  it('does not take the advisory of another package for a name of this one', () => {
    const records = [
      makeRecord({ id: GHSA_A, aliases: ['CVE-2025-1'] }),
      makeRecord({ id: 'CVE-2025-1', affected: [], aliases: [GHSA_A, GHSA_B] }),
      makeRecord({ id: GHSA_B, affected: other, aliases: ['CVE-2025-1', 'CVE-2025-2'] }),
    ];
    expect(setsOf([[GHSA_A]], found(records))).toEqual([['CVE-2025-1', GHSA_A]]);
  });

  it('keeps an id its auditor gave, whatever its record says', () => {
    const records = [makeRecord({ id: GHSA_B, affected: other, aliases: ['CVE-2025-2'] })];
    expect(setsOf([[GHSA_A, GHSA_B]], found(records))).toEqual([[GHSA_A, GHSA_B]]);
  });

  it('joins an id its auditor gave to the names a record about this package gives it', () => {
    const records = [
      makeRecord({ id: GHSA_B, affected: other }),
      makeRecord({ id: 'CVE-2025-1', aliases: [GHSA_A, GHSA_B] }),
    ];
    expect(setsOf([[GHSA_A], [GHSA_B]], found(records))).toEqual([['CVE-2025-1', GHSA_A, GHSA_B]]);
  });

  it('reads every spelling of an id as one', () => {
    expect(setsOf([['ghsa-AAAA-2222-3333'], [GHSA_A], [' cve-2025-1', GHSA_A]], [])).toEqual([['CVE-2025-1', GHSA_A]]);
  });

  it('leaves out aliases that are not shaped like ids', () => {
    const records = [makeRecord({ id: GHSA_A, aliases: ['\u001b[2J', '', 'x'.repeat(500), 'CVE-2025-1'] })];
    expect(setsOf([[GHSA_A]], found(records))).toEqual([['CVE-2025-1', GHSA_A]]);
  });

  it('names each id in exactly one set, whatever the order of reports and lookups, and again on its own answer', () => {
    const id = fc.integer({ min: 0, max: 12 }).map((n) => `CVE-2025-${n}`);
    const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 3 });
    const record = fc
      .record({ id, aliases: ids, where: fc.constantFrom('here', 'nowhere', 'elsewhere') })
      .map(({ where, ...rest }) =>
        makeRecord({ ...rest, ...(where === 'here' ? {} : { affected: where === 'nowhere' ? [] : other }) }),
      );
    const shuffled = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
      fc.shuffledSubarray([...values], { minLength: values.length });
    fc.assert(
      fc.property(
        fc
          .tuple(fc.array(ids, { minLength: 1, maxLength: 6 }), fc.array(record, { maxLength: 8 }))
          .chain(([reported, records]) =>
            fc.tuple(
              fc.constant({ reported, lookups: found(records) }),
              shuffled(reported.map((each) => [...each].reverse())),
              shuffled(found(records)),
            ),
          ),
        ([{ reported, lookups }, otherReported, otherLookups]) => {
          const sets = setsOf(reported, lookups);
          expect(setsOf(otherReported, otherLookups)).toEqual(sets);
          expect(setsOf([...reported, ...sets], lookups).length).toBeLessThanOrEqual(sets.length);
          expect(setsOf([...reported, ...reported], lookups)).toEqual(sets);
          const all = sets.flat();
          expect(new Set(all).size).toBe(all.length);
          for (const each of reported)
            expect(sets.filter((set) => each.every((name) => set.includes(name)))).toHaveLength(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
