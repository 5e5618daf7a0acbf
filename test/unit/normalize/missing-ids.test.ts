import { describe, expect, it } from 'vitest';
import type { AdvisoryLookup } from '../../../src/core/model/advisory.ts';
import { collect } from '../../../src/core/normalize/collect.ts';
import { missingIds } from '../../../src/core/normalize/missing-ids.ts';
import { answerLookups, makeAudit, makeRecord, makeReported } from '../../support/audit-values.ts';

const GHSA = 'GHSA-aaaa-2222-3333';
const groups = collect([makeAudit([makeReported({ ids: [GHSA, '1097682', 'npm:1097682'] })])]);

describe('missingIds', () => {
  it('asks first for what the auditors reported, leaving out what no source can know', () => {
    expect(missingIds(groups, [])).toEqual([GHSA]);
  });

  it('asks round after round for the aliases the answers name, and ends', () => {
    const records = [
      makeRecord({ id: GHSA, aliases: ['CVE-2025-1'] }),
      makeRecord({ id: 'CVE-2025-1', aliases: ['PYSEC-2025-1'] }),
    ];
    const lookups: AdvisoryLookup[] = [];
    const rounds: (readonly string[])[] = [];
    for (let ids = missingIds(groups, lookups); ids.length > 0; ids = missingIds(groups, lookups)) {
      rounds.push(ids);
      lookups.push(...answerLookups(ids, records));
    }
    expect(rounds).toEqual([[GHSA], ['CVE-2025-1'], ['PYSEC-2025-1']]);
  });

  it('does not ask again for what the source did not have or could not say', () => {
    expect(missingIds(groups, [{ status: 'not-found', id: GHSA }])).toEqual([]);
    expect(missingIds(groups, [{ status: 'unavailable', id: GHSA, detail: 'timed out' }])).toEqual([]);
  });

  it('asks for a bounded number of aliases of one record', () => {
    const aliases = Array.from({ length: 5000 }, (_, n) => `CVE-2025-${n}`);
    expect(missingIds(groups, answerLookups([GHSA], [makeRecord({ id: GHSA, aliases })]))).toHaveLength(50);
  });
});
