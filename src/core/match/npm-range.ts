/** Writes what a record covers as the range npm's audit evaluates, so that npm and this matcher give the same answer. */
import type { OsvRecord } from '../model/advisory.ts';
import { blocksOf, readBlock } from './affected.ts';
import { contains } from './interval.ts';
import type { Interval } from './interval.ts';
import { canonicalVersion, compareVersions } from './version.ts';

/** A range no version is in. An empty text would not do: npm reads it as every version. */
const NO_VERSION = '<0.0.0-0';

/**
 * The `vulnerable_versions` of a package for npm's bulk advisory endpoint, which npm evaluates loosely and with
 * pre-releases included. Listed versions that a range covers anyway, or that npm cannot read, are left out.
 */
export function toSemverRange(record: Pick<OsvRecord, 'affected'>, name: string): string {
  const blocks = blocksOf(record, 'npm', name).map((block) => readBlock('npm', block));
  const intervals = blocks.flatMap((block) => block.intervals);
  const isCovered = (version: string): boolean => intervals.some((interval) => contains('npm', interval, version));
  const listed = new Set(blocks.flatMap(({ versions }) => [...versions]));
  const single = [...listed].filter((version) => canonicalVersion('npm', version) !== null && !isCovered(version));
  const parts = [
    ...intervals.map(writeInterval),
    ...single.sort((a, b) => compareVersions('npm', a, b)).map((version) => `=${version}`),
  ];
  return parts.length === 0 ? NO_VERSION : [...new Set(parts)].join(' || ');
}

function writeInterval({ from, before, through }: Interval): string {
  const low = from === undefined ? '' : `>=${from}`;
  const high = before !== undefined ? `<${before}` : through !== undefined ? `<=${through}` : '';
  return [low, high].filter((part) => part !== '').join(' ') || '*';
}
