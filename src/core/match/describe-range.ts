/** Writes what a record covers in the notation of its ecosystem, for a reader who compares two sources. */
import type { OsvAffected } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import { excerpt } from '../model/text.ts';
import { readBlock } from './affected.ts';
import type { Interval } from './interval.ts';

const LONGEST = 300;
const MOST_VERSIONS = 5;

/** `>=1.0.0 <1.2.3 || =2.0.0`; `nothing that can be read` where no range and no version is left. Safe to show. */
export function describeBlocks(ecosystem: Ecosystem, blocks: readonly OsvAffected[]): string {
  const read = blocks.map((block) => readBlock(ecosystem, block));
  const ranges = read.flatMap(({ intervals }) => intervals.map(writeInterval));
  // Lists repeat what ranges say; they are worth naming only where they stand alone.
  const listed = ranges.length > 0 ? [] : read.flatMap(({ versions }) => [...versions]);
  const named = listed.slice(0, MOST_VERSIONS).map((version) => `=${version}`);
  const more = listed.length > named.length ? [`${listed.length - named.length} more versions`] : [];
  const parts = [...new Set([...ranges, ...named, ...more])];
  return parts.length === 0 ? 'nothing that can be read' : excerpt(parts.join(' || '), LONGEST);
}

function writeInterval({ from, before, through }: Interval): string {
  const low = from === undefined ? [] : [`>=${from}`];
  const high = before !== undefined ? [`<${before}`] : through !== undefined ? [`<=${through}`] : [];
  return [...low, ...high].join(' ') || 'every version';
}
