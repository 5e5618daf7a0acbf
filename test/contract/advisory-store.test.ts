/** What every store of advisories must do: the one in memory, and the imported one on disk. */
import { describe, expect, it } from 'vitest';
import type { AdvisoryStore, StoredAdvisory } from '../../src/ports/advisory-store.ts';
import { createStore } from '../../src/mirror/store.ts';
import { dumpOf } from '../support/dump-entries.ts';
import { importDump, mirrorIn, temporaryFolder } from '../support/mirror.ts';
import { block, osvRecord, ranged, stored } from '../support/osv.ts';

type Open = (records: readonly StoredAdvisory[]) => Promise<AdvisoryStore>;

const inMemory: Open = (records) => Promise.resolve(createStore(records));

const onDisk: Open = async (records) => {
  const folder = temporaryFolder();
  for (const ecosystem of ['npm', 'PyPI'] as const) {
    if (records.some((each) => JSON.stringify(each.record).includes(`"${ecosystem}`)))
      await importDump(folder, ecosystem, dumpOf(records));
  }
  const reading = mirrorIn(folder).current();
  if (reading.status !== 'open') throw new Error(reading.detail);
  return reading.generation.store;
};

const ANY = [['introduced', '0']] as const;
const idsOf = (found: readonly StoredAdvisory[]): readonly string[] => found.map(({ record }) => record.id);

describe.each([
  ['in memory', inMemory],
  ['on disk', onDisk],
])('a store %s', (_name, open) => {
  it('finds records by package in any spelling, sorted by id', async () => {
    const store = await open([
      stored(osvRecord('PYSEC-2', [ranged('PyPI', 'Flask.SQL_Alchemy', ANY)])),
      stored(osvRecord('GHSA-1', [ranged('PyPI', 'flask-sql-alchemy', ANY), ranged('PyPI', 'FLASK-sql-alchemy', ANY)])),
      stored(osvRecord('GHSA-3', [ranged('npm', 'Flask-SQL-Alchemy', ANY)])),
    ]);
    expect(idsOf(store.byPackage('PyPI', 'flask_SQL--alchemy'))).toEqual(['GHSA-1', 'PYSEC-2']);
    expect(idsOf(store.byPackage('npm', 'Flask-SQL-Alchemy'))).toEqual(['GHSA-3']);
    expect(store.byPackage('npm', 'flask-sql-alchemy')).toEqual([]);
    expect(store.byPackage('PyPI', 'flask')).toEqual([]);
  });

  it('gives the record as fixby reads it and the text as it was published', async () => {
    const text =
      '{ "id": "X-1",  "modified":"2025-01-01T00:00:00Z", "affected":[{"package":{"ecosystem":"npm","name":"p"}}], "kept": [1.50, "é\\u0000😀"] }';
    const store = await open([stored(osvRecord('X-1', [block('npm', 'p', {})]), text)]);
    const [found] = store.byPackage('npm', 'p');
    // A field nobody reads may be there or not.
    expect(found).toMatchObject({ record: osvRecord('X-1', [block('npm', 'p', {})]), text });
    expect(store.byId('X-1')).toEqual(found);
  });

  it.each([
    ['scoped', '@scope/p'],
    ['called like an object property', '__proto__'],
    ['of another script', 'пакет-包'],
    ['with a colon', 'npm:npm'],
    ['long beyond reason', 'n'.repeat(5000)],
    ['with control characters', 'a\u0000b\nc'],
  ])('keeps apart a package %s', async (_title, name) => {
    const store = await open([stored(osvRecord('X-1', [ranged('npm', name, ANY)]))]);
    expect(idsOf(store.byPackage('npm', name))).toEqual(['X-1']);
    expect(store.byPackage('npm', `${name}x`)).toEqual([]);
    expect(store.byPackage('npm', '')).toEqual([]);
    expect(store.byPackage('npm', 'constructor')).toEqual([]);
  });

  it.each(['X-1/../2', 'é'.repeat(256), ' ', '\u0000'])('keeps a record called %j', async (id) => {
    const store = await open([stored(osvRecord(id, [ranged('npm', 'p', ANY)]))]);
    expect(store.byId(id)?.record.id).toBe(id);
    expect(idsOf(store.byPackage('npm', 'p'))).toEqual([id]);
  });

  it.each(['GHSA-2', 'ghsa-1', '', 'x'.repeat(100_000)])('knows no record called %#', async (id) => {
    const store = await open([stored(osvRecord('GHSA-1', [ranged('npm', 'p', ANY)], { aliases: ['CVE-1'] }))]);
    expect(store.byId(id)).toBeUndefined();
    expect(store.byId('CVE-1')).toBeUndefined();
  });

  it('serves withdrawn records, and counts what it holds', async () => {
    const store = await open([
      stored(osvRecord('A-1', [ranged('npm', 'p', ANY), ranged('PyPI:mirror', 'p', ANY)])),
      stored(osvRecord('A-2', [ranged('npm', 'p', ANY)], { withdrawn: '2025-01-01T00:00:00Z' })),
      stored(osvRecord('A-3', [ranged('PyPI', 'p', [['introduced', '0'], ['fixed', 'soon']])])), // prettier-ignore
    ]);
    expect(idsOf(store.byPackage('npm', 'p'))).toEqual(['A-1', 'A-2']);
    expect(store.summary()).toEqual({
      records: 3,
      withdrawn: 1,
      byEcosystem: { npm: 2, PyPI: 2 },
      unreadable: ['A-3'],
    });
  });

  it('says of which ecosystems it knows nothing at all', async () => {
    const store = await open([stored(osvRecord('A-1', [ranged('npm', 'p', ANY)]))]);
    expect([store.holds('npm'), store.holds('PyPI')]).toEqual([true, false]);
  });

  it('takes a record with ten thousand versions', async () => {
    const versions = Array.from({ length: 10_000 }, (_, n) => `1.0.${n}`);
    const store = await open([stored(osvRecord('A-1', [block('npm', 'p', { versions })]))]);
    expect(store.byPackage('npm', 'p')[0]?.record.affected?.[0]?.versions).toHaveLength(10_000);
  });

  it('takes a record of five thousand packages, and a package of a thousand records', async () => {
    const wide = stored(
      osvRecord(
        'W-1',
        Array.from({ length: 5000 }, (_, n) => ranged('npm', `p${n}`, ANY)),
      ),
    );
    const many = Array.from({ length: 1000 }, (_, n) => stored(osvRecord(`M-${n}`, [ranged('npm', 'p7', ANY)])));
    const store = await open([wide, ...many]);
    expect(idsOf(store.byPackage('npm', 'p4999'))).toEqual(['W-1']);
    expect(store.byPackage('npm', 'p7')).toHaveLength(1001);
  });
});
