/** What is asked of every statement of the past: whether a package stated so carries a flaw. */
import pep440 from '@renovatebot/pep440';
import type { OsvRecord } from '../model/advisory.ts';
import type { Ecosystem } from '../model/ecosystem.ts';
import type { MergedFinding } from '../model/merged-finding.ts';
import type { Statement } from '../model/past.ts';
import { affects, blocksOf, readBlock } from '../match/affected.ts';

/** One flaw of one package, whatever the target. */
export interface Question {
  /** Unique among the questions of one trace. */
  readonly id: string;
  readonly ecosystem: Ecosystem;
  /** Normalized. */
  readonly package: string;
  /** `may-carry` is what an open range says that lets in a carrying version beside others. */
  hear(statement: Statement): 'carries' | 'may-carry' | 'free';
}

export type Flaw = Pick<MergedFinding, 'ecosystem' | 'package' | 'records' | 'versions'>;

/**
 * The question of a flaw. A version carries it when the auditor says so (`versions`) or a record does; a withdrawn
 * record is heard only when there is no other. `trustRanges` takes a range for carrying while it lets in any version that
 * does: right for a finding that resolving today's ranges brought up.
 */
export function askAbout(id: string, flaw: Flaw, { trustRanges }: { readonly trustRanges: boolean }): Question {
  const { ecosystem, package: name, versions } = flaw;
  const records = standing(flaw.records);
  const isAffected = (version: string): boolean =>
    versions.includes(version) || records.some((record) => affects(record, ecosystem, name, version).affected);
  const judge = (statement: Statement): ReturnType<Question['hear']> => {
    if ('version' in statement) return isAffected(statement.version) ? 'carries' : 'free';
    const lets = [...pointsOf(statement.range, flaw, records)].some(
      (at) => letsIn(statement.range, at) && isAffected(at),
    );
    return lets ? (trustRanges ? 'carries' : 'may-carry') : 'free';
  };
  const known = new Map<Statement, ReturnType<Question['hear']>>();
  return {
    id,
    ecosystem,
    package: name,
    hear: (statement) => {
      const heard = known.get(statement) ?? judge(statement);
      known.set(statement, heard);
      return heard;
    },
  };
}

function standing(records: readonly OsvRecord[]): readonly OsvRecord[] {
  const live = records.filter(({ withdrawn }) => withdrawn === undefined || withdrawn === null);
  return live.length > 0 ? live : records;
}

/**
 * Versions enough to tell whether a range lets in a carrying one: all that are listed, and of both ranges where a stretch
 * may begin, with what comes right after (that version itself may be excepted).
 */
function pointsOf(
  range: string,
  { ecosystem, package: name, versions }: Flaw,
  records: readonly OsvRecord[],
): Iterable<string> {
  const blocks = records
    .flatMap((record) => blocksOf(record, ecosystem, name))
    .map((block) => readBlock(ecosystem, block));
  const named = [...range.matchAll(/[=<>~]\s*([^,\s=<>~!]+)/g)].map(([, version = '']) => version.replace(/\.\*$/, ''));
  const begins = ['0', ...named, ...blocks.flatMap(({ intervals }) => intervals.flatMap(({ from }) => from ?? []))];
  const next = begins.filter((version) => /^[\d.!]+$/.test(version)).map((version) => `${version}.0.0.1`);
  return new Set([...versions, ...blocks.flatMap((block) => [...block.versions]), ...begins, ...next]);
}

function letsIn(range: string, version: string): boolean {
  return range === '' || pep440.satisfies(version, range, { prereleases: true });
}
