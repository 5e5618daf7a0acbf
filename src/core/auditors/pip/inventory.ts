/** Makes the inventory of a Python target out of its pins: one entry a name and version, shipped before dev. */
import type { InstalledPackage, Inventory, InventoryFile, Scope, SkippedPackage } from '../../model/inventory.ts';
import { byEach, byText, sortedUnique } from '../../model/order.ts';
import type { Problem } from '../../model/problem.ts';
import type { Pin } from './reading.ts';

const MOST_SKIPPED = 500;

export interface InventoryParts {
  readonly pins: readonly Pin[];
  readonly skipped: readonly SkippedPackage[];
  readonly files: readonly InventoryFile[];
  readonly problems: readonly Problem[];
  readonly graphKnown: boolean;
}

/** A package that several files state is prod when one of them ships it, and direct when one of them asks for it. */
export function buildInventory(parts: InventoryParts): Inventory {
  const groups = new Map<string, Pin[]>();
  for (const pin of parts.pins) {
    const id = idOf(pin);
    const same = groups.get(id);
    if (same === undefined) groups.set(id, [pin]);
    else same.push(pin);
  }
  const ids = new Set(groups.keys());
  const packages = [...groups].map(([id, pins]) => mergePins(id, pins, ids));
  return {
    packages: packages.sort((a, b) => byText(a.id, b.id)),
    skipped: orderSkipped(parts.skipped),
    problems: parts.problems,
    files: orderFiles(parts.files),
    graphKnown: parts.graphKnown,
  };
}

/** `name@version`. */
export function idOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}

/** Skipped packages once each, sorted; beyond 500 they are counted, so that a hostile file cannot flood a report. */
export function orderSkipped(skipped: readonly SkippedPackage[]): readonly SkippedPackage[] {
  const byKey = new Map(skipped.map((skip) => [`${skip.name}\n${skip.version ?? ''}\n${skip.reason}`, skip]));
  const sorted = [...byKey.values()].sort(
    byEach(
      (a, b) => byText(a.name, b.name),
      (a, b) => byText(a.version ?? '', b.version ?? ''),
      (a, b) => byText(a.reason, b.reason),
    ),
  );
  const more = sorted.length - MOST_SKIPPED;
  if (more <= 0) return sorted;
  return [...sorted.slice(0, MOST_SKIPPED), { name: `${more} more`, reason: 'not listed one by one' }];
}

function mergePins(id: string, pins: readonly Pin[], ids: ReadonlySet<string>): InstalledPackage {
  const [first, ...rest] = [...pins].sort(byEach(directFirst, (a, b) => byText(a.file, b.file), byLine));
  if (first === undefined) throw new TypeError(`no pin for ${id}`);
  const all = [first, ...rest];
  return {
    id,
    name: first.name,
    version: first.version,
    scope: mergeScopes(all.map(({ scope }) => scope)),
    direct: first.direct,
    requires: sortedUnique(all.flatMap(({ requires }) => requires)).filter((required) => ids.has(required)),
    source: first.file,
    ...(first.line === undefined ? {} : { line: first.line }),
  };
}

function directFirst(a: Pin, b: Pin): number {
  return Number(b.direct) - Number(a.direct);
}

function byLine(a: Pin, b: Pin): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

function mergeScopes(scopes: readonly Scope[]): Scope {
  if (scopes.includes('prod')) return 'prod';
  return scopes.includes('dev') ? 'dev' : 'unknown';
}

// Locks first, as they were read first; then by path.
function orderFiles(files: readonly InventoryFile[]): readonly InventoryFile[] {
  const unique = [...new Map(files.map((file) => [file.path, file])).values()];
  return unique.sort(
    byEach(
      (a, b) => Number(isLock(b.path)) - Number(isLock(a.path)),
      (a, b) => byText(a.path, b.path),
    ),
  );
}

function isLock(path: string): boolean {
  return /(?:^|\/)(?:uv\.lock|poetry\.lock|Pipfile\.lock|pylock(?:\.[^/]+)?\.toml)$/.test(path);
}
