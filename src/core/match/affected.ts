/** Decides whether an OSV record affects an installed version. */
import type { OsvAffected, OsvRecord } from '../model/advisory.ts';
import { normalizeName } from '../model/ecosystem.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { contains, isSound, readRange } from './interval.ts';
import type { Interval, MalformedBound } from './interval.ts';
import { canonicalBound, canonicalVersion, publicVersion } from './version.ts';

/** `malformed` lists what could not be read in the blocks that name the package; each such range was left out. */
export interface MatchResult {
  readonly affected: boolean;
  readonly malformed: readonly MalformedBound[];
}

/** One `affected` block with its ranges and versions in canonical spelling. */
export interface ReadBlock {
  readonly intervals: readonly Interval[];
  /** Listed versions, canonical; those that are no version as they are written. */
  readonly versions: ReadonlySet<string>;
  readonly malformed: readonly MalformedBound[];
}

/**
 * Whether `version` of a package is affected, after https://ossf.github.io/osv-schema/#evaluation: listed in `versions`,
 * or covered by a range. A version its ecosystem cannot order is affected only when it is listed as it is written.
 * A record is taken at its word: whether it is withdrawn is the caller's question.
 */
export function affects(
  record: Pick<OsvRecord, 'affected'> | readonly OsvAffected[],
  ecosystem: Ecosystem,
  name: string,
  version: string,
): MatchResult {
  const blocks = blocksOf(record, ecosystem, name).map((block) => readBlock(ecosystem, block));
  return {
    affected: blocks.some((block) => covers(ecosystem, block, version)),
    malformed: blocks.flatMap((block) => block.malformed),
  };
}

/** The blocks of a record that speak of a package. An ecosystem's suffix (`PyPI:…`) names a repository, not another package. */
export function blocksOf(
  record: Pick<OsvRecord, 'affected'> | readonly OsvAffected[],
  ecosystem: Ecosystem,
  name: string,
): readonly OsvAffected[] {
  const wanted = normalizeName(ecosystem, name);
  const all = isBlocks(record) ? record : (record.affected ?? []);
  return all.filter(
    ({ package: of }) =>
      of !== undefined && ecosystemOf(of.ecosystem) === ecosystem && normalizeName(ecosystem, of.name) === wanted,
  );
}

// Array.isArray alone does not narrow a union with a readonly array.
function isBlocks(value: Pick<OsvRecord, 'affected'> | readonly OsvAffected[]): value is readonly OsvAffected[] {
  return Array.isArray(value);
}

/** The ecosystem an OSV record means, without its suffix; `null` for one fixby does not know. */
export function ecosystemOf(written: string): Ecosystem | null {
  const end = written.indexOf(':');
  const base = end === -1 ? written : written.slice(0, end);
  return base === 'npm' || base === 'PyPI' ? base : null;
}

// Records are asked about many versions and never change; reading a block once is most of the work.
const readBlocks = new WeakMap<OsvAffected, ReadBlock>();

/** Reads a block of this ecosystem; the same block is read once. */
export function readBlock(ecosystem: Ecosystem, block: OsvAffected): ReadBlock {
  const known = readBlocks.get(block);
  if (known !== undefined) return known;
  const ranges = (block.ranges ?? []).map((range) => readRange(ecosystem, range));
  const read: ReadBlock = {
    intervals: ranges.flatMap((range) => range.intervals),
    versions: new Set((block.versions ?? []).map((version) => canonicalBound(ecosystem, version) ?? version)),
    malformed: ranges.flatMap((range) => range.malformed),
  };
  readBlocks.set(block, read);
  return read;
}

/** Whether a record has a range that cannot be read, of any package of an ecosystem fixby knows. */
export function hasUnreadableRange({ affected }: Pick<OsvRecord, 'affected'>): boolean {
  return (affected ?? []).some(({ package: of, ranges }) => {
    const ecosystem = of === undefined ? null : ecosystemOf(of.ecosystem);
    return ecosystem !== null && (ranges ?? []).some((range) => !isSound(ecosystem, range));
  });
}

function covers(ecosystem: Ecosystem, { intervals, versions }: ReadBlock, version: string): boolean {
  const canonical = canonicalVersion(ecosystem, version);
  if (canonical === null) return versions.has(version);
  if (versions.has(canonical)) return true;
  if (ecosystem === 'PyPI' && versions.has(publicVersion(canonical))) return true;
  return intervals.some((interval) => contains(ecosystem, interval, canonical));
}
