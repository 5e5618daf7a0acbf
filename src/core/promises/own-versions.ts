/** Reads the versions the repository gives its own packages. */
import { parse } from 'smol-toml';
import semver from 'semver';
import * as z from 'zod';
import { joinPath } from '../model/path.ts';
import { readFiles } from '../model/program.ts';
import { manifestsOf } from './manifests.ts';
import type { FileRead } from '../model/file.ts';
import type { Program } from '../model/program.ts';
import type { PromiseFacts } from '../model/promise.ts';

export interface OwnVersion {
  readonly version: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

const packageSchema = z.object({ version: z.string() });
const pyprojectSchema = z.object({ project: z.object({ version: z.string() }) });

/** Versions that manifests state and that read as semver; `0.0.0` is nobody's version. Sorted by file. */
export function* readOwnVersions(facts: Pick<PromiseFacts, 'targets' | 'setAside'>): Program<readonly OwnVersion[]> {
  const folders = [...new Set(['.', ...manifestsOf(facts).map(({ path }) => path)])].sort();
  const paths = folders.flatMap((folder) => [joinPath(folder, 'package.json'), joinPath(folder, 'pyproject.toml')]);
  const files = yield* readFiles(paths);
  return files.flatMap((file) => readVersion(file) ?? []);
}

function readVersion(file: FileRead): OwnVersion | null {
  if (file.status !== 'ok') return null;
  const version = semver.valid(versionIn(file.path, file.text) ?? '', { loose: true });
  if (version === null || version === '0.0.0') return null;
  const at = file.text.search(/^\s*"?version"?\s*[:=]/m);
  const before = file.text.slice(0, Math.max(at, 0)).trimEnd();
  return { version, file: file.path, line: at <= 0 ? 1 : before.split('\n').length + 1 };
}

function versionIn(path: string, text: string): string | undefined {
  try {
    if (path.endsWith('.json')) return packageSchema.safeParse(JSON.parse(text)).data?.version;
    return pyprojectSchema.safeParse(parse(text)).data?.project.version;
  } catch {
    return undefined;
  }
}
