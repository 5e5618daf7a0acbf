/** Reads a file that is plainly an OSV record, as nearly all of a published dump are, with as little work as can be. */
import type { OsvRecord } from '../../core/model/advisory.ts';
import { parseJson } from '../../core/model/json.ts';
import { isOsvRecord } from '../../core/model/osv-shape.ts';
import { decodeText } from '../../core/model/text.ts';
import type { StoredAdvisory } from '../../ports/advisory-store.ts';

const OPENING = 0x7b;
const CLOSING = 0x7d;

/**
 * The record, whose text is the file, byte for byte. `null` says nothing: a file in another spelling (YAML, with blanks around
 * it, with an odd field) is for `readRecord`, which also says why a file is none.
 */
export function recogniseRecord(bytes: Uint8Array): StoredAdvisory | null {
  if (bytes[0] !== OPENING || bytes.at(-1) !== CLOSING) return null;
  const { text, encoding } = decodeText(bytes);
  const value = encoding === 'utf-8' ? parseJson(text) : undefined;
  return isOsvRecord(value) && isOfKnownSchema(value) ? { record: value, text } : null;
}

/** Minor versions add, major ones change: https://ossf.github.io/osv-schema/#schema_version-field */
const KNOWN_SCHEMA = /^1(?:\.\d+){0,2}$/;

/** Whether a record is of a version of the schema that is understood; one that states none is. */
export function isOfKnownSchema({ schema_version: version }: OsvRecord): boolean {
  return version === undefined || KNOWN_SCHEMA.test(version);
}
