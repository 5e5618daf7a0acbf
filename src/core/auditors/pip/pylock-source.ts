/** Reads a `pylock.toml` source: packages are pinned already. */
import { type Program, readFile } from '../../model/program.ts';
import { refuseDisguised } from './disguise.ts';
import { readPylock } from './pylock-document.ts';
import { EMPTY_READING, type SourceReading } from './reading.ts';
import { refuseFile } from './refuse-file.ts';
import { scopeOfFile } from '../../model/file-scope.ts';

/** Every package of the lock, whatever its marker. */
export function* readPylockSource(path: string): Program<SourceReading> {
  const file = yield* readFile(path);
  if (file.status !== 'ok') return refuseFile(path, file.detail);
  const lock = readPylock(file.text);
  if ('error' in lock) return refuseFile(path, lock.error);
  const scope = scopeOfFile(path);
  return {
    ...EMPTY_READING,
    pins: lock.packages.map((entry) => ({ ...entry, scope, direct: false, requires: [], file: path })),
    skipped: lock.skipped,
    refusals: refuseDisguised(path, lock.disguised),
    files: [{ path, sha256: file.sha256 }],
    options: lock.indexes.map((value) => ({ file: path, option: 'index', value, effect: 'lock-index' })),
  };
}
