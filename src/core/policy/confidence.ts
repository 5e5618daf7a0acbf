/** Says how sure the reading of each window is: the author's own words, words that left room, or words that name no time. */
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Candidate, Confidence, PolicyConfidence } from './policy-reading.ts';
import type { PolicyWindow } from '../model/policy.ts';

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
