/** Lists what `[tool.uv]`, `[tool.pip]` and their kind say about where packages come from. None of it is obeyed. */
import { toolTable } from './project-table.ts';
import type { DroppedOption } from './reading.ts';
import { asTable, asText, isTable, member, type TomlTable } from './toml.ts';

const URL_KEYS = ['index-url', 'default-index'];
const LIST_KEYS = ['index', 'extra-index-url', 'find-links'];

/** The indexes `[tool.uv]` (and its `pip` table), `[tool.poetry.source]` and `[tool.pdm.source]` name. */
export function choosesOfTool(file: string, document: TomlTable): readonly DroppedOption[] {
  const uv = toolTable(document, 'uv');
  const named = [
    ...namedIn(uv, 'tool.uv'),
    ...namedIn(asTable(member(uv, 'pip')), 'tool.uv.pip'),
    ...entriesOf(member(toolTable(document, 'poetry'), 'source'), 'tool.poetry.source'),
    ...entriesOf(member(toolTable(document, 'pdm'), 'source'), 'tool.pdm.source'),
  ];
  return named.map(({ option, value }) => ({ file, option, value, effect: 'index' }));
}

interface Named {
  readonly option: string;
  readonly value: string;
}

function namedIn(table: TomlTable, prefix: string): readonly Named[] {
  return [...URL_KEYS, ...LIST_KEYS].flatMap((key) => entriesOf(member(table, key), `${prefix}.${key}`));
}

function entriesOf(value: unknown, option: string): readonly Named[] {
  const entries = Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
  return entries.map((entry) => ({ option, value: urlOf(entry) }));
}

function urlOf(entry: unknown): string {
  return asText(isTable(entry) ? member(entry, 'url') : entry) ?? '';
}
