/** Answers questions for advisories out of records, as a source would that holds exactly them and the canaries. */
import type { OsvRecord, PackageAnswers, SourceAge } from '../../src/core/model/advisory.ts';
import { normalizeName, type Ecosystem } from '../../src/core/model/ecosystem.ts';
import { osvRecord, ranged } from './osv.ts';

const CANARIES: readonly OsvRecord[] = [
  osvRecord('GHSA-vh95-rmgr-6w4m', [ranged('npm', 'minimist', [['introduced', '0'], ['fixed', '0.2.1']])]), // prettier-ignore
  osvRecord('PYSEC-2017-94', [ranged('PyPI', 'pycrypto', [['introduced', '0'], ['last_affected', '2.6.1']])]), // prettier-ignore
];

/** `age` is fresh unless given; without `canaries` the source is blind. */
export function answersOf(
  records: readonly OsvRecord[],
  { age = { isMirror: false }, canaries = true }: { readonly age?: SourceAge; readonly canaries?: boolean } = {},
): (ecosystem: Ecosystem, names: readonly string[]) => PackageAnswers {
  const all = canaries ? [...CANARIES, ...records] : records;
  const about = (ecosystem: Ecosystem, name: string, record: OsvRecord): boolean =>
    (record.affected ?? []).some(
      ({ package: of }) => of?.ecosystem === ecosystem && normalizeName(ecosystem, of.name) === name,
    );
  return (ecosystem, names) => ({
    source: 'test records',
    age,
    lookups: names.map((name) => ({
      status: 'known',
      name,
      records: all.filter((record) => about(ecosystem, name, record)),
    })),
  });
}
