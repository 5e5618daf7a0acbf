// Bundles src/main.ts into dist/: split and lazy, so that --version loads next to nothing.
import { build } from 'esbuild';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Built beside and swapped in, so that a fixby that is running meanwhile keeps its files.
const fresh = `dist.${process.pid}.new`;
const old = `dist.${process.pid}.old`;

await build({
  entryPoints: ['src/main.ts'],
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  external: ['lmdb'],
  // Its main file is one that no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  target: 'node20',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { FIXBY_VERSION: JSON.stringify(version) },
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
cpSync('src/adapters/toolchain/tools.lock.txt', `${fresh}/tools.lock.txt`);
chmodSync(`${fresh}/main.js`, 0o755);
if (existsSync('dist')) renameSync('dist', old);
renameSync(fresh, 'dist');
rmSync(old, { recursive: true, force: true });
