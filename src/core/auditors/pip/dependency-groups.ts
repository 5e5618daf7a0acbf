/** Resolves dependency groups with the groups they include. https://peps.python.org/pep-0735/ */
import { excerpt } from '../../model/text.ts';
import { asList, asText, isTable, member, type TomlTable } from './toml.ts';

export interface GroupReading {
  /** Requirement strings by group, as written, includes resolved. Group names are normalized. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** One sentence for each entry that could not be understood. */
  readonly unread: readonly string[];
}

/** Reads every group; an include of a group that is not there or that includes itself is named in `unread`. */
export function readDependencyGroups(table: TomlTable): GroupReading {
  const raw = new Map(Object.entries(table).map(([name, entries]) => [normalizeGroup(name), asList(entries)] as const));
  const unread = new Set<string>();
  const groups = new Map([...raw.keys()].map((name) => [name, flatten(name, raw, [], unread)] as const));
  return { groups, unread: [...unread] };
}

/** Group names compare like package names. */
export function normalizeGroup(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function flatten(
  name: string,
  raw: ReadonlyMap<string, readonly unknown[]>,
  trail: readonly string[],
  unread: Set<string>,
): readonly string[] {
  const entries = raw.get(name);
  if (entries === undefined || trail.includes(name) || trail.length > 20) {
    unread.add(
      `the group ${excerpt(name, 60)} is included and ${entries === undefined ? 'is not there' : 'includes itself'}`,
    );
    return [];
  }
  const listed = entries.flatMap((entry) => readEntry(entry, name, raw, [...trail, name], unread));
  return [...new Set(listed)];
}

function readEntry(
  entry: unknown,
  group: string,
  raw: ReadonlyMap<string, readonly unknown[]>,
  trail: readonly string[],
  unread: Set<string>,
): readonly string[] {
  const text = asText(entry);
  if (text !== undefined) return [text];
  const included = isTable(entry) ? asText(member(entry, 'include-group')) : undefined;
  if (included !== undefined) return flatten(normalizeGroup(included), raw, trail, unread);
  unread.add(`an entry of the group ${excerpt(group, 60)} is neither a requirement nor an include`);
  return [];
}
