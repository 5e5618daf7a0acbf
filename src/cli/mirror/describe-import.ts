/** Says in lines what an import did and what is wrong with what it was given. */
import type { MirrorState, NamedCount } from '../../core/model/mirror.ts';
import type { ImportResult, SourceImport } from '../../mirror/import/import-supplies.ts';

/** What changed, for stdout. */
export function describeImport({ state, imports }: ImportResult): readonly string[] {
  return [
    ...imports.map((each) => `${each.source.padEnd(5)} ${describeSource(each, state)}`),
    `generation ${state.generation}, checksum ${state.checksum.slice(0, 16)}`,
  ];
}

/** What the operator should know, for stderr. */
export function describeDoubts({ imports }: ImportResult): readonly string[] {
  return imports.flatMap(({ source, counts }) =>
    counts === undefined
      ? []
      : [
          ...named(`${source}: files that are no usable record`, counts.malformed),
          ...named(
            `${source}: ids claimed by files with different texts (the one modified last counts)`,
            counts.collisions,
          ),
          ...named(`${source}: records older than the ones held (those stay)`, counts.older),
        ],
  );
}

function describeSource({ source, outcome, counts }: SourceImport, { sources }: MirrorState): string {
  const entries = sources[source]?.entries ?? 0;
  if (outcome === 'unchanged') return `${entries}, unchanged since the last import`;
  if (counts === undefined) return `${entries} rows`;
  const { added, updated, removed, unchanged } = counts;
  return `${entries} records: ${added} new, ${updated} changed, ${removed} removed, ${unchanged} as before`;
}

function named(what: string, { count, examples }: NamedCount): readonly string[] {
  if (count === 0) return [];
  const rest = count - examples.length;
  return [`${what}: ${count}`, ...examples.map((name) => `  ${name}`), ...(rest > 0 ? [`  and ${rest} more`] : [])];
}
