/** Reads a `Pipfile.lock` source: pins without a graph, held against the Pipfile beside it. */
import * as z from 'zod';
import { normalizeName } from '../../model/ecosystem.ts';
import type { Scope } from '../../model/inventory.ts';
import { joinPath, parentFolder } from '../../model/path.ts';
import { type Program, readFiles } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { EMPTY_READING, type Pin, type Refusal, type SourceReading } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { isName } from './requirement.ts';
import { staleLock, whyStale } from './stale-lock.ts';
import { asTable, asText, isTable, member, parseToml, type TomlTable } from './toml.ts';
import { canonicalVersion } from './version.ts';
import { parseJson } from '../../model/json.ts';

const lockSchema = z.object({
  _meta: z.looseObject({}),
  default: z.unknown().optional(),
  develop: z.unknown().optional(),
});

export interface PipfileEntry {
  readonly name: string;
  readonly scope: Scope;
  /** In normal form; absent when `reason` says why there is none. */
  readonly version?: string;
  readonly reason?: string;
}

/** The entries of a lock, shipped ones first, or the sentence why it cannot be read. */
export function readPipfileLock(text: string): readonly PipfileEntry[] | { readonly error: string } {
  const read = lockSchema.safeParse(parseJson(text));
  if (!read.success) return { error: 'it is no lock of pipenv: a JSON object with `_meta`' };
  const { default: shipped, develop } = read.data;
  return [...readTable(shipped, 'prod'), ...readTable(develop, 'dev')];
}

function readTable(value: unknown, scope: Scope): readonly PipfileEntry[] {
  return Object.entries(asTable(value)).map(([written, entry]) => {
    const name = isName(written) ? normalizeName('PyPI', written) : '';
    if (name === '')
      return { name: excerpt(written, 80) || '(nameless)', scope, reason: 'its name is no package name' };
    return { name, scope, ...readEntry(asTable(entry)) };
  });
}

function readEntry(entry: TomlTable): Pick<PipfileEntry, 'version' | 'reason'> {
  const place = ['git', 'hg', 'svn', 'bzr', 'path', 'file'].find((kind) => member(entry, kind) !== undefined);
  if (place !== undefined) return { reason: `it comes from ${place}, not from an index` };
  const version = canonicalVersion(/^===?(.+)$/.exec(asText(member(entry, 'version')) ?? '')?.[1] ?? '');
  return version === undefined
    ? { reason: 'Pipfile.lock pins no Python version number (PEP 440) for it' }
    : { version };
}

/** Every package of the lock, whatever its marker. */
export function* readPipfileLockSource(path: string): Program<SourceReading> {
  const manifest = joinPath(parentFolder(path), 'Pipfile');
  const [file, pipfile] = yield* readFiles([path, manifest]);
  if (file?.status !== 'ok') return refuseFile(path, file?.detail ?? '');
  const entries = readPipfileLock(file.text);
  if ('error' in entries) return refuseFile(path, entries.error);
  const asked = pipfile?.status === 'ok' ? readAsked(pipfile.text) : undefined;
  return {
    ...EMPTY_READING,
    pins: entries.flatMap(({ name, version, scope }): readonly Pin[] =>
      version === undefined
        ? []
        : [{ name, version, scope, file: path, direct: asked?.has(name) === true, requires: [] }],
    ),
    skipped: entries.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }])),
    files: [file, pipfile].flatMap((each) => (each?.status === 'ok' ? [{ path: each.path, sha256: each.sha256 }] : [])),
    refusals: findStale(path, manifest, entries, asked),
  };
}

function readAsked(text: string): ReadonlySet<string> | undefined {
  const read = parseToml(text);
  if ('error' in read) return undefined;
  const tables = ['packages', 'dev-packages'].map((name) => member(read.table, name));
  return new Set(
    tables.flatMap((table) => Object.keys(isTable(table) ? table : {}).map((name) => normalizeName('PyPI', name))),
  );
}

function findStale(
  path: string,
  manifest: string,
  entries: readonly PipfileEntry[],
  asked: ReadonlySet<string> | undefined,
): readonly Refusal[] {
  const why = whyStale(manifest, asked, new Set(entries.map(({ name }) => name)));
  return why === undefined ? [] : [staleLock(path, why, 'pipenv lock')];
}
