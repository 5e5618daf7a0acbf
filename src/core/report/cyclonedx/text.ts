/** Foreign text in a CycloneDX document: one line without anything invisible. */
import { terminalText, wellFormed } from '../escape.ts';

/** The text as one line; `(none)` where the schema asks for one that is not empty and `filled` is set. */
export function line(text: string, filled = false): string {
  const shown = wellFormed(terminalText(text));
  return filled && shown === '' ? '(none)' : shown;
}

// What the schema allows.
const LONGEST_VERSION = 1024;

/** A version, which the schema wants neither empty nor endless. */
export function versionLine(version: string): string {
  const shown = line(version, true);
  return shown.length > LONGEST_VERSION ? `${wellFormed(shown.slice(0, LONGEST_VERSION - 1))}…` : shown;
}
