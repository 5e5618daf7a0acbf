/** Reads a table: which column names severities, which of its time columns is the fix, and what each row says. */
import { isInForce, nearestArea, nearestPurpose, purposeOf, textsAbove } from './context.ts';
import { readElements } from './elements.ts';
import { lex } from './lexicon.ts';
import { lineAt } from '../document/lined-text.ts';
import { namesWindow, readLabel, readWindowText } from './read-text.ts';
import { excerpt } from '../model/text.ts';
import type { TableBlock } from './block.ts';
import type { GrammarSettings, SeveritySet } from './element.ts';
import type { LinedText } from '../document/lined-text.ts';
import type { Pair } from './sentence.ts';
import type { PolicySeverity } from '../model/policy.ts';
import type { StatedPurpose, Statement, StatementGroup, Unread } from './statement.ts';

/** One line of severities and their windows, whichever way the table lies. */
interface Entry {
  readonly set: SeveritySet;
  readonly window: LinedText;
  /** The unit its header names for bare numbers. */
  readonly unit: string | null;
  readonly purpose: StatedPurpose;
  readonly line: number;
  readonly text: string;
}

/** What a table says, as one group. */
export function readTable(table: TableBlock, settings: GrammarSettings): StatementGroup {
  const entries = isTransposed(table, settings) ? columnEntries(table, settings) : rowEntries(table, settings);
  const statements: Statement[] = [];
  const unread: Unread[] = [];
  for (const entry of entries) {
    const pair = readCell(entry.window.text, entry.unit, settings);
    if (pair === null) unread.push(toUnread(entry));
    else if (pair.purpose !== 'other') statements.push(toStatement(table, entry, pair));
  }
  if (statements.length > 0) unread.push(...unclearRows(table, settings));
  return { container: table.container, section: table.section, marked: table.marked, statements, unread };
}

function toStatement(table: TableBlock, entry: Entry, pair: Pair): Statement {
  const above = textsAbove(table);
  return {
    set: entry.set,
    reading: pair.reading,
    purpose: isInForce(above) ? (pair.purpose ?? purposeOfEntry(entry, above)) : 'mixed',
    area: nearestArea([table.header.cells.map(({ text }) => text).join(' '), ...above]),
    line: entry.line,
    text: entry.text,
  };
}

function purposeOfEntry({ purpose }: Entry, above: readonly string[]): StatedPurpose {
  return purpose === 'unclear' ? nearestPurpose(above) : purpose;
}

function toUnread({ set, window, line, text }: Entry): Unread {
  return { levels: set.levels, line, text, namesWindow: window.text.trim() !== '' };
}

function rowLine(cells: readonly LinedText[]): number {
  const stated = cells.find(({ lines }) => lines.length > 0);
  return stated === undefined ? 1 : lineAt(stated, 0);
}

/** Severities across the top: at least two header cells name one, and the first does not. */
function isTransposed({ header }: TableBlock, settings: GrammarSettings): boolean {
  const [first, ...others] = header.cells.map(({ text }) => readLabel(text, settings));
  return first === null && others.filter((set) => set !== null).length >= 2;
}

function columnEntries(table: TableBlock, settings: GrammarSettings): readonly Entry[] {
  const sets = table.header.cells.map(({ text }) => readLabel(text, settings));
  return table.rows.flatMap(({ cells }) => {
    const label = cells[0]?.text ?? '';
    const purpose = purposeOf(label);
    if (purpose === 'other') return [];
    return cells.flatMap((window, column) => {
      const set = sets[column] ?? null;
      const text = excerpt(`${table.header.cells[column]?.text ?? ''} | ${window.text}`);
      return set === null ? [] : [{ set, window, unit: onlyUnit(label), purpose, line: rowLine(cells), text }];
    });
  });
}

function rowEntries(table: TableBlock, settings: GrammarSettings): readonly Entry[] {
  const rows = table.rows.map(({ cells }) => ({ cells, set: rowSeverity(table, cells, settings) }));
  const times = timeColumns(table, settings);
  const columns = fixColumns(times);
  return rows.flatMap(({ cells, set }) => {
    if (set === null) return [];
    const text = rowText(cells);
    return columns.flatMap(({ index, unit, purpose }) => {
      const window = cells[index];
      return window === undefined ? [] : [{ set, window, unit, purpose, line: rowLine(cells), text }];
    });
  });
}

/** The severity its cells agree on; null when none names one or two differ. */
function rowSeverity(table: TableBlock, cells: readonly LinedText[], settings: GrammarSettings): SeveritySet | null {
  const sets = cells.flatMap(({ text }, column) => {
    const header = table.header.cells[column]?.text ?? '';
    const set = readLabel(isScoreHeader(header) ? `CVSS ${text}` : text, settings) ?? readLabel(text, settings);
    return set === null ? [] : [set];
  });
  const [first] = sets;
  const agree = sets.every((set) => set.levels.join() === first?.levels.join() && set.rest === first.rest);
  return first !== undefined && agree ? { ...first, loose: sets.every(({ loose }) => loose) } : null;
}

/** Rows beside readable ones: "Critical (exploited)", "Zero-day", or an empty label, which continues the row above. */
function unclearRows(table: TableBlock, settings: GrammarSettings): readonly Unread[] {
  if (isTransposed(table, settings)) return [];
  const labelColumns = table.header.cells.flatMap((_, column) =>
    table.rows.some(({ cells }) => readLabel(cells[column]?.text ?? '', settings) !== null) ? [column] : [],
  );
  const labelsOf = (row: number) => labelColumns.map((column) => table.rows[row]?.cells[column]?.text ?? '');
  return table.rows.flatMap(({ cells }, row) => {
    const isRead = rowSeverity(table, cells, settings) !== null;
    if (isRead || !cells.some(({ text }) => namesWindow(text, settings))) return [];
    const continues = labelsOf(row).every((label) => label.trim() === '');
    const levels = levelsNamed(labelsOf(continues ? row - 1 : row), settings);
    return [{ levels, line: rowLine(cells), text: rowText(cells), namesWindow: true }];
  });
}

function rowText(cells: readonly LinedText[]): string {
  return excerpt(cells.map(({ text }) => text).join(' | '));
}

function levelsNamed(texts: readonly string[], settings: GrammarSettings): readonly PolicySeverity[] {
  const elements = texts.flatMap((text) => readElements(text, settings));
  return [...new Set(elements.flatMap((element) => (element.is === 'severity' ? element.set.levels : [])))];
}

function isScoreHeader(header: string): boolean {
  return lex(header).some(({ meaning }) => meaning.is === 'cvss');
}

interface TimeColumn {
  readonly index: number;
  readonly unit: string | null;
  readonly purpose: StatedPurpose;
  /** Whether a word says so; "next release" alone hints at a fix. */
  readonly stated: boolean;
}

function timeColumns(table: TableBlock, settings: GrammarSettings): readonly TimeColumn[] {
  return table.header.cells.flatMap((header, index) => {
    const cells = table.rows.flatMap((row) => row.cells[index]?.text ?? []);
    const unit = onlyUnit(header.text);
    const holdsTimes = cells.some((cell) => namesWindow(unitAdded(cell, unit), settings));
    const purpose = columnPurpose(header.text, cells, settings);
    const stated = [header.text, ...cells].some((text) => purposeOf(text) === purpose);
    return holdsTimes ? [{ index, unit, purpose, stated }] : [];
  });
}

/** What the cells say themselves outweighs their header: "Response | Patch within 7 days". */
function columnPurpose(header: string, cells: readonly string[], settings: GrammarSettings): StatedPurpose {
  const own = new Set(cells.map((cell) => readWindowText(cell, settings)?.purpose ?? null));
  return own.has('fix') && !own.has('other') ? 'fix' : purposeOf(header);
}

/** The one column of fix times; several columns that may be it leave every row with more than one reading, and so unread. */
function fixColumns(columns: readonly TimeColumn[]): readonly TimeColumn[] {
  const fixes = columns.filter(({ purpose }) => purpose === 'fix');
  const possible = fixes.some(({ stated }) => stated) ? fixes : columns.filter(({ purpose }) => purpose !== 'other');
  return possible.length > 1 ? possible.map((column) => ({ ...column, purpose: 'mixed' })) : possible;
}

/** The unit a header such as "Fix time (days)" names, as written; null when it names none or several. */
function onlyUnit(header: string): string | null {
  const units = lex(header).filter(({ meaning }) => meaning.is === 'unit');
  const [unit] = units;
  return units.length === 1 && unit !== undefined ? header.slice(unit.start, unit.end) : null;
}

function unitAdded(cell: string, unit: string | null): string {
  const bare = lex(cell).every(({ meaning }) =>
    ['number', 'dash', 'to', 'less', 'less-or-equal', 'bound'].includes(meaning.is),
  );
  return bare && unit !== null ? `${cell} ${unit}` : cell;
}

/** Null also when the header speaks of business days and the cell of days: one of them is wrong. */
function readCell(cell: string, unit: string | null, settings: GrammarSettings): Pair | null {
  const pair = readWindowText(unitAdded(cell, unit), settings);
  const headerUnit = unit === null ? undefined : lex(unit)[0]?.meaning;
  const inBusinessDays = headerUnit?.is === 'unit' && headerUnit.unit === 'business-days';
  const inDays =
    pair?.reading.kind === 'window' && pair.reading.window.kind === 'within' && pair.reading.window.unit === 'days';
  return inBusinessDays && inDays ? null : pair;
}
