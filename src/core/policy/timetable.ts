/** Turns groups of statements into timetables: every severity a group names, resolved to single levels, in one area. */
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { WindowReading } from './element.ts';
import type { Area, Statement, StatementGroup, Unread } from './statement.ts';
import type { PolicySeverity } from '../model/policy.ts';

/** One severity of a timetable. */
export interface TimetableEntry {
  readonly level: PolicySeverity;
  readonly reading: WindowReading;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly notes: readonly string[];
}

/** `usable: false`: it is not clear that its times are for fixing anything, so it is only named. */
export interface Timetable {
  readonly file: string;
  readonly area: Area;
  readonly marked: boolean;
  readonly usable: boolean;
  readonly entries: readonly TimetableEntry[];
  readonly unread: readonly Unread[];
  readonly firstLine: number;
  readonly lastLine: number;
}

/** The timetables of one file. Times that are for something else than fixing make none. */
export function toTimetables(file: string, groups: readonly StatementGroup[]): readonly Timetable[] {
  return groups.flatMap((group) => {
    const statements = group.statements.filter(({ purpose }) => purpose !== 'other');
    const areas = [...new Set(statements.map(({ area }) => area))];
    if (areas.length === 0) return [];
    return areas.map((area) =>
      toTimetable(
        file,
        area,
        group,
        statements.filter((statement) => statement.area === area),
      ),
    );
  });
}

function toTimetable(file: string, area: Area, group: StatementGroup, statements: readonly Statement[]): Timetable {
  const forFix = group.marked ? statements : fixStatements(group, statements);
  const usable = forFix.length > 0;
  const used = usable ? forFix : statements;
  const left = usable ? statements.filter((statement) => !forFix.includes(statement)) : [];
  const loose = looselyNamed(used);
  const kept = used.filter((statement) => !loose.includes(statement));
  const unread = [...group.unread, ...[...left, ...loose].map(toUnread)];
  const named = namedBy(kept, unread);
  const entries = kept.flatMap((statement) => toEntries(file, statement, named));
  const lines = statements.map(({ line }) => line);
  return {
    file,
    area,
    marked: group.marked,
    usable,
    entries,
    unread,
    firstLine: Math.min(...lines),
    lastLine: Math.max(...lines),
  };
}

/** Those that say they are about fixing; where nothing in the group says otherwise, their silent neighbours too. */
function fixStatements(group: StatementGroup, statements: readonly Statement[]): readonly Statement[] {
  const stated = statements.filter(({ purpose }) => purpose === 'fix');
  const contradicted = group.statements.some(({ purpose }) => purpose === 'other' || purpose === 'mixed');
  return stated.length === 0 || contradicted ? stated : statements;
}

/** "Important" is `high` on the scale critical, important, moderate, low, and nowhere else. */
function looselyNamed(statements: readonly Statement[]): readonly Statement[] {
  const loose = statements.filter(({ set }) => set.loose);
  const named = statements.filter(({ set }) => !set.loose).flatMap(({ set }) => set.levels);
  const fits =
    (['critical', 'medium', 'low'] as const).every((level) => named.includes(level)) && !named.includes('high');
  return fits && loose.length === 1 ? [] : loose;
}

/** Severities the group speaks of by name, understood or not: none of them is among "all others". */
function namedBy(statements: readonly Statement[], unread: readonly Unread[]): ReadonlySet<PolicySeverity> {
  return new Set([...statements.flatMap(({ set }) => set.levels), ...unread.flatMap(({ levels }) => levels)]);
}

function toEntries(file: string, statement: Statement, named: ReadonlySet<PolicySeverity>): readonly TimetableEntry[] {
  const { set, reading, line, text } = statement;
  const rest = set.rest ? POLICY_SEVERITIES.filter((level) => !named.has(level)) : [];
  const notes = [...(reading.kind === 'window' ? reading.notes : []), ...(set.loose ? ['important read as high'] : [])];
  return POLICY_SEVERITIES.filter((level) => set.levels.includes(level) || rest.includes(level)).map((level) => ({
    level,
    reading,
    file,
    line,
    text,
    notes: rest.includes(level) ? [...notes, `${level} is among the severities not named`] : notes,
  }));
}

function toUnread({ set, line, text }: Statement): Unread {
  return { levels: set.rest ? POLICY_SEVERITIES : set.levels, line, text, namesWindow: true };
}
