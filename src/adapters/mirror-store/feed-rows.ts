/** Rows of the feeds about exploited flaws, as the tables keep them. */
import * as z from 'zod';
import type { KnownExploited, ScoredCve } from '../../core/model/exploitation.ts';

const scoreSchema = z.tuple([z.number(), z.number(), z.string().nullable()]);

export function writeScore({ score, percentile, date }: ScoredCve): string {
  return JSON.stringify([score, percentile, date ?? null]);
}

export function readScore(cve: string, row: string | undefined): ScoredCve | undefined {
  if (row === undefined) return undefined;
  const [score, percentile, date] = scoreSchema.parse(JSON.parse(row));
  return { cve, score, percentile, ...(date === null ? {} : { date }) };
}

export function readDay(cve: string, row: string | undefined): KnownExploited | undefined {
  return row === undefined ? undefined : { cve, dateAdded: row };
}
