/** The wording of everything that can be said about a policy: errors with the keys that settle them, and remarks. */
import type { Candidate, PolicyProblem } from './policy-reading.ts';
import type { Unread } from './statement.ts';
import type { TimetableEntry } from './timetable.ts';
import type { ConfiguredWords } from '../model/config.ts';
import type { PolicySeverity, PolicyWindow } from '../model/policy.ts';
import { excerpt } from '../model/text.ts';
import { describeWindow } from '../model/window-words.ts';

/** The configuration key of a severity's window. */
export function windowKey(level: PolicySeverity): string {
  return `policy.windows.${level}`;
}

const SETTLED_BY = 'Say it in .fixby/config.yaml';

function settle(keys: readonly string[]): string {
  return `${SETTLED_BY}: ${keys.map((key) => `${key}: "7 days"`).join(', ')} (or another window).`;
}

function place(file: string, line: number): string {
  return `${file}:${line}`;
}

function quote(text: string): string {
  return `“${excerpt(text, 100)}”`;
}

type Wording = Pick<PolicyProblem, 'code' | 'message' | 'mend' | 'file' | 'lines' | 'keys'>;

function error(wording: Wording): PolicyProblem {
  return { target: null, blocks: true, ...wording };
}

function remark(wording: Omit<Wording, 'keys'>): PolicyProblem {
  return { target: null, blocks: false, keys: [], ...wording };
}

/** No file holds a timetable. `near` are the lines that may have been meant as one. */
export function noPolicy(
  files: readonly string[],
  levels: readonly PolicySeverity[],
  near: readonly string[],
): PolicyProblem {
  const searched = files.length === 0 ? 'There is no SECURITY.md' : `No update policy was found in ${files.join(', ')}`;
  const hint = near.length === 0 ? '' : `; ${near.join('; ')}`;
  const keys = levels.map(windowKey);
  return error({
    code: 'policy-missing',
    message: `${searched}${hint}.`,
    mend: `Write one under a heading "Update policy", such as "- **High**: patch within 7 days" for each severity, put <!-- fixby:policy --> before the list or table that is meant, or set ${keys.join(', ')} in .fixby/config.yaml.`,
    file: files[0] ?? null,
    lines: [],
    keys,
  });
}

/** A severity the chosen timetable does not give a readable window. */
export function missingWindow(
  level: PolicySeverity,
  chosen: readonly Candidate[],
  near: readonly string[],
): PolicyProblem {
  const [first] = chosen;
  const hint = near.length === 0 ? '' : `; ${near.join('; ')}`;
  return error({
    code: 'policy-incomplete',
    message: `The update policy (${chosen.map((table) => place(table.file, table.firstLine)).join(', ')}) gives ${level} vulnerabilities no window${hint}.`,
    mend: settle([windowKey(level)]),
    file: first?.file ?? null,
    lines: chosen.map(({ firstLine }) => firstLine),
    keys: [windowKey(level)],
  });
}

/** Two windows for one severity. */
export function conflict(level: PolicySeverity, entries: readonly TimetableEntry[]): PolicyProblem {
  return error({
    code: 'policy-ambiguous',
    message: `The update policy says two things about ${level} vulnerabilities: ${entries.map((entry) => `${quote(entry.text)} (${place(entry.file, entry.line)})`).join(' and ')}.`,
    mend: `Put <!-- fixby:policy --> before the list or table that is meant, or ${settle([windowKey(level)]).replace(SETTLED_BY, 'say it in .fixby/config.yaml')}`,
    file: entries[0]?.file ?? null,
    lines: entries.map(({ line }) => line),
    keys: [windowKey(level)],
  });
}

/** Words about a severity that may contradict the window that was read. */
export function unreadBeside(level: PolicySeverity, file: string, unread: Unread): PolicyProblem {
  return error({
    code: 'policy-unreadable',
    message: `${place(file, unread.line)} also speaks of the windows of ${level} vulnerabilities and cannot be understood: ${quote(unread.text)}.`,
    mend: settle([windowKey(level)]),
    file,
    lines: [unread.line],
    keys: [windowKey(level)],
  });
}

/** Words of haste that name no time. */
export function vagueWindow(entry: TimetableEntry): PolicyProblem {
  const key = entry.reading.kind === 'vague' ? entry.reading.key : null;
  const lends =
    key === 'policy.sprint' ? 'policy.sprint: "2 weeks"' : key === null ? null : 'policy.vague.asap: "24 hours"';
  const keys = [...(key === null ? [] : [key]), windowKey(entry.level)];
  return error({
    code: 'policy-vague',
    message: `${place(entry.file, entry.line)} names no time for ${entry.level} vulnerabilities: ${quote(entry.text)}.`,
    mend: `${SETTLED_BY} what it means: ${[...(lends === null ? [] : [lends]), `${windowKey(entry.level)}: "7 days"`].join(' or ')} (or another window).`,
    file: entry.file,
    lines: [entry.line],
    keys,
  });
}

/** Configured words that are no window. `wanted` says what would be. */
export function unreadableWords(key: string, words: ConfiguredWords, wanted: string): PolicyProblem {
  return error({
    code: 'policy-config-unreadable',
    message: `${place(words.file, words.line)}: ${key} is ${quote(words.text)}, which is not ${wanted}.`,
    mend: 'Write a window such as "immediate", "24 hours", "5 business days", "next release", "next minor release" or "opportunistic".',
    file: words.file,
    lines: [words.line],
    keys: [key],
  });
}

/** A file that is not parsed. */
export function tooComplex(file: string, why: string, levels: readonly PolicySeverity[]): PolicyProblem {
  return error({
    code: 'policy-too-complex',
    message: `${file} is not read as a policy: ${why}.`,
    mend: `Keep the policy in a plain file of its own and name it in .fixby/config.yaml (policy.file), or set ${levels.map(windowKey).join(', ')}.`,
    file,
    lines: [],
    keys: ['policy.file', ...levels.map(windowKey)],
  });
}

/** A marker comment with nothing after it that could be a policy. */
export function idleMarker(file: string, line: number): PolicyProblem {
  return error({
    code: 'policy-marker-idle',
    message: `${place(file, line)}: the marker <!-- fixby:policy --> selects nothing that reads as a policy.`,
    mend: 'Put it on the line before the list, table or paragraph that is the update policy.',
    file,
    lines: [line],
    keys: [],
  });
}

const AREA_NAMES = {
  dependency: 'dependency updates',
  generic: 'vulnerabilities in general',
  reporting: 'reported vulnerabilities',
} as const;

/** A timetable that is not the policy. */
export function otherTimetable(table: Candidate, chosen: readonly Candidate[]): PolicyProblem {
  const used = chosen.map(({ file, firstLine }) => place(file, firstLine)).join(', ');
  const why = table.usable ? `about ${AREA_NAMES[table.area]}` : 'that does not say what its times are for';
  return remark({
    code: 'policy-second-timetable',
    message: `${place(table.file, table.firstLine)} holds another timetable, ${why}; the update policy at ${used} is the one that is used.`,
    mend: 'Nothing to do if that is what you mean; otherwise put <!-- fixby:policy --> before the one that is meant.',
    file: table.file,
    lines: [table.firstLine],
  });
}

/** The only timetable is the one for reported vulnerabilities. */
export function fromReporting(table: Candidate): PolicyProblem {
  return remark({
    code: 'policy-from-reporting-timetable',
    message: `${place(table.file, table.firstLine)} is a timetable for reported vulnerabilities; with no other, it is used for dependencies too.`,
    mend: 'Write an update policy of its own under a heading "Update policy", or set policy.windows in .fixby/config.yaml.',
    file: table.file,
    lines: [table.firstLine],
  });
}

/** A window whose words left room. */
export function understoodAs(window: PolicyWindow): PolicyProblem {
  return remark({
    code: 'policy-understood-as',
    message: `${place(window.file, window.line)}: ${quote(window.text)} is read as ${describeWindow(window.window)} (${window.note ?? ''}).`,
    mend: `Write the time as one number, or set ${windowKey(window.severity)}.`,
    file: window.file,
    lines: [window.line],
  });
}

/** A worse severity is given more time than a milder one. */
export function notMonotone(worse: PolicyWindow, milder: PolicyWindow): PolicyProblem {
  return remark({
    code: 'policy-not-monotone',
    message: `${worse.severity} (${describeWindow(worse.window)}, ${place(worse.file, worse.line)}) is given more time than ${milder.severity} (${describeWindow(milder.window)}, ${place(milder.file, milder.line)}).`,
    mend: 'Check both lines: one of them is probably not what is meant.',
    file: worse.file,
    lines: [worse.line, milder.line].sort((a, b) => a - b),
  });
}

/** A line that names a severity in a chosen timetable and is not understood, where the severity's window stands elsewhere. */
export function unreadRemark(file: string, unread: Unread): PolicyProblem {
  return remark({
    code: 'policy-unread-sentence',
    message: `${place(file, unread.line)} stands in the update policy and is not understood: ${quote(unread.text)}.`,
    mend: 'If it is part of the update policy, word it as "Critical: within 24 hours"; `fixby policy` shows what is understood.',
    file,
    lines: [unread.line],
  });
}
