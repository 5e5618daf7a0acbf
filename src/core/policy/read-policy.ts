/** Reads the update policy out of SECURITY.md and the configuration, and says so when it cannot be read without guessing. */
import { chooseTimetables } from './choose.ts';
import { confidenceIn } from './confidence.ts';
import { readConfiguredWindows } from './configured-windows.ts';
import { readDocument } from './blocks.ts';
import { whyTooComplex } from '../document/markdown-limits.ts';
import { fromReporting, idleMarker, otherTimetable, tooComplex, unreadRemark } from './problems.ts';
import { readBlocks } from './read-blocks.ts';
import { remarksOn, settleAll } from './settle.ts';
import { toTimetables } from './timetable.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { ConfiguredWindows } from './configured-windows.ts';
import type { GrammarSettings } from './element.ts';
import type { Candidate, PolicyInput, PolicyProblem, PolicyReading } from './policy-reading.ts';
import type { PolicyFile, Unread } from './statement.ts';
import type { Timetable } from './timetable.ts';
import type { PolicyConfig } from '../model/config.ts';
import type { Policy, PolicyWindow } from '../model/policy.ts';

/**
 * Reads the policy. What cannot be understood for certain is a problem and never a guess: with `ok: false` each
 * problem names its lines and the configuration keys that settle it.
 */
export function readPolicy({ files, overrides }: PolicyInput): PolicyReading {
  const configured = readConfiguredWindows(overrides);
  const open = POLICY_SEVERITIES.filter((level) => configured.windows[level] === undefined);
  const documents = files.map((file) => readFile(file, configured.settings));
  const candidates = chooseTimetables(documents.flatMap(({ timetables }) => timetables));
  const paths = files.map(({ path }) => path);
  const settled = settleAll(
    candidates,
    configured.windows,
    paths,
    documents.flatMap(({ stray }) => stray),
  );
  const unparsed =
    open.length === 0
      ? []
      : documents.flatMap(({ file, complex }) => (complex === null ? [] : [tooComplex(file.path, complex, open)]));
  const failures = settled.flatMap((result) => (result.ok ? [] : [result.problem]));
  const readable = unparsed.length === 0 ? failures : [];
  const errors = [...configured.problems, ...unparsed, ...documents.flatMap(({ idle }) => idle), ...readable];
  if (errors.length > 0) return { ok: false, problems: errors, candidates };
  const windows = settled.flatMap((result) => (result.ok ? [result.window] : []));
  const policy = toPolicy(windows, files, overrides, configured);
  return {
    ok: true,
    policy,
    confidence: confidenceIn(windows, candidates),
    problems: [...remarksOn(windows), ...remarksOnCandidates(candidates, windows)],
    candidates,
  };
}

interface ReadFile {
  readonly file: PolicyFile;
  readonly complex: string | null;
  readonly timetables: readonly Timetable[];
  readonly stray: readonly { readonly file: string; readonly unread: Unread }[];
  readonly idle: readonly PolicyProblem[];
}

function readFile(file: PolicyFile, settings: GrammarSettings): ReadFile {
  const complex = whyTooComplex(file.text);
  if (complex !== null) return { file, complex, timetables: [], stray: [], idle: [] };
  const { blocks, markers } = readDocument(file.text);
  const groups = readBlocks(blocks, settings);
  const timetables = toTimetables(file.path, groups);
  const stray = groups.flatMap(({ unread }) =>
    unread
      .filter(({ levels, namesWindow }) => namesWindow && levels.length > 0)
      .map((line) => ({ file: file.path, unread: line })),
  );
  const marked = timetables.some((timetable) => timetable.marked && timetable.entries.length > 0);
  const idle = markers.filter(({ selects }) => !selects || !marked).map(({ line }) => idleMarker(file.path, line));
  return { file, complex: null, timetables, stray, idle };
}

function toPolicy(
  windows: readonly PolicyWindow[],
  files: readonly PolicyFile[],
  config: PolicyConfig,
  { knownExploited, noFix }: ConfiguredWindows,
): Policy {
  return {
    source: sourceOf(windows, files, config),
    windows,
    clock: config.clock,
    unknownAs: config.unknownSeverity,
    timeZone: config.timeZone,
    holidays: config.holidays,
    noFix,
    ...(knownExploited && { knownExploited }),
  };
}

/** The file the first window comes from: SECURITY.md where any window is read from it, the configuration otherwise. */
function sourceOf(
  windows: readonly PolicyWindow[],
  files: readonly PolicyFile[],
  { source }: PolicyConfig,
): Policy['source'] {
  for (const file of files) {
    const lines = windows.filter((window) => window.file === file.path).map(({ line }) => line);
    if (lines.length > 0) return { file: file.path, line: Math.min(...lines), sha256: file.sha256 };
  }
  const [first] = windows;
  return {
    file: source?.file ?? first?.file ?? '',
    line: Math.min(...windows.map(({ line }) => line)),
    sha256: source?.sha256 ?? '',
  };
}

function remarksOnCandidates(
  candidates: readonly Candidate[],
  windows: readonly PolicyWindow[],
): readonly PolicyProblem[] {
  const chosen = candidates.filter((candidate) => candidate.chosen);
  const used = chosen.filter(({ file }) => windows.some((window) => window.file === file));
  if (used.length === 0) return [];
  const others = candidates.filter((candidate) => !candidate.chosen && candidate.entries.length > 0);
  return [
    ...used.filter(({ area, marked }) => area === 'reporting' && !marked).map(fromReporting),
    ...others.map((table) => otherTimetable(table, used)),
    ...used.flatMap(({ file, unread }) => unread.map((line) => unreadRemark(file, line))),
  ];
}
