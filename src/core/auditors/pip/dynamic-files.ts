/** Reads dependencies that setuptools takes from files; anything else that is computed when building stays unread. */
import type { Program } from '../../model/program.ts';
import { normalizePath } from './include-path.ts';
import { toolTable } from './project-table.ts';
import { EMPTY_READING, joinReadings, type SourceReading } from './reading.ts';
import { readRequirementsSource } from './requirements-source.ts';
import { asList, asTable, asText, member, type TomlTable } from './toml.ts';

/**
 * The reading of each field of `dynamic`. Only `[tool.setuptools.dynamic]` with `file` says it without code.
 * https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
 */
export function* readDynamicFiles(
  path: string,
  document: TomlTable,
  dynamic: readonly string[],
): Program<SourceReading> {
  const readings: SourceReading[] = [];
  for (const field of dynamic) {
    const files = filesOf(path, document, field);
    if (files === undefined) readings.push(unreadable(path, field));
    for (const file of files ?? []) readings.push(yield* readRequirementsSource(file));
  }
  return joinReadings(readings);
}

function filesOf(path: string, document: TomlTable, field: string): readonly string[] | undefined {
  const stated = asTable(member(asTable(member(toolTable(document, 'setuptools'), 'dynamic')), field));
  const tables = field === 'dependencies' ? [stated] : Object.values(stated).map(asTable);
  const files = tables.map((table) => listFiles(member(table, 'file')));
  if (files.length === 0 || files.includes(undefined)) return undefined;
  const folder = path.split('/').slice(0, -1);
  const paths = files.flatMap((list) => list ?? []).map((file) => normalizePath([...folder, ...file.split('/')]));
  return paths.includes(undefined) ? undefined : (paths as readonly string[]);
}

function listFiles(value: unknown): readonly string[] | undefined {
  const files = typeof value === 'string' ? [value] : asList(value).flatMap((file) => asText(file) ?? []);
  return files.length > 0 && files.every((file) => !file.startsWith('/')) ? files : undefined;
}

function unreadable(path: string, field: string): SourceReading {
  const message = `${path} computes its ${field} when it is built, and nothing of the repository is built here.`;
  const mend = 'State them under [project], or commit a lock: uv.lock, pylock.toml or a pinned requirements.txt.';
  return { ...EMPTY_READING, refusals: [{ reason: 'incomplete', message, mend }] };
}
