import { describe, expect, it } from 'vitest';
import { createStore, publishedBefore } from '../../../src/mirror/store.ts';
import { stored, osvRecord, ranged } from '../../support/osv.ts';

describe('createStore', () => {
  const older = stored(osvRecord('GHSA-1', [ranged('PyPI', 'Old_Name', [['introduced', '0']])], { modified: '2024-01-01T00:00:00Z' }), 'z'); // prettier-ignore
  // Text order speaks for the older one; only its date may decide.
  const newer = stored(osvRecord('GHSA-1', [ranged('PyPI', 'new.name', [['introduced', '0']])], { modified: '2025-01-01T00:00:00Z' })); // prettier-ignore
  const two = stored(osvRecord('MAL-1', [ranged('npm', 'New-Name', [['introduced', '0']]), ranged('PyPI:x', 'NEW-NAME', [['introduced', '0']]), ranged('Go', 'new-name', [])])); // prettier-ignore

  it.each([[[older, newer, two]], [[two, newer, older]]])(
    'keeps the record modified last, in any order of loading',
    (all) => {
      const store = createStore(all);
      expect(store.byId('GHSA-1')).toBe(newer);
      expect(store.byPackage('PyPI', 'old-name')).toEqual([]);
      expect(store.byPackage('PyPI', 'New_Name')).toEqual([newer, two]);
      expect(store.byPackage('npm', 'New-Name')).toEqual([two]);
      expect(store.byPackage('npm', 'new-name')).toEqual([]);
      expect(store.byId('nothing')).toBeUndefined();
    },
  );

  it('counts what it holds and names what it cannot read', () => {
    const broken = osvRecord('PYSEC-1', [ranged('PyPI', 'p', [['introduced', '0'], ['fixed', 'soon']])]); // prettier-ignore
    const gone = osvRecord('PYSEC-2', [ranged('PyPI', 'p', [['fixed', 'soon']])], {
      withdrawn: '2025-01-01T00:00:00Z',
    });
    const foreign = osvRecord('GO-1', [ranged('Go', 'p', [['fixed', 'soon']])]);
    expect(createStore([stored(broken), stored(gone), stored(foreign), two].map((each) => each)).summary()).toEqual({
      records: 4,
      withdrawn: 1,
      byEcosystem: { npm: 1, PyPI: 3 },
      unreadable: ['PYSEC-1'],
    });
  });

  it('is not fooled by packages called like object properties', () => {
    const store = createStore([stored(osvRecord('X-1', [ranged('npm', '__proto__', [['introduced', '0']])]))]);
    expect(store.byPackage('npm', '__proto__')).toHaveLength(1);
    expect(store.byPackage('npm', 'constructor')).toEqual([]);
  });
});

describe('publishedBefore', () => {
  it('leaves out the instant itself and what has no date', () => {
    const dates = ['2025-01-01T00:00:00Z', '2025-01-02T00:00:00+02:00', '2025-01-02T00:00:00Z', 'never'];
    const all = dates.map((published) => stored(osvRecord(published, [], { published })));
    const kept = publishedBefore([...all, stored(osvRecord('undated', []))], '2025-01-02T00:00:00Z');
    expect(kept.map(({ record }) => record.id)).toEqual(dates.slice(0, 2));
  });
});
