/** Turns what the schema refuses into problems a person can mend: place, what was received, what is wanted. */
import * as z from 'zod';
import { unknownKey, wrongValue } from './file-problem.ts';
import type { FileKind, FileProblem } from './file-problem.ts';
import { nearestKey } from './nearest-key.ts';
import type { KeyPath, YamlDocument } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

/** The document an issue is about, and the schema that refused it. */
export interface Refused {
  readonly schema: z.core.$ZodType;
  readonly document: YamlDocument;
  readonly file: string;
  readonly kind: FileKind;
}

/** The first issue of each value: a second sentence about the same words helps nobody. */
export function firstIssues(issues: readonly Issue[]): readonly Issue[] {
  const isUnknownKey = (issue: Issue): boolean => issue.code === 'unrecognized_keys';
  const keyOf = (issue: Issue): string => JSON.stringify([isUnknownKey(issue), ...issue.path.map(String)]);
  return [...new Map([...issues].reverse().map((issue) => [keyOf(issue), issue])).values()].reverse();
}

/** One problem an issue, or one a key when several keys are unknown. */
export function describeIssue(issue: Issue, { schema, document, file, kind }: Refused): readonly FileProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const object = objectAt(schema, issue.path);
    const allowed = Object.keys(object?.shape ?? {});
    const hint = object === undefined ? undefined : z.globalRegistry.get(object)?.description;
    return issue.keys.map((key) => {
      const place = { file, kind, ...document.spotOfKey(issue.path, key) };
      const problem = unknownKey(place, pathText([...issue.path, key], kind), allowed, nearestKey(key, allowed));
      return hint === undefined ? problem : { ...problem, mend: `${problem.mend} ${hint}` };
    });
  }
  const received = valueAt(document.value, issue.path);
  const place = { file, kind, ...document.spotOf(issue.path) };
  return [wrongValue(place, pathText(issue.path, kind), received, wantedBy(issue))];
}

/** What a value should have been, as the rest of a sentence that begins with "It". */
export function wantedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`.replace(/, ([^,]*)$/, ' or $1');
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return isNumber(issue.origin) ? `must be at least ${issue.minimum}` : 'must not be empty';
    case 'too_big':
      return `must be ${isNumber(issue.origin) ? 'at most' : 'no longer than'} ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function isNumber(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text; put it in quotes if it looks like a number',
  int: 'a whole number',
  number: 'a whole number',
  array: 'a list',
  object: 'a map of keys',
};

/** Such as `audit.acceptUnaudited[0].reason`. */
function pathText(path: KeyPath, { name }: FileKind): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : text.replace(/^\./, '');
}

function valueAt(value: unknown, path: KeyPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** The object schema at `path`; its description, where it has one, says more about its keys. */
function objectAt(schema: z.core.$ZodType, path: KeyPath): z.ZodObject | undefined {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) at = childOf(unwrap(at), key);
  const object = unwrap(at);
  return object instanceof z.ZodObject ? object : undefined;
}

function childOf(schema: z.core.$ZodType | undefined, key: PropertyKey): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.core.$ZodType | undefined>)[key];
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema;
}
