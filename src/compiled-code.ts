/**
 * Keeps the machine code of the program between runs (docs/adr/0015): compiling it is most of what starting costs. Node does
 * that by itself since 22.1; for Node 20 it is done here, with the means Node offers.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** What Node calls to turn the text of a CommonJS file into its exports. */
interface Loaded {
  exports: unknown;
  require(id: string): unknown;
  _compile: (this: Loaded, text: string, path: string) => unknown;
}

type NodeModule = typeof nodeModule & {
  readonly enableCompileCache?: (folder: string) => unknown;
  readonly prototype: Loaded;
};

/**
 * From here on, files in `program` are loaded from what `folder` keeps of them, and what it lacks is kept when the process
 * ends. Where `folder` cannot be written everything works as without it, slower.
 */
export function keepCompiledCode(program: string, folder: string): void {
  const { enableCompileCache, prototype } = nodeModule as NodeModule;
  if (enableCompileCache !== undefined) enableCompileCache(folder);
  else compileThrough(prototype, program, join(folder, `${process.version}-${process.arch}`));
}

function compileThrough(prototype: Loaded, program: string, folder: string): void {
  const compile = prototype._compile;
  const fresh: { readonly path: string; readonly source: Buffer; readonly script: Script }[] = [];
  prototype._compile = function (this: Loaded, text, path) {
    if (dirname(path) !== program) return compile.call(this, text, path);
    const source = digest(text);
    const kept = join(folder, basename(path));
    const cachedData = readKept(kept, source);
    const script = new Script(nodeModule.wrap(text), { filename: path, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected === true) fresh.push({ path: kept, source, script });
    const run = script.runInThisContext() as (...scope: unknown[]) => unknown;
    return run.call(this.exports, this.exports, (id: string) => this.require(id), this, path, program);
  };
  process.on('exit', () => keepAll(folder, fresh));
}

const DIGEST_BYTES = 32;

function digest(content: string | Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

/** What was kept of a file with that text; V8 itself would believe a damaged one. */
function readKept(path: string, source: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(path);
    const code = kept.subarray(2 * DIGEST_BYTES);
    const sums = Buffer.concat([source, digest(code)]);
    return sums.equals(kept.subarray(0, 2 * DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** At the end, when the functions that were called are compiled too. Each file is renamed into place, whole. */
function keepAll(folder: string, fresh: readonly { path: string; source: Buffer; script: Script }[]): void {
  if (fresh.length === 0) return;
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, source, script } of fresh) {
      const code = script.createCachedData();
      const whole = `${path}.${process.pid}`;
      writeFileSync(whole, Buffer.concat([source, digest(code), code]));
      renameSync(whole, path);
    }
  } catch {
    // A folder of somebody else, or a full disk: the next run compiles again.
  }
}
