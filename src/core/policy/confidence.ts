/** Says how sure the reading of each window is: the author's own words, words that left room, or words that name no time. */
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Candidate } from './policy-reading.ts';
import type { PolicySeverity, PolicyWindow } from '../model/policy.ts';

/**
 * - `exact`: the words, or the configuration, say this window and nothing else;
 * - `inferred`: the words leave room that a written rule closes, or stand in a timetable for something else;
 * - `vague`: the words name no time, and the configuration lends them one.
 */
export type Confidence = 'exact' | 'inferred' | 'vague';

export type PolicyConfidence = Readonly<Record<PolicySeverity, Confidence>>;

/** `windows` are the settled ones; what none of the chosen `candidates` says comes from the configuration. */
export function confidenceIn(windows: readonly PolicyWindow[], candidates: readonly Candidate[]): PolicyConfidence {
  const chosen = candidates.filter((candidate) => candidate.chosen);
  const each = POLICY_SEVERITIES.map((level) => {
    const window = windows.find(({ severity }) => severity === level);
    return [level, window === undefined ? 'vague' : confidenceOf(window, chosen)] as const;
  });
  return Object.fromEntries(each) as PolicyConfidence;
}

function confidenceOf({ severity, file, line, note }: PolicyWindow, chosen: readonly Candidate[]): Confidence {
  const sources = chosen.flatMap((table) =>
    table.entries
      .filter((entry) => table.file === file && entry.line === line && entry.level === severity)
      .map(({ reading }) => ({ table, reading })),
  );
  if (sources.length === 0) return 'exact';
  if (sources.some(({ reading }) => reading.kind === 'window' && reading.lent !== undefined)) return 'vague';
  const borrowed = sources.every(({ table }) => table.area === 'reporting' && !table.marked);
  return note !== undefined || borrowed ? 'inferred' : 'exact';
}
