/**
 * Recognises a record that `osvRecordSchema` would take as it stands, without building a second one: of a dump nearly all are
 * such, and their lists of versions go into the thousands.
 */
import type { OsvRecord } from './advisory.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `false` says nothing: what is not recognised may still be a record to the schema, which says why it is none. */
export function isOsvRecord(value: unknown): value is OsvRecord {
  if (!isObject(value)) return false;
  const { id } = value;
  return (
    isText(id) &&
    id.length > 0 &&
    id.length <= LONGEST_ID &&
    ['schema_version', 'modified', 'published'].every((key) => isOptionalText(value[key])) &&
    ['withdrawn', 'summary', 'details'].every((key) => value[key] === null || isOptionalText(value[key])) &&
    ['aliases', 'related'].every((key) => isNullishList(value[key], isText)) &&
    isNullishList(value['severity'], isScore) &&
    isNullishList(value['affected'], isAffected) &&
    isNullishList(value['references'], isReference) &&
    isSpecific(value['database_specific'])
  );
}

const LONGEST_ID = 256;

function isAffected(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { package: of, ranges, versions, severity, database_specific: specific } = value;
  return (
    (of === undefined || isPackage(of)) &&
    (ranges === undefined || isList(ranges, isRange)) &&
    (versions === undefined || isList(versions, isText)) &&
    (severity === undefined || isList(severity, isScore)) &&
    (specific === undefined || isObject(specific))
  );
}

function isPackage(value: unknown): boolean {
  return isObject(value) && isText(value['ecosystem']) && isText(value['name']);
}

function isRange(value: unknown): boolean {
  return isObject(value) && isText(value['type']) && isList(value['events'], isEvent);
}

function isEvent(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { introduced, fixed, last_affected: last, limit } = value;
  return isOptionalText(introduced) && isOptionalText(fixed) && isOptionalText(last) && isOptionalText(limit);
}

function isScore(value: unknown): boolean {
  return isObject(value) && isText(value['type']) && isText(value['score']);
}

function isReference(value: unknown): boolean {
  return isObject(value) && isText(value['type']) && isText(value['url']);
}

function isSpecific(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return isObject(value) && (value['severity'] === null || isOptionalText(value['severity']));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isNullishList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return value === undefined || value === null || isList(value, isItem);
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
