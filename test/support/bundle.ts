/** Turns a TypeScript file into one program a test can start, run as another user and kill. */
import { build } from 'esbuild';
import { resolve } from 'node:path';

/** Bundles `source` (relative to the project) with everything it imports into `outfile`; native code stays where it is installed. */
export async function bundle(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [resolve(source)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    external: ['lmdb'],
    target: 'node20',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
}
