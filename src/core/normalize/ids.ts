/** Owns the spelling of advisory ids: which two texts are the same id, and which can be asked for. */
import type { OsvRecord } from '../model/advisory.ts';
import { sortedUnique } from '../model/order.ts';
import { excerpt } from '../model/text.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$/;
const LOOKABLE = /^[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9][A-Za-z0-9._:-]*$/;
const KNOWN_PREFIX = /^(ghsa|cve|pysec|mal)-/i;
/** Real records name a handful; a source that names thousands must not make us ask for them. */
const MAX_ALIASES = 50;

/** The one spelling of an id: known prefixes in capitals, the letters of a GHSA id small. Text that is no id is made safe to show. */
export function canonicalId(id: string): string {
  const text = id.trim();
  if (!ID.test(text)) return excerpt(text, 128) || 'unnamed';
  const prefix = KNOWN_PREFIX.exec(text)?.[0];
  if (prefix === undefined) return text;
  const rest = text.slice(prefix.length);
  return prefix.toUpperCase() + (/^ghsa-$/i.test(prefix) ? rest.toLowerCase() : rest);
}

/** Whether an OSV source can know the id: a database prefix, a dash, a name. npm's own numbers cannot. */
export function isLookable(id: string): boolean {
  return ID.test(id) && LOOKABLE.test(id);
}

/** Every other id a record gives its flaw, canonical and sorted. What is not shaped like an id is left out. */
export function aliasesOf(record: OsvRecord): readonly string[] {
  const own = canonicalId(record.id);
  const aliases = (record.aliases ?? []).filter((id) => ID.test(id.trim())).map(canonicalId);
  return sortedUnique(aliases.filter((id) => id !== own)).slice(0, MAX_ALIASES);
}
