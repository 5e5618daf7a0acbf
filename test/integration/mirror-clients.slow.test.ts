/** Unmodified clients, installed as their users install them, against an imported mirror: each gets the right answer. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveMirror } from '../../src/adapters/http-server/serve-mirror.ts';
import type { RunningServer } from '../../src/adapters/http-server/serve-mirror.ts';
import { openMirror } from '../../src/adapters/mirror-store/open-mirror.ts';
import { followMirror } from '../../src/mirror/follow-mirror.ts';
import { runGate } from '../../src/cli/commands/gate.ts';
import { runMirrorImport } from '../../src/cli/commands/mirror-import.ts';
import { reportSchema } from '../../src/core/model/report.ts';
import type { HttpHandler } from '../../src/ports/http.ts';
import { makeCertificate } from '../support/certificate.ts';
import { CACHE, ROOT, runFixby } from '../support/fixby.ts';
import { runInProcess } from '../support/in-process.ts';
import { npmProject, SECURITY_MD } from '../support/repository.ts';

/** What a client has to find, no more and no less. */
const NPM_ANSWER = ['GHSA-vh95-rmgr-6w4m', 'GHSA-xvch-5gv4-984h'];

const folder = mkdtempSync(join(tmpdir(), 'fixby-clients-'));
const mirror = openMirror(join(folder, 'mirror'));
const open: { close(): unknown }[] = [];
let plain: RunningServer;
/** The same mirror, without the bulk endpoint. */
let old: RunningServer;
let secure: RunningServer;

beforeAll(async () => {
  const options = { mirror: join(folder, 'mirror'), from: [join(ROOT, 'examples/advisories')], quiet: true };
  const imported = await runInProcess(folder, (world) => runMirrorImport(world, ['npm', 'PyPI'], options));
  if (imported.code !== 0) throw new Error(imported.stderr);
  const handle = followMirror(mirror, {});
  const withoutBulk: HttpHandler = (request) =>
    request.target.includes('/bulk') ? Promise.resolve({ status: 404, headers: {}, body: '{}' }) : handle(request);
  const { cert, key } = makeCertificate(folder);
  const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  const at = { host: '127.0.0.1', port: 0 };
  plain = await serveMirror({ ...at, handle });
  old = await serveMirror({ ...at, handle: withoutBulk });
  secure = await serveMirror({ ...at, handle, tls });
  open.push(plain, old, secure);
});

afterAll(async () => {
  await Promise.all(open.map((each) => each.close()));
  await mirror.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Installs a client from the registry and gives its program. */
function install(name: string, spec: string, program: string): string {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{}');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', spec];
  const { status, stderr } = spawnSync('npm', args, { cwd: home, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return join(home, 'node_modules', program);
}

/** A project that installs one vulnerable package and one that nothing is known of. */
function makeProject(name: string, files: Readonly<Record<string, string>> = {}): string {
  const project = join(folder, `${name}-project`);
  mkdirSync(project, { recursive: true });
  const dependencies = { minimist: '0.0.8', 'is-number': '7.0.0' };
  const manifest = { name: 'app', version: '1.0.0', private: true, dependencies };
  const all = { 'package.json': JSON.stringify(manifest), ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(project, file), text);
  return project;
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

function node(program: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ran> {
  return run(process.execPath, [program, ...args], cwd, env);
}

/** Every advisory an answer names; all of the answer, when it names none. */
function found({ stdout, stderr }: Ran, kind = /GHSA(?:-[2-9cfghjmpqrvwx]{4}){3}/g): readonly string[] {
  const ids = [...new Set(stdout.match(kind))].sort();
  return ids.length > 0 ? ids : [stdout, stderr];
}

/** Takes what a client printed for an import of its project, and gives who saw which advisories. */
async function imported(project: string, auditor: string, { stdout }: Ran): Promise<readonly string[]> {
  const report = `${project}-report`;
  writeFileSync(report, stdout);
  writeFileSync(join(project, 'SECURITY.md'), SECURITY_MD);
  const options = { import: [`${auditor}=${report}`], trustImports: true, mirror: join(folder, 'mirror') };
  const { stdout: text } = await runInProcess(folder, (world) =>
    runGate(world, project, { ...options, format: ['json'], quiet: true, install: false }),
  );
  const { targets, findings } = reportSchema.parse(JSON.parse(text));
  const row = targets.find((target) => target.auditor === auditor);
  const seen = findings
    .filter(({ seenBy }) => seenBy.includes(auditor))
    .flatMap(({ advisory }) => [advisory.id, ...advisory.aliases]);
  return [row?.outcome ?? 'no row', ...seen.filter((id) => /^GHSA-|^PYSEC-/.test(id)).sort()];
}

const NPM_IMPORTED = ['audited', ...NPM_ANSWER];

describe('npm', () => {
  it.each(['8.19.4', '9.9.4', '10.9.4', '11.6.0'])('%s', async (version) => {
    const npm = install(`npm-${version}`, `npm@${version}`, 'npm/bin/npm-cli.js');
    const project = makeProject(`npm-${version}`);
    const locked = await node(npm, ['install', '--package-lock-only', '--no-audit'], project);
    expect(locked.code).toBe(0);
    const audit = await node(npm, ['audit', '--json', '--registry', plain.url], project);
    expect(found(audit)).toEqual(NPM_ANSWER);
    if (version.startsWith('11')) return;
    // These fall back to the older endpoint where a registry lacks the bulk one, and send what a lock of format 2 holds.
    const again = await node(npm, ['install', '--package-lock-only', '--no-audit', '--lockfile-version', '2'], project);
    expect(again.code).toBe(0);
    const fallback = await node(npm, ['audit', '--json', '--registry', old.url], project);
    // npm 8 ends with 0 over an older answer at times, whatever it found.
    expect(found(fallback)).toEqual(NPM_ANSWER);
  });
});

describe('pnpm', () => {
  it.each(['7', '8', '9', '10'])('%s', async (version) => {
    const pnpm = install(`pnpm-${version}`, `pnpm@${version}`, 'pnpm/bin/pnpm.cjs');
    await expectAnswer(makeProject(`pnpm-${version}`), (args, project) => node(pnpm, args, project));
  });

  // A program of its own since 12, in a package for each platform.
  it('12', async ({ skip }) => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return skip('skipped: made for x64 Linux here');
    const pnpm = install('pnpm-12', 'pnpm@12', '@pnpm/exe.linux-x64/pnpm');
    await expectAnswer(makeProject('pnpm-12'), (args, project) => run(pnpm, args, project));
  });

  async function expectAnswer(
    project: string,
    pnpm: (args: readonly string[], project: string) => Promise<Ran>,
  ): Promise<void> {
    expect((await pnpm(['install', '--lockfile-only', '--ignore-scripts'], project)).code).toBe(0);
    const audit = await pnpm(['audit', '--json', '--registry', plain.url], project);
    expect([audit.code, found(audit)]).toEqual([1, NPM_ANSWER]);
    expect(await imported(project, 'pnpm-audit', audit)).toEqual(NPM_IMPORTED);
  }
});

describe('yarn', () => {
  // It asks the address it was built with, whatever registry is configured: here a proxy leads that to the mirror.
  it('classic', async () => {
    const yarn = install('yarn-1', 'yarn@1', 'yarn/bin/yarn.js');
    const project = makeProject('yarn-1');
    expect((await node(yarn, ['install', '--ignore-scripts', '--no-progress'], project)).code).toBe(0);
    const proxy = await startProxy(Number(new URL(secure.url).port));
    writeFileSync(join(project, '.yarnrc'), `https-proxy "${proxy}"\nstrict-ssl false\n`);
    const audit = await node(yarn, ['audit', '--json'], project);
    expect(found(audit)).toEqual(NPM_ANSWER);
    // Its exit code is a sum: 4 for a moderate one, 16 for a critical one.
    expect(audit.code).toBe(20);
    expect(await imported(project, 'yarn-audit', audit)).toEqual(NPM_IMPORTED);
  });

  it.each(['3', '4'])('berry %s', async (version) => {
    const yarn = install(`yarn-${version}`, `@yarnpkg/cli-dist@${version}`, '@yarnpkg/cli-dist/bin/yarn.js');
    const settings = 'nodeLinker: node-modules\nenableTelemetry: false\nenableGlobalCache: false\n';
    const project = makeProject(`yarn-${version}`, { '.yarnrc.yml': settings, 'yarn.lock': '' });
    const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
    const locking = { YARN_NPM_REGISTRY_SERVER: registry, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' };
    expect((await node(yarn, ['install', '--mode=update-lockfile'], project, locking)).code).toBe(0);
    const env = { YARN_NPM_AUDIT_REGISTRY: plain.url, YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1' };
    const audit = await node(yarn, ['npm', 'audit', '--all', '--recursive', '--json'], project, env);
    expect([audit.code, found(audit)]).toEqual([1, NPM_ANSWER]);
    expect(await imported(project, 'yarn-audit', audit)).toEqual(NPM_IMPORTED);
  });
});

describe('bun', () => {
  it('1', async ({ skip }) => {
    if (process.platform !== 'linux' || process.arch !== 'x64') return skip('skipped: made for x64 Linux here');
    const bun = install('bun', 'bun@1', '@oven/bun-linux-x64/bin/bun');
    const project = makeProject('bun');
    expect((await run(bun, ['install', '--ignore-scripts'], project)).code).toBe(0);
    const audit = await run(bun, ['audit', '--json'], project, { NPM_CONFIG_REGISTRY: plain.url });
    expect([audit.code, found(audit)]).toEqual([1, NPM_ANSWER]);
    expect(await imported(project, 'bun-audit', audit)).toEqual(NPM_IMPORTED);
  });
});

describe('Python', () => {
  const PYSEC = /PYSEC-\d+-\d+/g;
  const bin = (): string => {
    const tools = join(CACHE, 'tools');
    const home = readdirSync(tools).find((name) => /^[0-9a-f]{16}$/.test(name)) ?? '';
    return join(tools, home, 'bin');
  };

  it('pip-audit', async () => {
    const project = makeProject('pip-audit', { 'requirements.txt': 'pycrypto==2.6.1\n' });
    const args = ['-m', 'pip_audit', '--no-deps', '--disable-pip', '-r', 'requirements.txt', '-f', 'json'];
    const source = ['-s', 'osv', '--osv-url', `${plain.url}/v1/query`, '--progress-spinner', 'off'];
    const audit = await run(join(bin(), 'python'), [...args, ...source], project);
    expect([audit.code, found(audit, PYSEC)]).toEqual([1, ['PYSEC-2018-97']]);
  });

  it('uv audit', async ({ skip }) => {
    const uv = join(bin(), 'uv');
    const { status } = spawnSync(uv, ['audit', '--help']);
    if (status !== 0) return skip('skipped: this uv has no audit command');
    const lines = ['[project]', 'name = "app"', 'version = "1.0.0"', 'requires-python = ">=3.9"', 'dependencies = ["pycrypto==2.6.1"]']; // prettier-ignore
    const project = makeProject('uv', { 'pyproject.toml': lines.join('\n') });
    expect((await run(uv, ['lock'], project)).code).toBe(0);
    const audit = await run(uv, ['audit', '--frozen', '--service-url', plain.url, '--output-format', 'json'], project);
    expect([audit.code, found(audit, PYSEC)]).toEqual([1, ['PYSEC-2018-97']]);
    expect(await imported(project, 'uv-audit', audit)).toContain('PYSEC-2018-97');
  });
});

describe('fixby', () => {
  it('gets every answer of a mirror that wants a token, behind an authority of its own', async () => {
    const token = 'a-token-of-forty-characters-for-this-one';
    const { cert, key } = makeCertificate(folder);
    const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
    const guarded = await serveMirror({ host: '127.0.0.1', port: 0, handle: followMirror(mirror, {}), tls, token });
    open.push(guarded);
    const project = makeProject('guarded', {
      ...npmProject({ minimist: '0.0.8' }),
      // Hashes on every line: nothing is left to resolve.
      'requirements.txt': `pycrypto==2.6.1 --hash=sha256:${'a'.repeat(64)}\n`,
      'SECURITY.md': SECURITY_MD,
    });
    const home = join(folder, 'guarded-home');
    mkdirSync(home);
    const { host, hostname } = new URL(guarded.url);
    writeFileSync(join(home, '.npmrc'), `//${host}/:_authToken=${token}\ncafile=${cert}\n`);
    writeFileSync(join(home, '.netrc'), `machine ${hostname} login mirror password ${token}\n`, { mode: 0o600 });
    const args = ['gate', project, '--registry', guarded.url, '--osv-url', guarded.url, '--format', 'json'];
    const user = {
      HOME: home,
      NETRC: undefined,
      npm_config_cafile: undefined,
      npm_config_userconfig: join(home, '.npmrc'),
    };
    const env = { ...user, NODE_EXTRA_CA_CERTS: cert, SSL_CERT_FILE: undefined, REQUESTS_CA_BUNDLE: cert };
    const { stdout } = await runFixby(args, { env });
    const { targets, findings } = reportSchema.parse(JSON.parse(stdout));
    const rows = targets.map(({ auditor, outcome, message = '' }) => `${auditor} ${outcome} ${message}`.trim());
    expect(rows.sort()).toEqual(['npm-audit audited', 'osv audited', 'osv audited', 'pip-audit audited']);
    expect(new Set(findings.map(({ seenBy }) => seenBy.join()))).toEqual(new Set(['npm-audit,osv', 'osv,pip-audit']));
    expect(stdout).not.toContain(token);
  });
});

/** A proxy that leads every tunnel to one port of this machine. */
async function startProxy(port: number): Promise<string> {
  const proxy = createServer();
  proxy.on('connect', (_request, socket, head: Buffer) => {
    const mirrored = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      mirrored.write(head);
      mirrored.pipe(socket).pipe(mirrored);
    });
    socket.on('error', () => mirrored.destroy());
    mirrored.on('error', () => socket.destroy());
  });
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  open.push({ close: () => proxy.close() });
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
