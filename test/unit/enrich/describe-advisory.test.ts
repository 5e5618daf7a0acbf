import { describe, expect, it } from 'vitest';
import { describeAdvisory } from '../../../src/core/enrich/describe-advisory.ts';
import { makeMerged, makeRecord } from '../../support/audit-values.ts';

const NOW = '2025-06-01T00:00:00.000Z';
const GHSA = 'GHSA-2222-3333-4444';

describe('describeAdvisory: names', () => {
  it.each([
    [['PYSEC-2025-1', GHSA, 'CVE-2025-1'], GHSA],
    [['PYSEC-2025-1', 'CVE-2025-1'], 'CVE-2025-1'],
    [['MAL-2025-1', 'PYSEC-2025-1'], 'PYSEC-2025-1'],
    [['SNYK-JS-1', 'MAL-2025-1'], 'MAL-2025-1'],
    [['SNYK-JS-1'], 'SNYK-JS-1'],
    [['GHSA-9999-3333-4444', GHSA], GHSA],
  ])('of %j prefers %s', (ids, id) => {
    const advisory = describeAdvisory(makeMerged([], { ids }), NOW);
    expect(advisory.id).toBe(id);
    expect(advisory.aliases).toEqual(ids.filter((each) => each !== id).sort());
  });

  it('prefers an id whose record is about this package to one of which nothing is known', () => {
    const record = makeRecord({ id: 'GHSA-9999-3333-4444' });
    expect(describeAdvisory(makeMerged([record], { ids: [GHSA, record.id] }), NOW).id).toBe(record.id);
  });
});

describe('describeAdvisory: links', () => {
  it.each([
    ['a GHSA id', [GHSA], 'https://evil.example/', `https://github.com/advisories/${GHSA}`],
    ['another database', ['PYSEC-2025-1'], undefined, 'https://osv.dev/vulnerability/PYSEC-2025-1'],
    ['a GHSA id that is none', ['GHSA-../../x'], undefined, 'https://osv.dev/vulnerability/GHSA-..%2F..%2Fx'],
    ['an id nobody knows', ['1097'], 'https://github.com/advisories/x', 'https://github.com/advisories/x'],
    ['a link to a stranger', ['1097'], 'https://github.com.evil.example/', 'https://osv.dev/vulnerability/1097'],
    ['a link with a script', ['1097'], 'javascript:alert(1)', 'https://osv.dev/vulnerability/1097'],
    ['a link without TLS', ['1097'], 'http://github.com/advisories/x', 'https://osv.dev/vulnerability/1097'],
    ['a link with a password', ['1097'], 'https://a:b@github.com/x', 'https://osv.dev/vulnerability/1097'],
    ['a link that is none', ['1097'], 'see below', 'https://osv.dev/vulnerability/1097'],
  ])('links %s', (_, ids, url, expected) => {
    expect(describeAdvisory(makeMerged([], { ids, ...(url === undefined ? {} : { url }) }), NOW).url).toBe(expected);
  });
});

describe('describeAdvisory: summaries', () => {
  const ghsa = makeRecord({ id: GHSA, summary: 'By GitHub' });
  const pysec = makeRecord({ id: 'PYSEC-2025-1', details: 'By PyPA in 1.2.3. More follows.' });
  it.each([
    ['GitHub first', [pysec, ghsa], 'By GitHub'],
    ['the first sentence of the details', [pysec], 'By PyPA in 1.2.3.'],
    ['the auditor when no record says anything', [makeRecord({ id: GHSA, summary: ' ' })], 'By the tool'],
    [
      'a withdrawn record after a live one',
      [{ ...ghsa, withdrawn: '2025-01-02T00:00:00Z' }, pysec],
      'By PyPA in 1.2.3.',
    ],
  ])('takes %s', (_, records, expected) => {
    expect(describeAdvisory(makeMerged(records, { summary: 'By the tool' }), NOW).summary).toBe(expected);
  });

  it('falls back to the id, and is one safe line of bounded length', () => {
    expect(describeAdvisory(makeMerged([], { ids: [GHSA], summary: '' }), NOW).summary).toBe(GHSA);
    const hostile = makeRecord({ id: GHSA, summary: `one\ntwo\u001b[2J ${'x'.repeat(100_000)}` });
    const { summary } = describeAdvisory(makeMerged([hostile]), NOW);
    expect(summary.startsWith('one two\\u{1b}[2J xxx')).toBe(true);
    expect(summary).toHaveLength(200);
  });
});

describe('describeAdvisory: dates', () => {
  it('takes the earliest publication and the latest change, leaving out what is no date', () => {
    const records = [
      makeRecord({ id: GHSA, published: '2025-03-01T12:00:00+02:00', modified: '2025-04-01T00:00:00Z' }),
      makeRecord({ id: 'PYSEC-2025-1', published: '2025-02-30T00:00:00Z', modified: '2025-05-01' }),
      makeRecord({ id: 'CVE-2025-1', published: 'soon', modified: 'never' }),
    ];
    expect(describeAdvisory(makeMerged(records), NOW)).toMatchObject({
      published: '2025-03-01T10:00:00.000Z',
      modified: '2025-05-01T00:00:00.000Z',
    });
  });

  const live = makeRecord({ id: GHSA });
  const gone = makeRecord({ id: 'PYSEC-2025-1', withdrawn: '2025-02-01T00:00:00Z' });
  const alsoGone = makeRecord({ id: 'CVE-2025-1', withdrawn: '2025-03-01T00:00:00Z' });
  const nameless = makeRecord({ id: 'CVE-2025-2', affected: [] });
  it.each([
    ['one record stands', [live, gone], undefined],
    ['every record is withdrawn', [gone, alsoGone], '2025-03-01T00:00:00.000Z'],
    ['only a record that names no package stands', [gone, nameless], '2025-02-01T00:00:00.000Z'],
    ['the date is still to come', [makeRecord({ id: GHSA, withdrawn: '2025-07-01T00:00:00Z' })], undefined],
    ['the date is none', [makeRecord({ id: GHSA, withdrawn: 'yes' })], undefined],
    ['nothing was found', [], undefined],
  ])('says whether it is withdrawn when %s', (_, records, withdrawn) => {
    expect(describeAdvisory(makeMerged(records), NOW).withdrawn).toBe(withdrawn);
  });

  it('does not call withdrawn what nobody could ask about', () => {
    const finding = makeMerged([gone], {}, { unanswered: [{ id: GHSA, detail: 'timed out' }] });
    expect(describeAdvisory(finding, NOW)).not.toHaveProperty('withdrawn');
  });
});
