// The main job on the example: a fresh git repository, the mirror on loopback, and `fixby audit` with the real tools.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const shop = resolve(root, '.cache/demo/shop');
const fixby = resolve(root, 'dist/main.js');
const AS_OF = '2026-04-03T09:00:00Z';

// Unless other formats are asked for, the page too, for who has never seen a report.
const asked = process.argv.slice(2);
const reports = resolve(shop, 'reports');
const formats = asked.includes('--format')
  ? []
  : [...['json', 'markdown', 'html'].flatMap((name) => ['--format', name]), '--output', reports];

makeRepository();
const mirror = await startMirror();
try {
  const audit = spawnSync(
    process.execPath,
    [fixby, 'audit', shop, '--as-of', AS_OF, '--registry', mirror.url, '--osv-url', mirror.url, ...formats, ...asked],
    { stdio: 'inherit', env: { ...process.env, FIXBY_CACHE_DIR: resolve(root, '.cache/fixby') } },
  );
  // The shop breaks its promise on purpose: 1 is what a working fixby says.
  process.exitCode = audit.status === 1 ? 0 : (audit.status ?? 70);
  console.log(`\nThis was the example. The reports lie in ${reports}; fixby exited with ${audit.status}.`);
  if (formats.length > 0) console.log(`The same as a page: ${pathToFileURL(resolve(reports, 'fixby.html')).href}`);
} finally {
  mirror.process.kill('SIGTERM');
}

function makeRepository() {
  rmSync(shop, { recursive: true, force: true });
  mkdirSync(shop, { recursive: true });
  cpSync(resolve(root, 'examples/shop'), shop, { recursive: true });
  git(['init', '-q', '-b', 'main']);
  git(['add', '-A']);
  git(['commit', '-q', '-m', 'Open the shop'], '2026-01-10T10:00:00Z');
  git(['commit', '-q', '--allow-empty', '-m', 'Release 1.3.0'], '2026-03-20T10:00:00Z');
  git(['tag', '-a', 'v1.3.0', '-m', 'v1.3.0'], '2026-03-20T10:05:00Z');
}

function git(args, date = AS_OF) {
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
  const { status, stderr } = spawnSync('git', args, { cwd: shop, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

/** Starts the mirror on a free port and waits for the line that names its address. */
async function startMirror() {
  const child = spawn(
    process.execPath,
    [fixby, 'mirror', 'serve', '--advisories', resolve(root, 'examples/advisories'), '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const url = /https?:\/\/\S+/.exec(text)?.[0];
    if (url !== undefined) return { url, process: child };
  }
  throw new Error('the mirror ended before it said where it listens');
}
