import { describe, expect, it } from 'vitest';
import type { AdvisoryLookup } from '../../../src/core/model/advisory.ts';
import { indexLookups } from '../../../src/core/normalize/advisory-index.ts';
import { answerLookups, makeRecord } from '../../support/audit-values.ts';

const GHSA = 'GHSA-aaaa-2222-3333';

describe('indexLookups', () => {
  it('prefers a found record to any other answer, in either order', () => {
    const good = answerLookups([GHSA], [makeRecord({ id: GHSA })]);
    const bad: AdvisoryLookup = { status: 'unavailable', id: GHSA, detail: 'timed out' };
    expect(indexLookups([...good, bad]).answer(GHSA)?.status).toBe('found');
    expect(indexLookups([bad, ...good]).answer(GHSA)?.status).toBe('found');
  });

  it('takes the newer of two editions of one record, in either order', () => {
    const old = makeRecord({ id: GHSA, aliases: ['CVE-2025-1'], modified: '2025-01-01T00:00:00Z' });
    const young = makeRecord({ id: GHSA, aliases: ['CVE-2025-1'], modified: '2025-06-01T00:00:00Z' });
    const lookups: AdvisoryLookup[] = [
      { status: 'found', id: GHSA, record: old, source: 'test source' },
      { status: 'found', id: 'CVE-2025-1', record: young, source: 'test source' },
    ];
    expect(indexLookups(lookups).record(GHSA)).toEqual(young);
    expect(indexLookups([...lookups].reverse()).recordsAbout('npm', 'left')).toEqual([young]);
    expect(indexLookups(lookups).recordsAbout('npm', 'left')).toEqual([young]);
  });

  it('has no answer where the source sent some other advisory', () => {
    const lookups: AdvisoryLookup[] = [
      { status: 'found', id: GHSA, record: makeRecord({ id: 'CVE-1999-1' }), source: 'test source' },
    ];
    expect(indexLookups(lookups).answer(GHSA)).toEqual({
      status: 'unavailable',
      id: GHSA,
      detail: 'the source answered with CVE-1999-1 instead',
    });
  });
});
