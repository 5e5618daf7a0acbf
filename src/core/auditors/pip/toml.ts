/** Reads TOML of unknown origin: a table of unknown values, or the sentence why it is none. */
import { parse } from 'smol-toml';
import { excerpt } from '../../model/text.ts';

export type TomlTable = Readonly<Record<string, unknown>>;

/** The document, or what is wrong with it. https://toml.io/en/v1.0.0 */
export function parseToml(text: string): { readonly table: TomlTable } | { readonly error: string } {
  try {
    return { table: parse(text) };
  } catch (error) {
    return { error: excerpt(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not TOML') };
  }
}

/** `value` as a table; an empty one when it is anything else. */
export function asTable(value: unknown): TomlTable {
  return isTable(value) ? value : {};
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** `value` as a list; an empty one when it is anything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` as text; undefined when it is anything else. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A member of `table` by its own key, never one of its prototype. */
export function member(table: TomlTable, key: string): unknown {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
