/** Writes rows as CSV: the one place that decides how it is spelled and how a spreadsheet is kept from running it. */
import { stringify } from 'csv-stringify/sync';
import { csvText } from '../escape.ts';

/** What stands in each column; an absent cell is empty. */
export type CsvRow<C extends string> = Readonly<Partial<Record<C, string | number | boolean | undefined>>>;

/**
 * RFC 4180 but for its line ends, which are `\n`. A cell that begins as a formula does (`=`, `+`, `-`, `@`) is led by an
 * apostrophe, which spreadsheets take for "this is text". https://owasp.org/www-community/attacks/CSV_Injection
 */
export function writeCsv<C extends string>(columns: readonly C[], rows: readonly CsvRow<C>[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(row[column])));
  return stringify([[...columns], ...lines], { escape_formulas: true });
}

function cell(value: CsvRow<string>[string]): string {
  return value === undefined ? '' : csvText(String(value));
}
