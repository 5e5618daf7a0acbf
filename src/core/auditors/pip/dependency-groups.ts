/** Resolves dependency groups with the groups they include. https://peps.python.org/pep-0735/ */
import { excerpt } from '../../model/text.ts';
import { asList, asText, isTable, member, type TomlTable } from './toml.ts';

export interface GroupReading {
  /** Requirement strings by group, as written, includes resolved. Group names are normalized. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** One sentence for each entry that could not be understood. */
  readonly unread: readonly string[];
}

/** What one group lists itself. */
interface OwnEntries {
  readonly requirements: readonly string[];
  readonly includes: readonly string[];
  readonly odd: boolean;
}

/** Reads every group; an include of a group that is not there is named in `unread`. A circle is read once. */
export function readDependencyGroups(table: TomlTable): GroupReading {
  const own = new Map(
    Object.entries(table).map(([name, entries]) => [normalizeGroup(name), readOwn(entries)] as const),
  );
  const groups = new Map([...own.keys()].map((name) => [name, gather(name, own)] as const));
  return { groups, unread: [...own].flatMap(([name, entries]) => findUnread(name, entries, own)) };
}

/** Group names compare like package names. */
export function normalizeGroup(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function readOwn(value: unknown): OwnEntries {
  const entries = asList(value);
  const requirements = entries.flatMap((entry) => asText(entry) ?? []);
  const includes = entries.flatMap((entry) => (isTable(entry) ? (asText(member(entry, 'include-group')) ?? []) : []));
  const odd = !Array.isArray(value) || requirements.length + includes.length !== entries.length;
  return { requirements, includes: includes.map(normalizeGroup), odd };
}

function gather(name: string, own: ReadonlyMap<string, OwnEntries>): readonly string[] {
  const reached = new Set([name]);
  for (const group of reached) for (const included of own.get(group)?.includes ?? []) reached.add(included);
  return [...new Set([...reached].flatMap((group) => own.get(group)?.requirements ?? []))];
}

function findUnread(name: string, entries: OwnEntries, own: ReadonlyMap<string, OwnEntries>): readonly string[] {
  const shown = excerpt(name, 60);
  const absent = entries.includes.filter((included) => !own.has(included));
  return [
    ...(entries.odd ? [`an entry of the group ${shown} is neither a requirement nor an include`] : []),
    ...absent.map((included) => `the group ${shown} includes ${excerpt(included, 60)}, which is not there`),
  ];
}
