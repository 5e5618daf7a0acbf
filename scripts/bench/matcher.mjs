// fixby's own matcher over one lock and an imported mirror, against osv-scanner's offline scan of the same lock and dumps.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BULK, fixby, mebibytes, median, root, seconds, startMirror, time } from './measure.mjs';

// Outside of any checkout: neither program is to read a history.
const folder = join(tmpdir(), 'fixby-bench-matcher');
const REGISTRY = 'https://registry.example';
const POLICY = ['Critical', 'High', 'Medium', 'Low'].map(
  (level) => `- **${level} vulnerabilities**: Patch within 7 days`,
);

/**
 * `repo` is a folder with a package-lock.json, `advisories` are npm's published dump (a zip): without them the lock is
 * generated and the records are the example's. `mirror` is one that was imported from them before; else it is made here.
 * `osv-scanner` is the program; on PATH unless given.
 */
export async function measure({
  repo,
  advisories = [resolve(root, 'examples/advisories')],
  mirror: given,
  'osv-scanner': osvScanner,
  runs,
}) {
  rmSync(folder, { recursive: true, force: true });
  const mirror = given === undefined ? importMirror(advisories) : resolve(given);
  const lock = repo === undefined ? makeLock(800) : copyLock(repo);
  const scanner = findScanner(osvScanner, advisories);
  const [ours, gates, theirs] = await inTurn(runs, [
    () => time(process.execPath, matchOf(lock, mirror), { env }),
    () => time(process.execPath, auditOf(lock, mirror), { env }),
    ...(scanner === null ? [] : [() => time(...scanOf(scanner, lock))]),
  ]);
  const warm = await askServer(lock, mirror, runs);
  const bare = await repeat(runs, () => time(process.execPath, ['-e', '0']));
  const [small, large] = [makeLock(1000), makeLock(10_000)];
  const sizes = [];
  for (const each of [small, large])
    sizes.push(await repeat(runs, () => time(process.execPath, matchOf(each, mirror), { env })));
  const difference = scanner === null ? null : compare(lock, mirror, scanner);
  return render({
    entries: Object.keys(JSON.parse(readFileSync(join(lock, 'package-lock.json'), 'utf8')).packages).length - 1,
    ours,
    gates,
    theirs: theirs ?? null,
    warm,
    bare,
    sizes,
    difference,
    isGiven: repo !== undefined,
    runs,
  });
}

const env = { ...process.env, FIXBY_CACHE_DIR: join(folder, 'cache') };

function importMirror(advisories) {
  const path = join(folder, 'mirror');
  const from = advisories.flatMap((each) => ['--from', each]);
  run(process.execPath, [fixby, 'mirror', 'import', 'npm', ...from, '--mirror', path]);
  return path;
}

function matchOf(lock, mirror) {
  const file = join(lock, 'package-lock.json');
  return [fixby, 'mirror', 'match', file, '--mirror', mirror, '--max-age', '99999 days', '--format', 'json'];
}

function auditOf(lock, mirror) {
  return [
    fixby,
    'gate',
    lock,
    '--offline',
    '--quiet',
    '--mirror',
    mirror,
    '--config',
    join(lock, 'config.yaml'),
    '--format',
    'json',
  ];
}

function scanOf({ program, database }, lock) {
  const file = join(lock, 'package-lock.json');
  const args = [
    'scan',
    'source',
    '--offline',
    '--local-db-path',
    database,
    '--format',
    'json',
    '--lockfile',
    `package-lock.json:${file}`,
  ];
  return [program, args];
}

/** osv-scanner and its database made of the same dump; `null` where either is missing. */
function findScanner(given, advisories) {
  const program = given ?? 'osv-scanner';
  const zip = advisories.find((path) => path.endsWith('.zip') && statSync(path).isFile());
  if (spawnSync(program, ['--version']).status !== 0 || zip === undefined) return null;
  const database = join(folder, 'osv-db');
  mkdirSync(join(database, 'osv-scalibr/npm'), { recursive: true });
  copyFileSync(zip, join(database, 'osv-scalibr/npm/all.zip'));
  return { program, database };
}

function copyLock(repo) {
  const place = layOut('given');
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(repo, name), join(place, name));
  return place;
}

/** A lock of so many packages, of which every hundredth is one the example knows. */
function makeLock(entries) {
  const place = layOut(`made-${entries}`);
  const names = Array.from({ length: entries }, (_, index) =>
    index % 100 === 0 ? `node_modules/p${index}/node_modules/lodash` : `node_modules/p${index}`,
  );
  const packages = Object.fromEntries(names.map((name) => [name, { version: '1.0.0' }]));
  const dependencies = Object.fromEntries(
    names.flatMap((name) => (/^node_modules\/p\d+$/.test(name) ? [[name.slice(13), '1.0.0']] : [])),
  );
  const manifest = { name: 'made', version: '1.0.0', dependencies };
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(place, 'package-lock.json'),
    JSON.stringify({
      ...manifest,
      lockfileVersion: 3,
      packages: { '': manifest, ...packages },
    }),
  );
  return place;
}

function layOut(name) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'SECURITY.md'), `# Security\n\n## Update policy\n\n${POLICY.join('\n')}\n`);
  // The registry is named, so that npm is not started to be asked for it.
  const config = [
    'version: 1',
    'audit:',
    '  auditors: [osv]',
    'mirror:',
    '  maxAge: 99999 days',
    'npm:',
    `  registry: ${REGISTRY}`,
  ];
  writeFileSync(join(place, 'config.yaml'), `${config.join('\n')}\n`);
  return place;
}

/** What a server that runs already takes to answer for a whole lock, as npm asks: a request each, the first not counted. */
async function askServer(lock, mirror, runs) {
  const { packages } = JSON.parse(readFileSync(join(lock, 'package-lock.json'), 'utf8'));
  const versions = {};
  for (const [path, { name, version, link }] of Object.entries(packages)) {
    const own = name ?? /.*node_modules\/(.+)$/.exec(path)?.[1];
    if (own !== undefined && version !== undefined && link !== true) (versions[own] ??= []).push(version);
  }
  const body = JSON.stringify(versions);
  const server = await startMirror(['--mirror', mirror]);
  try {
    return await repeat(runs, async () => {
      const startedAt = performance.now();
      const answer = await fetch(server.url + BULK, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      if (Object.keys(await answer.json()).length === 0) throw new Error('the mirror named no advisory');
      return { ms: performance.now() - startedAt };
    });
  } finally {
    server.stop();
  }
}

/** The first round warms caches and is not counted. */
async function repeat(runs, one) {
  const all = [];
  for (let at = 0; at <= runs; at += 1) all.push(await one());
  return all.slice(1);
}

/** One run of each after the other, so that what the machine does besides slows all of them. */
async function inTurn(runs, each) {
  const all = each.map(() => []);
  for (let at = 0; at <= runs; at += 1) for (const [index, one] of each.entries()) all[index].push(await one());
  return all.map((rounds) => rounds.slice(1));
}

function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status === null || status > 3 || status === 2)
    throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${stderr}`);
  return stdout;
}

/** Findings by package and alias group: how many both have, and those only one of them has. */
function compare(lock, mirror, scanner) {
  const [ours, gates] = [matchOf(lock, mirror), auditOf(lock, mirror)].map((args) =>
    JSON.parse(run(process.execPath, args))
      .findings.map(({ package: name, advisory: { id, aliases } }) => ({ name, ids: [id, ...aliases].sort() }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  );
  if (JSON.stringify(ours) !== JSON.stringify(gates)) throw new Error('mirror match and gate found different things');
  const theirs = JSON.parse(run(...scanOf(scanner, lock))).results.flatMap(({ packages }) =>
    packages.flatMap(({ package: { name }, groups = [] }) =>
      groups.map(({ ids, aliases = [] }) => ({
        name,
        ids: [...ids, ...aliases],
      })),
    ),
  );
  const has = (list, one) => list.some((each) => each.name === one.name && each.ids.some((id) => one.ids.includes(id)));
  const name = (list) => [...new Set(list.map((each) => `${each.name} ${each.ids[0]}`))];
  const both = name(ours.filter((one) => has(theirs, one)));
  return {
    both: both.length,
    ours: name(ours.filter((one) => !has(theirs, one))),
    theirs: name(theirs.filter((one) => !has(ours, one))),
  };
}

function render({ entries, ours, gates, theirs, warm, bare, sizes: [small, large], difference, isGiven, runs }) {
  const cell = (all) =>
    `${seconds(median(all))}, ${seconds(median(all, (one) => one.cpuMs))} of the processor, ${mebibytes(median(all, (one) => one.bytes))}`;
  const ratio = (all, note, digits = 2) =>
    theirs === null ? '' : `**${(median(all) / median(theirs)).toFixed(digits)}** (${note})`;
  const grown = median(large) / median(small);
  const certificates =
    env.NODE_EXTRA_CA_CERTS === undefined
      ? ''
      : ' `NODE_EXTRA_CA_CERTS` is set here: every start of Node reads that file.';
  return `## The matcher

One lock against one mirror, offline, whole process: ${isGiven ? 'a real lock' : 'a generated lock'} of ${entries} entries. \`fixby mirror match\` and osv-scanner read
the lock, match and print; \`fixby gate\` with \`audit.auditors: [osv]\` judges by the policy, reads git, holds the promises and renders a report besides. Medians of
${runs} runs in one session, in turn.${certificates}

| | time | share of osv-scanner's |
| --- | --- | --- |
| \`fixby mirror match --format json\` | ${cell(ours)} | ${ratio(ours, 'goal ≤ 0.30')} |
| \`fixby gate\` | ${cell(gates)} | ${ratio(gates, 'does more')} |
| osv-scanner, offline, same lock and dump | ${theirs === null ? 'not installed, or no dump was given' : cell(theirs)} | |
| a warm \`fixby mirror serve\`, asked for the packages of the same lock | ${(median(warm) / 1000).toFixed(3)} s | ${ratio(warm, 'goal ≤ 0.15', 3)} |
| \`node -e 0\` | ${cell(bare)} | |
| \`fixby mirror match\`, 1,000 entries | ${cell(small)} | |
| \`fixby mirror match\`, 10,000 entries | ${cell(large)} | ${grown.toFixed(1)} times that of 1,000 |

${difference === null ? '' : describe(difference)}`;
}

function describe({ both, ours, theirs }) {
  const list = (names) => (names.length === 0 ? 'none' : names.join(', '));
  return `By package and alias group both have ${both} findings. Only fixby: ${list(ours)}. Only osv-scanner: ${list(theirs)}.`;
}
