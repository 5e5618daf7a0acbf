/** Settles each severity: the configuration's word, else the one window the chosen timetables give it, else a problem. */
import { isLaxer, isSameWindow } from './duration.ts';
import { conflict, missingWindow, noPolicy, notMonotone, understoodAs, unreadBeside, vagueWindow } from './problems.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import { excerpt } from '../model/text.ts';
import { describeWindow } from '../model/window-words.ts';
import type { Candidate, PolicyProblem } from './policy-reading.ts';
import type { Unread } from './statement.ts';
import type { TimetableEntry } from './timetable.ts';
import type { PolicySeverity, PolicyWindow } from '../model/policy.ts';

/** What one severity came to. */
export type Settled =
  { readonly ok: true; readonly window: PolicyWindow } | { readonly ok: false; readonly problem: PolicyProblem };

type Configured = { readonly [S in PolicySeverity]?: PolicyWindow };

/** A result for each severity, worst first. `unread` are lines outside of any timetable. */
export function settleAll(
  candidates: readonly Candidate[],
  configured: Configured,
  files: readonly string[],
  stray: readonly { readonly file: string; readonly unread: Unread }[],
): readonly Settled[] {
  const chosen = candidates.filter((candidate) => candidate.chosen);
  const open = POLICY_SEVERITIES.filter((level) => configured[level] === undefined);
  if (chosen.length === 0 && open.length > 0)
    return [{ ok: false, problem: noPolicy(files, open, hintsOf(candidates, stray)) }];
  return POLICY_SEVERITIES.map((level) => {
    const words = configured[level];
    return words === undefined
      ? settleFromText(level, chosen)
      : { ok: true, window: withOverride(words, level, chosen) };
  });
}

function settleFromText(level: PolicySeverity, chosen: readonly Candidate[]): Settled {
  const entries = chosen.flatMap((table) => table.entries.filter((entry) => entry.level === level));
  const unread = chosen.flatMap(({ file, unread }) =>
    unread.filter(({ levels }) => levels.includes(level)).map((line) => ({ file, line })),
  );
  const doubt = unread.find(({ line }) => line.namesWindow);
  const [first] = entries;
  const other = entries.find((entry) => first !== undefined && !saysTheSame(first, entry));
  if (first === undefined)
    return fail(
      missingWindow(
        level,
        chosen,
        unread.map(({ file, line }) => hintOf(file, line)),
      ),
    );
  if (other !== undefined) return fail(conflict(level, [first, other]));
  if (doubt !== undefined) return fail(unreadBeside(level, doubt.file, doubt.line));
  return first.reading.kind === 'vague'
    ? fail(vagueWindow(first))
    : { ok: true, window: toPolicyWindow(first, first.reading.window) };
}

function fail(problem: PolicyProblem): Settled {
  return { ok: false, problem };
}

function saysTheSame(a: TimetableEntry, b: TimetableEntry): boolean {
  if (a.reading.kind === 'vague' || b.reading.kind === 'vague') return a.reading.kind === b.reading.kind;
  return isSameWindow(a.reading.window, b.reading.window);
}

function toPolicyWindow(entry: TimetableEntry, window: PolicyWindow['window']): PolicyWindow {
  const { level, text, line, file, notes } = entry;
  return { severity: level, window, text, line, file, ...(notes.length === 0 ? {} : { note: notes.join('; ') }) };
}

/** The configured window, with what the text says where that is something else. */
function withOverride(words: PolicyWindow, level: PolicySeverity, chosen: readonly Candidate[]): PolicyWindow {
  const settled = chosen.length === 0 ? null : settleFromText(level, chosen);
  if (settled === null || !settled.ok || isSameWindow(settled.window.window, words.window)) return words;
  const { file, line, window } = settled.window;
  return { ...words, note: `overrides ${file}:${line}, which says ${describeWindow(window)}` };
}

function hintsOf(
  candidates: readonly Candidate[],
  stray: readonly { readonly file: string; readonly unread: Unread }[],
): readonly string[] {
  const unclear = candidates.map(
    ({ file, firstLine }) => `${file}:${firstLine} lists times without saying what they are for`,
  );
  return [...unclear, ...stray.slice(0, 5).map(({ file, unread }) => hintOf(file, unread))];
}

function hintOf(file: string, { line, text }: Unread): string {
  return `${file}:${line} is not understood: “${excerpt(text, 80)}”`;
}

/** One line may state several severities; what it leaves open is said once. */
function isSameStatement(a: PolicyWindow, b: PolicyWindow): boolean {
  return a.file === b.file && a.line === b.line && a.note === b.note;
}

/** Remarks on windows that are settled: words that left room, and a severity with more time than a milder one. */
export function remarksOn(windows: readonly PolicyWindow[]): readonly PolicyProblem[] {
  const noted = windows.filter(({ note }) => note !== undefined);
  const notes = noted
    .filter((window, index) => noted.findIndex((other) => isSameStatement(window, other)) === index)
    .map(understoodAs);
  const steps = windows.flatMap((window, index) => {
    const next = windows[index + 1];
    return next !== undefined && isLaxer(window.window, next.window) ? [notMonotone(window, next)] : [];
  });
  return [...notes, ...steps];
}
