/** Reads fields of JSON by hand: a lock has tens of thousands, and a schema for each costs more than all else that is done with it. */
import * as z from 'zod';

/** A JSON object of strings, such as `dependencies`, as a map that no key can poison. */
export type StringMap = ReadonlyMap<string, string>;

export const NO_STRINGS: StringMap = new Map();

/** Whether `value` is a JSON object: no array, no null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every key counts: a value that is no text becomes the empty one, so a bad value cannot hide a name. */
export function toStringMap(value: unknown): StringMap {
  if (!isObject(value)) return NO_STRINGS;
  return new Map(Object.entries(value).map(([key, text]) => [key, typeof text === 'string' ? text.trim() : '']));
}

/** Text that says something; anything else reads as absent. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same for a schema. */
export const textSchema = z.string().min(1).optional().catch(undefined);
