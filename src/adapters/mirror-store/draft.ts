/** The next generation while it is made: changes are gathered and written to its tables a few thousand at a time. */
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import { sortedUnique } from '../../core/model/order.ts';
import type { HeldRecord, IndexedRecord } from '../../ports/mirror.ts';
import { ecosystemsOf, LONGEST_ID, packageKey, readFacts, readIds, sha256, toValue } from './tables.ts';
import type { Facts, Tables } from './tables.ts';

/** What waits in memory before it is written. */
const MAX_WAITING = 2000;
const MAX_WAITING_CHARACTERS = 32 * 1024 * 1024;

/** A record that is put in, changed, or (`null`) taken out. `text` is absent when only its facts changed. */
interface Change {
  readonly facts: Facts | null;
  readonly text?: IndexedRecord['text'];
}

/** Records of a draft, as `MirrorDraft` names what can be done to them; `flush` writes what still waits. */
export function draftRecords(tables: Tables) {
  const changes = new Map<string, Change>();
  const members = new Map<string, Map<string, boolean>>();
  let waiting = 0;

  const readFactsOf = (id: string): Facts | null => {
    const change = changes.get(id);
    if (change !== undefined) return change.facts;
    const row = tables.facts.get(id);
    return row === undefined ? null : readFacts(row);
  };

  /** Who takes a record in asks for what is known of it more than once before it changes. */
  let latest: { readonly id: string; readonly facts: Facts | null } | undefined;
  const factsOf = (id: string): Facts | null => {
    if (latest?.id !== id) latest = { id, facts: readFactsOf(id) };
    return latest.facts;
  };

  const flush = (): void => {
    tables.transact(() => {
      for (const [id, change] of changes) writeChange(tables, id, change);
      for (const [key, ids] of members) writeMembers(tables, key, ids);
    });
    changes.clear();
    members.clear();
    waiting = 0;
  };

  const change = (id: string, before: Facts | null, after: Facts | null, text?: IndexedRecord['text']): void => {
    latest = undefined;
    const earlier = changes.get(id)?.text;
    changes.set(id, { facts: after, ...given(after === null ? undefined : (text ?? earlier)) });
    for (const key of before?.packages ?? []) membersOf(key).set(id, false);
    for (const key of after?.packages ?? []) membersOf(key).set(id, true);
    waiting += text?.length ?? 0;
    if (changes.size >= MAX_WAITING || waiting > MAX_WAITING_CHARACTERS) flush();
  };

  const membersOf = (key: string): Map<string, boolean> => {
    const known = members.get(key) ?? new Map<string, boolean>();
    members.set(key, known);
    return known;
  };

  return {
    flush,
    held: (id: string): HeldRecord | undefined => (id.length > LONGEST_ID ? undefined : (factsOf(id) ?? undefined)),
    names: (id: string, ecosystem: Ecosystem): boolean => ecosystemsOf(factsOf(id)?.packages ?? []).includes(ecosystem),
    put: (source: Ecosystem, record: IndexedRecord, file: string): void => {
      const { id } = record;
      const before = factsOf(id);
      const sources = sortedUnique([...(before?.sources ?? []), source]) as Ecosystem[];
      change(id, before, toFacts(record, file, sources), record.text);
    },
    keep: (source: Ecosystem, id: string): void => {
      const facts = factsOf(id);
      if (facts === null || facts.sources.includes(source)) return;
      change(id, facts, { ...facts, sources: sortedUnique([...facts.sources, source]) as Ecosystem[] });
    },
    release: (source: Ecosystem, id: string): boolean => {
      const facts = factsOf(id);
      if (facts === null) return false;
      const sources = facts.sources.filter((each) => each !== source);
      change(id, facts, sources.length === 0 ? null : { ...facts, sources });
      return sources.length === 0;
    },
    heldBesides: (seen: ReadonlySet<string>, source: Ecosystem): readonly string[] => {
      flush();
      const others = [...tables.facts.getKeys()].filter((id) => !seen.has(id));
      return others.filter((id) => factsOf(id)?.sources.includes(source) === true);
    },
  };
}

function toFacts(record: IndexedRecord, file: string, sources: Ecosystem[]): Facts {
  const { modified, withdrawn, unreadable, packages, text, isVerbatim } = record;
  return {
    file,
    text: isVerbatim ? file : sha256(text),
    modified,
    withdrawn,
    unreadable,
    packages: [...sortedUnique(packages.map(({ ecosystem, name }) => packageKey(ecosystem, name)))],
    sources,
  };
}

function writeChange({ facts, texts }: Tables, id: string, change: Change): void {
  if (change.facts === null) {
    facts.removeSync(id);
    texts.removeSync(id);
    return;
  }
  facts.putSync(id, JSON.stringify(change.facts));
  if (change.text !== undefined) texts.putSync(id, toValue(change.text));
}

function writeMembers({ packages }: Tables, key: string, changed: ReadonlyMap<string, boolean>): void {
  const kept = readIds(packages.get(key)).filter((id) => !changed.has(id));
  const added = [...changed].flatMap(([id, isMember]) => (isMember ? [id] : []));
  const ids = sortedUnique([...kept, ...added]);
  if (ids.length === 0) packages.removeSync(key);
  else packages.putSync(key, JSON.stringify(ids));
}

function given(text: Change['text']): Pick<Change, 'text'> {
  return text === undefined ? {} : { text };
}
