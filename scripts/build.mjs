// Bundles src/launch.ts into dist/: split and lazy, so that --version loads next to nothing, as CommonJS, whose compiled code
// can be kept (docs/adr/0015). Names stay as they are: they are what a stack trace says, and to keep them beside shorter ones
// (`keepNames`) would cost a call for each function that is made.
import { build, transform } from 'esbuild';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Built beside and swapped in, so that a fixby that is running meanwhile keeps its files.
const fresh = `dist.${process.pid}.new`;
const old = `dist.${process.pid}.old`;

const { outputFiles } = await build({
  entryPoints: { main: 'src/launch.ts', unpack: 'src/cli/compose-unpack.ts' },
  outdir: fresh,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  external: ['lmdb'],
  // Its main file is one that no bundler can follow.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { FIXBY_VERSION: JSON.stringify(version), 'import.meta.url': '__url' },
});

// Only ES modules are split: each file is turned into CommonJS afterwards, and `import()` into a require that waits its turn.
mkdirSync(fresh);
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    supported: { 'dynamic-import': false },
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
  });
  const url = text.includes('__url') ? 'const __url=require("node:url").pathToFileURL(__filename).href;' : '';
  const start = basename(path) === 'main.js' ? '#!/usr/bin/env node\n' : '';
  writeFileSync(path, start + url + code);
}
writeFileSync(join(fresh, 'package.json'), '{ "type": "commonjs" }\n');
cpSync('src/adapters/toolchain/tools.lock.txt', join(fresh, 'tools.lock.txt'));
chmodSync(join(fresh, 'main.js'), 0o755);
if (existsSync('dist')) renameSync('dist', old);
renameSync(fresh, 'dist');
rmSync(old, { recursive: true, force: true });
