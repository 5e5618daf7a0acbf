/**
 * A PostgreSQL server for tests: found among the installed ones, or installed from Debian's packages where that is possible.
 * It runs as an unprivileged user in a folder of its own, listens on a socket and on loopback, and ends with the test.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface TestServer {
  /** Folder of the server's programs, such as `pg_dump`. */
  readonly bin: string;
  readonly major: number;
  readonly port: number;
  /** Folder of its socket. */
  readonly socket: string;
  /** A fresh database, a copy of `template`; its name. */
  createDatabase(template?: string): Promise<string>;
  /** Address of a database for a user; the user needs no password on the socket, and one on loopback. */
  url(database: string, user?: string): string;
  /** Runs SQL as the superuser and gives the rows. */
  query(database: string, text: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** The server, or a sentence that says why there is none here. */
export async function startPostgres(): Promise<TestServer | string> {
  const bin = findBin() ?? (install(), findBin());
  if (bin === undefined) return 'PostgreSQL 15 or later is not installed, and could not be installed here';
  const dir = makeServerFolder();
  const port = await freePort();
  const [initdb, args] = asServerUser(join(bin, 'initdb'), [
    '-D',
    join(dir, 'data'),
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '-A',
    'trust',
  ]);
  execFileSync(initdb, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd: dir });
  const access = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
  writeFileSync(join(dir, 'data/pg_hba.conf'), access);
  const child = startServer(bin, dir, port);
  const base: pg.ClientConfig = { host: dir, port, user: 'postgres', password: '' };
  await untilReady(base, child);

  let databases = 0;
  const query = async (database: string, text: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new pg.Client({ ...base, database });
    await client.connect();
    return client
      .query<Record<string, unknown>>(text)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };
  return {
    bin,
    port,
    socket: dir,
    major: Number(/\d+/.exec(execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[0]),
    query,
    url: (database, user = 'postgres') =>
      `postgresql://${user}@/${database}?host=${encodeURIComponent(dir)}&port=${port}`,
    createDatabase: async (template = 'template0') => {
      databases += 1;
      await query('postgres', `create database test_${databases} template ${template}`);
      return `test_${databases}`;
    },
    stop: () => stopServer(child, dir),
  };
}

function findBin(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  const newest = Math.max(
    ...versions.filter((version) => version >= 15 && existsSync(join(root, String(version), 'bin/initdb'))),
  );
  return Number.isFinite(newest) ? join(root, String(newest), 'bin') : undefined;
}

function install(): void {
  if (process.getuid?.() !== 0) return;
  const apt = ['-o', 'DPkg::Lock::Timeout=120', '-y', '-qq'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', [...apt, 'update'], { env, stdio: 'ignore' });
  spawnSync('apt-get', [...apt, 'install', '--no-install-recommends', 'postgresql'], { env, stdio: 'ignore' });
}

/** PostgreSQL refuses to run as root: then the packaged user runs it. The server ends when this process dies. */
function asServerUser(program: string, args: readonly string[]): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  const user = ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', '--pdeathsig', 'QUIT'];
  return ['setpriv', [...user, program, ...args]];
}

function makeServerFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-pg-'));
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:', dir]);
  chmodSync(dir, 0o755);
  return dir;
}

function startServer(bin: string, dir: string, port: number): ChildProcess {
  const settings = [
    'fsync=off',
    'max_connections=60',
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${dir}`,
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const [program, args] = asServerUser(join(bin, 'postgres'), ['-D', join(dir, 'data'), ...flags]);
  return spawn(program, args, { cwd: dir, stdio: 'ignore' });
}

async function untilReady(config: pg.ClientConfig, child: ChildProcess): Promise<void> {
  for (;;) {
    const client = new pg.Client({ ...config, database: 'postgres' });
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    if (child.exitCode !== null) throw new Error('the PostgreSQL server for tests did not start');
    await new Promise((done) => setTimeout(done, 50));
  }
}

function stopServer(child: ChildProcess, dir: string): Promise<void> {
  return new Promise((done) => {
    child.once('exit', () => {
      rmSync(dir, { recursive: true, force: true });
      done();
    });
    // Fast shutdown: connections are ended.
    child.kill('SIGINT');
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
