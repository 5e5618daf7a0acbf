/** Makes the inventory of a foreign lock: one entry a name and version, with scopes and directness from the graph. */
import type { InstalledPackage, Scope } from '../../../model/inventory.ts';
import { byText, sortedUnique } from '../../../model/order.ts';
import type { ForeignLock, ForeignPackage } from './foreign-lock.ts';

/** The packages of a lock that lies at `file`, sorted by id (`name@version`). */
export function toInstalled(lock: ForeignLock, file: string, text: string): readonly InstalledPackage[] {
  const byKey = new Map(lock.packages.map((entry) => [entry.key, entry]));
  const prod = reach(lock, byKey, ({ prod: keys }) => keys);
  const dev = reach(lock, byKey, ({ dev: keys }) => keys);
  const direct = new Set(
    lock.projects.flatMap((project) => [...project.prod, ...project.dev]).map((key) => idOf(byKey.get(key))),
  );
  const lines = findLines(text, lock.packages);
  const groups = new Map<string, ForeignPackage[]>();
  for (const entry of lock.packages) {
    const group = groups.get(idOf(entry));
    if (group === undefined) groups.set(idOf(entry), [entry]);
    else group.push(entry);
  }
  const scopeOf = (id: string): Scope => (prod.has(id) ? 'prod' : dev.has(id) && lock.isWhole ? 'dev' : 'unknown');
  return [...groups]
    .map(([id, entries]): InstalledPackage => {
      const [first] = entries;
      const line = lines.get(id);
      return {
        id,
        name: first?.name ?? '',
        version: first?.version ?? '',
        scope: scopeOf(id),
        direct: direct.has(id),
        requires: sortedUnique(entries.flatMap((entry) => entry.requires.flatMap((key) => idsOf(byKey.get(key))))),
        source: file,
        ...(line === undefined ? {} : { line }),
      };
    })
    .sort((a, b) => byText(a.id, b.id));
}

function idOf(entry: ForeignPackage | undefined): string {
  return entry === undefined ? '' : `${entry.name}@${entry.version}`;
}

function idsOf(entry: ForeignPackage | undefined): readonly string[] {
  return entry === undefined ? [] : [idOf(entry)];
}

/** Ids of everything the projects lead to. */
function reach(
  { projects }: ForeignLock,
  byKey: ReadonlyMap<string, ForeignPackage>,
  from: (project: ForeignLock['projects'][number]) => readonly string[],
): ReadonlySet<string> {
  const seen = new Set(projects.flatMap(from));
  for (const key of seen) for (const next of byKey.get(key)?.requires ?? []) seen.add(next);
  return new Set([...seen].map((key) => idOf(byKey.get(key))));
}

/** 1-based lines on which entries begin, by id: where a line states the entry's key. */
function findLines(text: string, packages: readonly ForeignPackage[]): ReadonlyMap<string, number> {
  const byKey = new Map(packages.map((entry) => [entry.key, idOf(entry)]));
  const lines = new Map<string, number>();
  text.split('\n').forEach((line, index) => {
    const [, quoted, bare] = /^\s*(?:["']([^"']+)["']|([^\s"':][^\s"':,]*))/.exec(line) ?? [];
    const id = byKey.get(quoted?.split(/\s*,\s*/)[0] ?? bare ?? '');
    if (id !== undefined && !lines.has(id)) lines.set(id, index + 1);
  });
  return lines;
}
