/** Makes fixby's own environment with the pinned pip-audit and uv, once, and finds it again. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { arch } from 'node:os';
import { basename, join } from 'node:path';
import semver from 'semver';
import { decodeText, excerpt } from '../../core/model/text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Children } from '../lib/children.ts';
import type { Host } from '../lib/host.ts';
import { messageOf } from '../lib/message-of.ts';
import type { Operator } from '../lib/operator.ts';
import { redact } from '../lib/redact.ts';
import { removeFolder } from '../lib/remove-folder.ts';
import { isExecutable } from '../lib/search-path.ts';
import type { FoundPython } from './find-python.ts';
import { installEnvironment } from './install-environment.ts';
import { withLock } from './install-lock.ts';
import { installedVersion } from './inspect-python-tools.ts';

const STEP_TIMEOUT_MS = 600_000;
const PYTHON_MINIMUM = '3.10.0';

export interface ManagedOptions {
  /** Trusted folder below which environments are kept. */
  readonly folder: string;
  /** The pinned requirements with hashes. */
  readonly lockFile: string;
  readonly allowInstall: boolean;
  readonly python: FoundPython;
  readonly operator: Operator;
  readonly children: Children;
  readonly clock: Clock;
  readonly host: Host;
  readonly onMessage: (message: string) => void;
}

/** The programs of a complete environment with their versions. */
export interface ManagedTools {
  readonly status: 'ready';
  readonly pipAudit: { readonly command: readonly string[]; readonly version: string };
  readonly uv: { readonly command: readonly string[]; readonly version: string };
}

export interface NoManagedTools {
  readonly status: 'not-ready';
  readonly detail: string;
  readonly mend: string;
}

/** The environment for this lock and this Python, made now if it is not there and that is allowed. */
export async function manageTools(options: ManagedOptions): Promise<ManagedTools | NoManagedTools> {
  try {
    return await findOrMake(options);
  } catch (error) {
    const mend = 'Check the network and your pip settings, or install pip-audit and uv yourself.';
    return notReady(`fixby could not install its own: ${messageOf(error)}`, mend);
  }
}

async function findOrMake(options: ManagedOptions): Promise<ManagedTools | NoManagedTools> {
  const { folder, lockFile, python, clock, host } = options;
  if (semver.lt(python.version, PYTHON_MINIMUM)) {
    return notReady(`Python ${python.version} is too old for pip-audit.`, 'Install Python 3.10 or newer.');
  }
  const lock = readFileSync(lockFile);
  const place = join(folder, environmentName(lock, python, host));
  const there = readEnvironment(place, host);
  if (there !== undefined) return there;
  if (!options.allowInstall) {
    return notReady('fixby may not install its own.', 'Allow the installation, or install pip-audit and uv yourself.');
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const now = () => Date.parse(clock.now());
  return withLock(`${place}.lock`, host, now, () => makeOnce(place, lock, options));
}

async function makeOnce(place: string, lock: Buffer, options: ManagedOptions): Promise<ManagedTools> {
  // Another process may have made it while this one waited for the lock.
  const there = readEnvironment(place, options.host);
  if (there !== undefined) return there;
  // One that is there and does not read as complete is broken: its Python was removed, say.
  for (const left of readdirSync(options.folder).filter((name) => name.startsWith(basename(place)))) {
    if (!left.endsWith('.lock')) removeFolder(join(options.folder, left));
  }
  options.onMessage(`Installing ${pinnedTools(lock)} into ${place}, once.`);
  const half = `${place}.half-${options.host.pid}`;
  try {
    await install(half, options);
    renameSync(half, place);
  } finally {
    removeFolder(half);
  }
  const made = readEnvironment(place, options.host);
  if (made === undefined) throw new Error('the environment was made and is not complete.');
  return made;
}

async function install(place: string, options: ManagedOptions): Promise<void> {
  await step('make an environment', [options.python.path, '-I', '-m', 'venv', place], options);
  const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', options.lockFile];
  const pip = [
    interpreterIn(place, options.host),
    '-I',
    '-m',
    'pip',
    'install',
    '--disable-pip-version-check',
    ...pinned,
  ];
  await step('install the pinned tools', pip, options);
}

async function step(what: string, command: readonly string[], options: ManagedOptions): Promise<void> {
  const limits = { timeoutMs: STEP_TIMEOUT_MS, maxOutputBytes: 1 << 20 };
  const env = installEnvironment(options.operator);
  const end = await options.children.run({ command, cwd: options.folder, env, ...limits });
  if (end.status === 'exited' && end.exitCode === 0) return;
  const said = [end.stderr, end.stdout].map((bytes) => decodeText(bytes).text.trim()).find((text) => text !== '') ?? '';
  throw new Error(
    `it could not ${what}. ${end.detail} ${excerpt(redact(said).slice(-600), 600)}`.replace(/ +/g, ' ').trim(),
  );
}

/** The tools of a complete environment; `undefined` when it is not there or no longer works. */
function readEnvironment(place: string, host: Host): ManagedTools | undefined {
  const interpreter = interpreterIn(place, host);
  const uv = join(interpreter, '..', host.platform === 'win32' ? 'uv.exe' : 'uv');
  const pipAuditVersion = installedVersion(interpreter, 'pip_audit');
  const uvVersion = installedVersion(interpreter, 'uv');
  if (pipAuditVersion === undefined || uvVersion === undefined) return undefined;
  if (!isExecutable(interpreter) || !isExecutable(uv)) return undefined;
  // By module, not by script: the first line of a script names the place the environment was made in.
  const command = [interpreter, '-I', '-m', 'pip_audit'];
  return {
    status: 'ready',
    pipAudit: { command, version: pipAuditVersion },
    uv: { command: [uv], version: uvVersion },
  };
}

function interpreterIn(place: string, host: Host): string {
  return host.platform === 'win32' ? join(place, 'Scripts', 'python.exe') : join(place, 'bin', 'python');
}

/** Another lock, Python or machine kind is another environment. */
function environmentName(lock: Buffer, python: FoundPython, host: Host): string {
  const kind = [python.version, realpathSync(python.path), host.platform, arch()].join('\n');
  return createHash('sha256').update(lock).update(kind).digest('hex').slice(0, 16);
}

function pinnedTools(lock: Buffer): string {
  const pins = lock.toString('utf8').matchAll(/^(pip-audit|uv)==(\S+)/gm);
  return [...pins].map(([, name, version]) => `${name ?? ''} ${version ?? ''}`).join(' and ');
}

function notReady(detail: string, mend: string): NoManagedTools {
  return { status: 'not-ready', detail, mend };
}
