/** Reads a JSON object of strings, such as `dependencies`, into a map that no key can poison. */
import * as z from 'zod';

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

/** A schema for such an object; anything else reads as an empty one. */
export const stringMapSchema = z.unknown().optional().transform(toStringMap);

/** A schema for text; anything else reads as absent. */
export const textSchema = z.string().min(1).optional().catch(undefined);
