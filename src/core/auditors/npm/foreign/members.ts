/** Reads members of documents of unknown origin: own keys only, and texts only where texts are wanted. */
import { isObject, type StringMap } from '../string-map.ts';

export type Members = Readonly<Record<string, unknown>>;

/** A member of `value` by its own key; undefined when `value` is no object. */
export function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `value` as an object; an empty one when it is anything else. */
export function asMembers(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** `value` as text; the empty one when it is anything else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The texts of an object by their keys; what is no text reads as the empty one, so that a bad value hides no name. */
export function asTexts(value: unknown): StringMap {
  return new Map(Object.entries(asMembers(value)).map(([key, text]) => [key, asText(text)]));
}
