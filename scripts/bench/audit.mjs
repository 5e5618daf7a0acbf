// `fixby audit` against what people write today and against the tools it starts, and its start-up.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fixby, mebibytes, median, root, seconds, startMirror, time } from './measure.mjs';

const env = { ...process.env, FIXBY_CACHE_DIR: resolve(root, '.cache/fixby') };

// Node reads a file of certificates before any program begins: the start of a program is measured without.
const bare = { ...env, NODE_EXTRA_CA_CERTS: undefined };

/** `repo` is audited instead of the generated repository, and `advisories` are served instead of the example's. */
export async function measure({ repo, advisories = [resolve(root, 'examples/advisories')], runs }) {
  const repository = repo ?? makeRepository();
  const mirror = await startMirror(advisories.flatMap((path) => ['--advisories', path]));
  try {
    return render(await measureAll(repository, mirror, runs), { repository, isGenerated: repo === undefined, runs });
  } finally {
    mirror.stop();
  }
}

async function measureAll(repository, mirror, runs) {
  const audit = ['audit', repository, '--registry', mirror.url, '--osv-url', mirror.url, '--quiet', '--format', 'json'];
  const pipAudit = managedTool('pip-audit');
  const folders = foldersWith('package-lock.json', repository);
  const python = foldersWith('requirements.txt', repository);

  const ours = [];
  const today = [];
  for (let run = 0; run <= runs; run += 1) {
    const one = await time(process.execPath, [fixby, ...audit], { env });
    const other = await timeAll([
      ...folders.map((cwd) => ['npm', ['audit', '--json', '--registry', mirror.url], cwd]),
      ...python.flatMap((cwd) =>
        requirementFiles(cwd).map((file) => [
          pipAudit[0],
          [
            ...pipAudit.slice(1),
            '--progress-spinner',
            'off',
            '-f',
            'json',
            '-s',
            'osv',
            '--osv-url',
            `${mirror.url}/v1/query`,
            '-r',
            file,
          ],
          cwd,
        ]),
      ),
    ]);
    // The first round warms caches and is not counted.
    if (run > 0) {
      ours.push(one);
      today.push(other);
    }
  }

  const tools = [];
  const beside = [];
  for (let run = 0; run < runs; run += 1) {
    tools.push({ ms: toolTime(audit), bytes: 0 });
    beside.push(await time(process.execPath, [fixby, ...audit], { env }));
  }

  const version = [];
  const help = [];
  const node = [];
  const withCertificates = [];
  for (let run = 0; run < 4 * runs; run += 1) {
    node.push(await time(process.execPath, ['-e', '0'], { env: bare }));
    version.push(await time(process.execPath, [fixby, '--version'], { env: bare }));
    help.push(await time(process.execPath, [fixby, '--help'], { env: bare }));
    if (env.NODE_EXTRA_CA_CERTS) withCertificates.push(await time(process.execPath, ['-e', '0'], { env }));
  }
  return { ours, today, tools, beside, node, version, help, withCertificates };
}

/** The sum of the tool runs of one audit that starts its tools one after another. */
function toolTime(audit) {
  const config = join(mkdtempSync(join(tmpdir(), 'fixby-bench-')), 'config.yaml');
  writeFileSync(config, 'version: 1\naudit:\n  concurrency: 1\n');
  const { stdout } = spawnSync(process.execPath, [fixby, ...audit, '--config', config], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  // Two auditors of one target share a resolution: both rows tell of it, and it ran once.
  const runs = JSON.parse(stdout).targets.flatMap(({ path, runs }) =>
    runs.map((run) => [JSON.stringify([path, run]), run]),
  );
  return [...new Map(runs).values()].reduce((sum, run) => sum + run.durationMs, 0);
}

async function timeAll(commands) {
  let ms = 0;
  for (const [command, args, cwd] of commands) ms += (await time(command, args, { cwd, env })).ms;
  return { ms, bytes: 0 };
}

function render(
  { ours, today, tools, beside, node, version, help, withCertificates },
  { repository, isGenerated, runs },
) {
  const row = (what, a, b, goal) =>
    `| ${what} | ${ms(a)} | ${ms(b)} | **${(median(a) / median(b)).toFixed(2)}** | ${goal} |`;
  const folders = `${foldersWith('package-lock.json', repository).length} npm and ${foldersWith('requirements.txt', repository).length} Python folders`;
  return `## Audit

Medians of ${runs} runs in one session, whole processes, in turn, with npm ${spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout.trim()}.
${isGenerated ? 'The repository is generated: three npm folders and a Python backend with open ranges' : `The repository has ${folders}`}, audited against fixby's own mirror on loopback.

| | fixby | against | ratio | goal |
| --- | --- | --- | --- | --- |
${row('`fixby audit` / `npm audit` in each folder, then `pip-audit -r` for each file', ours, today, '≤ 0.20')}
${row('`fixby audit` / the very tool processes it starts, one after another', beside, tools, '≤ 0.65')}
${row('`fixby --version` / `node -e 0`', version, node, '< 100 ms')}
${row('`fixby --help` / `node -e 0`', help, node, '< 100 ms')}

${describeCertificates(node, withCertificates)}

${describeProcessor(beside)}

Peak memory of the fixby process during the audit: ${mebibytes(Math.max(...ours.map((run) => run.bytes)))} (the tools are processes of their own).

What people write today resolves open Python ranges with pip in a throw-away environment; fixby resolves them with uv and hands
pip-audit the pins. The tool processes of the second row were timed by an audit with \`audit.concurrency: 1\`.
`;
}

function describeCertificates(node, withCertificates) {
  if (withCertificates.length === 0) return 'The start is measured as it is here: no `NODE_EXTRA_CA_CERTS` is set.';
  const more = Math.round(median(withCertificates) - median(node));
  return `The start is measured without \`NODE_EXTRA_CA_CERTS\`: where it is set, as it is here for all else, Node needs ${more} ms more before any program begins.`;
}

/** However well the work is spread, an audit takes at least what its processes need of the processors there are. */
function describeProcessor(runs) {
  const needed = median(runs, (run) => run.cpuMs);
  const least = needed / cpus().length;
  return `An audit with all its tools needs ${seconds(needed)} of processor time, so that ${cpus().length} processors cannot do it in less than ${seconds(least)}.`;
}

function ms(list) {
  return `${Math.round(median(list))} ms`;
}

function foldersWith(name, folder) {
  const here = existsSync(join(folder, name)) ? [folder] : [];
  const below = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !['node_modules', '.git', 'reports'].includes(entry.name),
  );
  return [...here, ...below.flatMap((entry) => foldersWith(name, join(folder, entry.name)))];
}

function requirementFiles(folder) {
  return readdirSync(folder).filter((name) => /^requirements.*\.txt$/.test(name));
}

function managedTool(name) {
  const { stdout } = spawnSync(
    process.execPath,
    [fixby, 'doctor', resolve(root, 'examples/shop'), '--prepare', '--offline', '--format', 'json'],
    {
      env,
      encoding: 'utf8',
    },
  );
  return JSON.parse(stdout).checks.find(({ check }) => check === name).command;
}

/** Three npm folders of usual size and a backend with open ranges; locks come from the registry once and are kept. */
function makeRepository() {
  const folder = resolve(root, '.cache/bench/repository');
  if (existsSync(join(folder, 'done'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  const npm = {
    frontend: {
      next: '14.2.33',
      react: '18.2.0',
      'react-dom': '18.2.0',
      jest: '29.7.0',
      eslint: '8.57.1',
      tailwindcss: '3.4.17',
      typescript: '5.9.3',
    },
    'services/files': { express: '4.21.2', zod: '3.25.76', minimatch: '9.0.5' },
    'services/mail': { express: '4.21.2', nodemailer: '7.0.10', axios: '1.13.2' },
  };
  for (const [path, dependencies] of Object.entries(npm)) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(
      join(folder, path, 'package.json'),
      JSON.stringify({ name: path.replace('/', '-'), version: '1.0.0', private: true, dependencies }, null, 2),
    );
    const { status } = spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit'], {
      cwd: join(folder, path),
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`npm could not make the lock of ${path}`);
  }
  mkdirSync(join(folder, 'backend'), { recursive: true });
  writeFileSync(
    join(folder, 'backend/requirements.txt'),
    [
      'fastapi>=0.115',
      'uvicorn>=0.30',
      'sqlalchemy>=2.0.30',
      'alembic>=1.13',
      'redis>=5',
      'pydantic>=2.9',
      'httpx>=0.27',
      'openai>=1.50',
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'SECURITY.md'), readFileSync(resolve(root, 'examples/shop/SECURITY.md')));
  writeFileSync(join(folder, 'done'), '');
  return folder;
}
