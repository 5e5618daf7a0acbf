/** Counts and checksums what the tables of a generation hold, by reading all of it. */
import { createHash } from 'node:crypto';
import type { MirrorState } from '../../core/model/mirror.ts';
import { ecosystemsOf, readFacts, sha256 } from './tables.ts';
import type { Tables } from './tables.ts';

export type Contents = Pick<MirrorState, 'summary' | 'checksum'>;

/** Equal for equal records and rows, whatever the order they were imported in. */
export function summarize({ facts, exploited, scores }: Tables): Contents {
  const hash = createHash('sha256');
  const summary = { records: 0, withdrawn: 0, byEcosystem: { npm: 0, PyPI: 0 }, unreadable: [] as string[] };
  for (const { key: id, value } of facts.getRange({})) {
    const { text, withdrawn, unreadable, packages } = readFacts(value);
    hash.update(`${id} ${text}\n`);
    summary.records += 1;
    if (withdrawn) summary.withdrawn += 1;
    else if (unreadable) summary.unreadable.push(id);
    for (const ecosystem of ecosystemsOf(packages)) summary.byEcosystem[ecosystem] += 1;
  }
  for (const [name, rows] of [
    ['kev', exploited],
    ['epss', scores],
  ] as const) {
    for (const { key: cve, value } of rows.getRange({})) hash.update(`${name} ${cve} ${value}\n`);
  }
  return { summary, checksum: hash.digest('hex') };
}

/** Ids of the records whose text is not the one that was imported. */
export function findDamaged({ facts, texts }: Tables): readonly string[] {
  return [...facts.getRange({})].flatMap(({ key: id, value }) => {
    const text = texts.get(id);
    return text !== undefined && sha256(text) === readFacts(value).text ? [] : [id];
  });
}
