/** What ports/toolchain.ts promises, on real files and programs, and with the real installation of the pinned tools. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSystemClock } from '../../src/adapters/clock/system-clock.ts';
import { createChildren } from '../../src/adapters/lib/children.ts';
import { readOperator } from '../../src/adapters/lib/operator.ts';
import { defaultCacheDir } from '../../src/adapters/toolchain/cache-dir.ts';
import { createToolchain } from '../../src/adapters/toolchain/create-toolchain.ts';
import type { ToolchainOptions } from '../../src/adapters/toolchain/create-toolchain.ts';
import { describeTools } from '../../src/adapters/toolchain/describe-tools.ts';

const pinned = resolve('src/adapters/toolchain/tools.lock.txt');
let place: string;
let repository: string;
let bin: string;
let messages: string[];
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'toolchain-')));
  repository = join(place, 'repository');
  bin = join(place, 'bin');
  for (const folder of [repository, bin, join(place, 'tmp')]) mkdirSync(folder);
  messages = [];
});
afterEach(() => {
  expect(readdirSync(join(place, 'tmp'))).toEqual([]);
  rmSync(place, { recursive: true, force: true });
});

function toolchain(changes: Partial<ToolchainOptions> = {}, path: readonly string[] = [bin]) {
  return createToolchain({
    config: {},
    operator: readOperator({ ...process.env, PATH: path.join(':') }, place, repository, process),
    cacheDir: join(place, 'cache'),
    lockFile: pinned,
    allowInstall: false,
    tempRoot: join(place, 'tmp'),
    children: createChildren(process),
    clock: createSystemClock(),
    host: process,
    onMessage: (message) => messages.push(message),
    ...changes,
  });
}

/** An executable file; folders above it are made. */
function script(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** An installed npm of that version with a link to it in `folder`. */
function installNpm(version: string, folder = bin, root = join(place, `npm-${version}`)): string {
  const cli = script(join(root, 'bin', 'npm-cli.js'), '');
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'npm', version }));
  mkdirSync(folder, { recursive: true });
  symlinkSync(cli, join(folder, 'npm'));
  return cli;
}

describe('npm', () => {
  it('is started as node npm-cli.js, its version read without starting it', async () => {
    const cli = installNpm('11.0.1');
    expect(await toolchain().find('npm')).toEqual({
      status: 'found',
      tool: 'npm',
      command: [process.execPath, cli],
      version: '11.0.1',
      origin: 'path',
    });
  });

  it('that is too old is passed over for a later one', async () => {
    installNpm('6.14.18');
    const later = join(place, 'later');
    const cli = installNpm('10.9.0', later);
    expect(await toolchain({}, [bin, later]).find('npm')).toMatchObject({ command: [process.execPath, cli] });
  });

  it('from the repository is never used, neither by PATH, nor by link, nor by configuration', async () => {
    const own = join(repository, 'node_modules', 'npm');
    const cli = installNpm('11.0.0', join(repository, 'bin'), own);
    symlinkSync(cli, join(bin, 'npm'));
    const found = await toolchain({}, [join(repository, 'bin'), bin]).find('npm');
    expect(JSON.stringify(found)).not.toContain(repository);
    const configured = await toolchain({ config: { npm: join(bin, 'npm') } }).find('npm');
    expect(configured).toMatchObject({ status: 'missing', reason: 'missing' });
  });

  it.each([
    ['6.14.18', 'too-old'],
    ['rubbish', 'too-old'],
  ])('that is configured and version %s is not replaced by another', async (version, reason) => {
    const config = { npm: installNpm(version) };
    installNpm('11.0.0', join(place, 'later'));
    const found = await toolchain({ config }, [join(place, 'later')]).find('npm');
    expect(found).toMatchObject({ status: 'missing', reason });
    expect(found.status === 'missing' && found.mend).toContain('configuration');
  });

  it('that is something else by that name is passed over', async () => {
    script(join(bin, 'npm'), '#!/bin/sh\necho 11.0.0\n');
    const found = await toolchain().find('npm');
    expect(JSON.stringify(found)).not.toContain(join(bin, 'npm'));
  });
});

describe('pip-audit and uv', () => {
  it('pip-audit’s version is read beside its interpreter, without starting it', async () => {
    const environment = join(place, 'venv');
    const python = script(join(environment, 'bin', 'python3.11'), '#!/bin/sh\nexit 9\n');
    mkdirSync(join(environment, 'lib', 'python3.11', 'site-packages', 'pip_audit-2.10.7.dist-info'), {
      recursive: true,
    });
    script(join(bin, 'pip-audit'), `#!${python}\n`);
    expect(await toolchain().find('pip-audit')).toMatchObject({
      status: 'found',
      command: [python, '-I', '-B', '-m', 'pip_audit'],
      version: '2.10.7',
      origin: 'path',
    });
  });

  it('a pip-audit of another layout is asked once, and the answer kept until its file changes', async () => {
    const count = join(place, 'count');
    const text = (version: string) =>
      `#!/usr/bin/env -S python3 -I\nopen(${JSON.stringify(count)}, "a").write("x")\nprint("pip-audit ${version}")\n`;
    const file = script(join(bin, 'pip-audit'), text('2.10.0'));
    const path = [bin, '/usr/local/bin', '/usr/bin', '/bin'];
    expect(await toolchain({}, path).find('pip-audit')).toMatchObject({ command: [file], version: '2.10.0' });
    expect(await toolchain({}, path).find('pip-audit')).toMatchObject({ version: '2.10.0' });
    expect(readFileSync(count, 'utf8')).toBe('x');
    script(file, text('2.10.123'));
    expect(await toolchain({}, path).find('pip-audit')).toMatchObject({ version: '2.10.123' });
  });

  it('one that is too old or does not answer leaves it missing, with what was seen and what to do', async () => {
    script(join(bin, 'pip-audit'), '#!/bin/sh\necho pip-audit 2.9.0\n');
    script(join(bin, 'uv'), '#!/bin/sh\nexit 1\n');
    const tools = toolchain();
    const pipAudit = await tools.find('pip-audit');
    expect(pipAudit).toMatchObject({ status: 'missing', reason: 'too-old' });
    expect(pipAudit.status === 'missing' && pipAudit.detail).toMatch(/2\.9\.0.*2\.10\.0/);
    expect(await tools.find('uv')).toMatchObject({ status: 'missing', reason: 'missing' });
  });

  it('an interpreter inside the repository is not run, whoever names it', async () => {
    const trap = join(place, 'trap');
    const python = script(join(repository, '.venv', 'bin', 'python3'), `#!/bin/sh\necho > ${trap}\n`);
    script(join(bin, 'pip-audit'), `#!${python}\n`);
    symlinkSync(python, join(bin, 'python3'));
    symlinkSync(script(join(repository, '.venv', 'bin', 'uv'), `#!/bin/sh\necho > ${trap}\n`), join(bin, 'uv'));
    const tools = toolchain({}, [join(repository, '.venv', 'bin'), bin]);
    expect(await tools.find('pip-audit')).toMatchObject({ status: 'missing' });
    expect(await tools.find('uv')).toMatchObject({ status: 'missing' });
    expect(await tools.findPython()).toMatchObject({ status: 'missing' });
    expect(existsSync(trap)).toBe(false);
  });
});

describe('Python', () => {
  it('behind a shim is the interpreter itself', async () => {
    const real = execFileSync('python3', ['-I', '-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
    script(join(bin, 'python3'), `#!/bin/sh\nexec ${real} "$@"\n`);
    expect(await toolchain().findPython()).toMatchObject({ status: 'found', path: real, origin: 'path' });
  });

  it.each([
    ['is too old', 'print("/bin/sh"); print("3.8.0")', 'too-old'],
    ['tells nonsense', 'print("python"); print("x")', 'missing'],
  ])('that %s is not used', async (_what, text, reason) => {
    const [path, version] = [...text.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
    script(join(bin, 'python3'), `#!/bin/sh\necho ${path ?? ''}\necho ${version ?? ''}\n`);
    expect(await toolchain().findPython()).toMatchObject({ status: 'missing', reason });
  });
});

describe('the managed environment', () => {
  const path = (process.env['PATH'] ?? '').split(':').filter((folder) => !folder.includes('.cache'));
  // Only what Python needs: a pip-audit or uv of this machine would be found first.
  const pythonOnly = () => {
    const real = execFileSync('python3', ['-I', '-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
    return { python: real };
  };

  it('is made once by two at a time, works after its move, and is found again without a word', async () => {
    const config = pythonOnly();
    const [one, other] = await Promise.all([
      toolchain({ config, allowInstall: true }).find('pip-audit'),
      toolchain({ config, allowInstall: true }).find('uv'),
    ]);
    expect(one).toMatchObject({ status: 'found', origin: 'managed', version: '2.10.1' });
    expect(other).toMatchObject({ status: 'found', origin: 'managed' });
    expect(messages).toEqual([expect.stringMatching(/^Installing pip-audit 2\.10\.1 and uv \S+ into /)]);
    expect(readdirSync(join(place, 'cache', 'tools'))).toHaveLength(1);
    for (const tool of [one, other]) {
      const [file = '', ...args] = tool.status === 'found' ? tool.command : [];
      expect(execFileSync(file, [...args, '--version'], { encoding: 'utf8' })).toMatch(/^(pip-audit|uv) /);
    }
    const described = await describeTools(toolchain({ config }, [bin, ...path]));
    expect(described.map(({ tool, status }) => [tool, status])).toEqual([
      ['npm', 'found'],
      ['python', 'found'],
      ['uv', 'found'],
      ['pip-audit', 'found'],
    ]);
    expect(messages).toHaveLength(1);
  }, 300_000);

  it('a wrong hash leaves nothing behind but a reason', async () => {
    const lockFile = join(place, 'tools.lock.txt');
    writeFileSync(lockFile, `idna==3.10 --hash=sha256:${'0'.repeat(64)}\n`);
    const found = await toolchain({ config: pythonOnly(), allowInstall: true, lockFile }).find('uv');
    expect(found).toMatchObject({ status: 'missing', reason: 'missing' });
    expect(found.status === 'missing' && found.detail).toMatch(/hash/i);
    expect(readdirSync(join(place, 'cache', 'tools'))).toEqual([]);
  }, 120_000);

  it('is not made when that is forbidden, nor inside the repository', async () => {
    const config = pythonOnly();
    const forbidden = await toolchain({ config }).find('uv');
    expect(forbidden).toMatchObject({ status: 'missing' });
    expect(forbidden.status === 'missing' && forbidden.mend).not.toBe('');
    const cacheDir = join(repository, '.cache');
    const inside = await toolchain({ config, allowInstall: true, cacheDir }).find('uv');
    expect(inside.status === 'missing' && inside.mend).toContain('FIXBY_CACHE_DIR');
    expect(existsSync(cacheDir)).toBe(false);
    expect(messages).toEqual([]);
  });
});

describe('the cache folder', () => {
  it.each([
    [{ FIXBY_CACHE_DIR: '/a', XDG_CACHE_HOME: '/b' }, 'linux', '/a'],
    [{ FIXBY_CACHE_DIR: 'a', XDG_CACHE_HOME: '/b' }, 'linux', '/b/fixby'],
    [{ XDG_CACHE_HOME: 'b' }, 'linux', '/home/me/.cache/fixby'],
    [{}, 'darwin', '/home/me/Library/Caches/fixby'],
  ])('for %j on %s is %s', (variables, platform, folder) => {
    expect(defaultCacheDir(variables, platform, '/home/me')).toBe(folder);
  });
});
