/** Writes a value as the one JSON text that stands for it: same facts, same bytes, in any shell, editor or database. */
import { byText } from './order.ts';

/**
 * JSON on one line with the keys sorted as RFC 8785 sorts them, and every character outside printable ASCII escaped: no
 * encoding can change it and nothing in it can hide. Absent (`undefined`) properties are left out.
 * https://www.rfc-editor.org/rfc/rfc8785
 * @throws TypeError for what JSON has no word for: a number that is not finite, a function, a bare `undefined`.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return `{${membersOf(value).join(',')}}`;
  if (typeof value === 'string') return asciiString(value);
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    return JSON.stringify(value);
  }
  throw new TypeError(`JSON has no word for ${typeof value === 'number' ? String(value) : typeof value}`);
}

function membersOf(value: object): readonly string[] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => byText(a, b))
    .map(([key, member]) => `${asciiString(key)}:${canonicalJson(member)}`);
}

function asciiString(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
