// The example repository and the advisories it is audited against: what the demo and the example reports are made of.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const fixby = resolve(root, 'dist/main.js');
/** The moment at which the example is judged. */
export const AS_OF = '2026-04-03T09:00:00Z';

/** A fresh git repository of `examples/shop` in `folder`; `change` may alter its files before they are committed. */
export function makeShop(folder, change = () => undefined) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(resolve(root, 'examples/shop'), folder, { recursive: true });
  change(folder);
  git(folder, ['init', '-q', '-b', 'main']);
  git(folder, ['add', '-A']);
  git(folder, ['commit', '-q', '-m', 'Open the shop'], '2026-01-10T10:00:00Z');
  git(folder, ['commit', '-q', '--allow-empty', '-m', 'Release 1.3.0'], '2026-03-20T10:00:00Z');
  git(folder, ['tag', '-a', 'v1.3.0', '-m', 'v1.3.0'], '2026-03-20T10:05:00Z');
}

function git(cwd, args, date = AS_OF) {
  const identity = {
    GIT_AUTHOR_NAME: 'shop',
    GIT_AUTHOR_EMAIL: 'shop@shop.example',
    GIT_COMMITTER_NAME: 'shop',
    GIT_COMMITTER_EMAIL: 'shop@shop.example',
  };
  const env = {
    ...process.env,
    ...identity,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const { status, stderr } = spawnSync('git', args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

/** Starts the mirror of the example advisories on a free port and waits for the line that names its address. */
export async function startMirror() {
  const child = spawn(
    process.execPath,
    [fixby, 'mirror', 'serve', '--advisories', resolve(root, 'examples/advisories'), '--port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const url = /https?:\/\/\S+/.exec(text)?.[0];
    if (url !== undefined) return { url, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('the mirror ended before it said where it listens');
}

/** `fixby audit` of `folder` at AS_OF with the real tools, against the mirror at `url`. */
export function auditShop(folder, url, args, stdio = 'inherit') {
  return runFixby(['audit', folder], url, args, stdio);
}

/** A command with its arguments, at AS_OF and against the mirror at `url`. */
export function runFixby(words, url, args, stdio = 'inherit') {
  const sources = ['--registry', url, '--osv-url', url];
  return spawnSync(process.execPath, [fixby, ...words, '--as-of', AS_OF, ...sources, ...args], {
    stdio,
    encoding: 'utf8',
    env: { ...process.env, FIXBY_CACHE_DIR: resolve(root, '.cache/fixby') },
  });
}
