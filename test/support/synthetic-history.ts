/** Makes repositories with a long lockfile past, quickly: one `git fast-import`, no checkout between commits. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** One commit: who knows when, and the files it writes. */
export interface SyntheticCommit {
  /** UTC ISO-8601. */
  readonly at: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Makes `dir` (which must exist) a repository whose branch `main` holds `commits`, checked out. */
export async function writeHistory(dir: string, commits: Iterable<SyntheticCommit>): Promise<void> {
  run(dir, ['init', '-q', '-b', 'main']);
  const git = spawn('git', ['fast-import', '--quiet', '--force'], { cwd: dir, stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(git, 'close');
  for (const commit of commits) {
    if (!git.stdin.write(toCommand(commit))) await once(git.stdin, 'drain');
  }
  git.stdin.end();
  const [code] = (await closed) as [number];
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  run(dir, ['reset', '-q', '--hard']);
}

function run(dir: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function toCommand({ at, files }: SyntheticCommit): string {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const who = `Test <test@example.test> ${seconds} +0000`;
  const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\n${data('Commit')}${changes.join('')}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

export interface LockPast {
  readonly revisions: number;
  readonly packages: number;
  /** Entries that get another version in each revision. */
  readonly changes: number;
  readonly seed: number;
  /** The day of the first revision; each next one is a day later. */
  readonly start: string;
}

/** A package.json and a lock as npm writes them, `revisions` times, some entries changing each time. */
export function* generateLocks({ revisions, packages, changes, seed, start }: LockPast): Iterable<SyntheticCommit> {
  const random = numbers(seed);
  const versions = Array.from({ length: packages }, () => [1, 0, 0]);
  for (let revision = 0; revision < revisions; revision += 1) {
    for (let change = 0; change < (revision === 0 ? 0 : changes); change += 1) {
      const version = versions[Math.floor(random() * packages)];
      const part = Math.floor(random() * 3);
      if (version !== undefined) version[part] = (version[part] ?? 0) + 1;
    }
    const at = new Date(Date.parse(start) + revision * 86_400_000).toISOString();
    const lock = writeLock(versions);
    yield {
      at,
      files: revision === 0 ? { 'package.json': MANIFEST, 'package-lock.json': lock } : { 'package-lock.json': lock },
    };
  }
}

const MANIFEST = `${JSON.stringify({ name: 'synthetic', version: '1.0.0', dependencies: { 'package-0': '*' } }, null, 2)}\n`;

/** The name of the n-th package. */
export function packageName(index: number): string {
  return `package-${index}`;
}

/** Entries of the size real ones have. */
function writeLock(versions: readonly (readonly number[])[]): string {
  const entries = versions.map((parts, index) => {
    const [name, version] = [packageName(index), parts.join('.')];
    const digest = Buffer.from(`${name} ${version} `.repeat(8)).toString('base64').slice(0, 86);
    return `    "node_modules/${name}": {
      "version": "${version}",
      "resolved": "https://registry.example.test/${name}/-/${name}-${version}.tgz",
      "integrity": "sha512-${digest}==",
      "license": "MIT",
      "dependencies": {
        "${packageName((index * 7 + 1) % versions.length)}": "^1.0.0",
        "${packageName((index * 11 + 3) % versions.length)}": "^1.0.0"
      },
      "engines": {
        "node": ">=18"
      }
    }`;
  });
  return `{
  "name": "synthetic",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "synthetic",
      "version": "1.0.0",
      "dependencies": {
        "package-0": "*"
      }
    },
${entries.join(',\n')}
  }
}
`;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
