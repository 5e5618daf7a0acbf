// Runs the project's own TypeScript from a script: bundled below .cache/, its packages where they are installed.
import { build } from 'esbuild';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = resolve(import.meta.dirname, '..');

/** The program made of a TypeScript file of this repository: its path, for a process of its own. */
export async function bundleSource(path) {
  const outdir = resolve(root, '.cache/scripts', dirname(path), basename(path, '.ts'));
  await build({
    entryPoints: [resolve(root, path)],
    outdir,
    bundle: true,
    // What is loaded lazily stays so.
    splitting: true,
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return join(outdir, `${basename(path, '.ts')}.mjs`);
}

/** Its exports. */
export async function loadSource(path) {
  return import(pathToFileURL(await bundleSource(path)).href);
}
