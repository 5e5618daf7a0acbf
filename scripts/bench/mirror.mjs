// `fixby mirror import` of dumps brought with --advisories, or generated ones, and `fixby mirror serve` under load.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BULK, fixby, mebibytes, median, scratch, seconds, startMirror, time } from './measure.mjs';
import { loadSource } from '../load-source.mjs';

const PACKAGES = 800;
const CONNECTIONS = 16;
const SERVED_MS = 5000;

export async function measure({ runs, advisories }) {
  const dir = resolve(scratch, 'mirror');
  mkdirSync(dir, { recursive: true });
  const small = advisories ?? (await generate(dir, 'small', ['npm', 'PyPI'], 6500));
  const large = await generate(dir, 'large', ['npm', 'npm', 'npm', 'npm'], 62_500);
  const [first, again, many] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    first.push(await importInto(resolve(dir, 'store'), small, ['npm', 'PyPI'], true));
    again.push(await importInto(resolve(dir, 'store'), small, ['npm', 'PyPI'], false));
  }
  many.push(await importInto(resolve(dir, 'large-store'), large, ['npm'], true));
  many.push(await importInto(resolve(dir, 'large-store'), large, ['npm'], false));
  const records = await countOf(resolve(dir, 'store'));
  const all = await countOf(resolve(dir, 'large-store'));
  const served = await serve(resolve(dir, 'store'));
  rmSync(resolve(dir, 'large-store'), { recursive: true, force: true });
  return `## Mirror

Imports of ${records.toLocaleString('en')} records (${advisories === undefined ? 'generated' : 'real dumps'}, medians of ${runs} runs) and of ${all.toLocaleString('en')} generated ones (one run), each a whole process: archives in,
a synced generation out. Archives are unpacked by two threads beside the one that
writes, so that the processor works longer than the clock shows where nothing else runs. Memory is the process's own: pages of the mapped store,
which the system takes back when it needs them, are not counted.

| | wall | processor | records a second (wall / processor) | peak of its own memory | goal |
| --- | --- | --- | --- | --- | --- |
${row('first import', first, records, '≥ 10,000 a second')}
${row('again, nothing changed', again, records, '')}
${row(`first import of ${all.toLocaleString('en')}`, [many[0]], all, '< 512 MiB')}
${row('again, nothing changed', [many[1]], all, '< 512 MiB')}

One \`fixby mirror serve\` and one client on the same machine, ${CONNECTIONS} connections, the same gzipped bulk body of ${PACKAGES} packages for ${SERVED_MS / 1000} s (an
answer of ${Math.round(served.answerBytes / 1024)} KiB): **${Math.round(served.rate).toLocaleString('en')} requests a second** (goal 2,000), of which half took less than ${served.p50.toFixed(1)} ms and 99 of 100 less than ${served.p99.toFixed(1)} ms.
`;
}

async function importInto(store, archives, names, anew) {
  if (anew) rmSync(store, { recursive: true, force: true });
  const from = archives.flatMap((path) => ['--from', resolve(path)]);
  return time(process.execPath, [fixby, 'mirror', 'import', ...names, ...from, '--mirror', store, '--quiet']);
}

function row(name, took, records, goal) {
  const rate = (of) => Math.round(records / (median(took, of) / 1000)).toLocaleString('en');
  const peak = Math.max(...took.map(({ ownBytes }) => ownBytes));
  const cpu = (run) => run.cpuMs;
  return `| ${name} | ${seconds(median(took))} | ${seconds(median(took, cpu))} | ${rate()} / ${rate(cpu)} | ${mebibytes(peak)} | ${goal} |`;
}

/** Archives of records such as databases publish them: an id, dates, a text, aliases, one range and a few references. */
async function generate(dir, name, ecosystems, count) {
  const { zip } = await loadSource('test/support/zip.ts');
  return ecosystems.map((ecosystem, index) => {
    const path = resolve(dir, `${name}-${index}.zip`);
    if (!existsSync(path)) {
      const entries = Array.from({ length: count }, (_, n) => recordOf(ecosystem, index * count + n));
      writeFileSync(path, zip(entries));
    }
    return path;
  });
}

function recordOf(ecosystem, n) {
  const id = `BENCH-${ecosystem}-${n}`;
  const version = `${n % 9}.${n % 17}.${n % 23}`;
  const record = {
    schema_version: '1.7.0',
    id,
    modified: '2026-01-01T00:00:00Z',
    published: '2025-01-01T00:00:00Z',
    aliases: [`CVE-2025-${n}`],
    summary: `A flaw in package ${n % 40_000} that lets a stranger do what only its owner should`,
    details: `Number ${n}. ${'What happens, where, and what to do about it, in a few words more than are needed. '.repeat(8)}`,
    affected: [
      {
        package: { ecosystem, name: `package-${n % 40_000}` },
        ranges: [
          { type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: version }] },
        ],
      },
    ],
    references: [{ type: 'WEB', url: `https://example.org/advisories/${id}` }],
  };
  return { name: `${id}.json`, content: JSON.stringify(record) };
}

function countOf(store) {
  return new Promise((done) => {
    let text = '';
    const child = spawn(process.execPath, [fixby, 'mirror', 'status', '--mirror', store, '--format', 'json']);
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('close', () => done(JSON.parse(text).summary.records));
  });
}

async function serve(store) {
  const mirror = await startMirror(['--mirror', store]);
  return loadOn(mirror.url).finally(mirror.stop);
}

async function loadOn(url) {
  const known = ['minimist', 'lodash', 'axios', 'next', 'express', 'ws', 'semver', 'tar'];
  const names = [...known, ...Array.from({ length: PACKAGES - known.length }, (_, n) => `package-${n * 7}`)];
  const body = gzipSync(JSON.stringify(Object.fromEntries(names.map((name, n) => [name, [`0.${n % 9}.${n % 5}`]]))));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json', 'content-length': body.length };
  const ask = () =>
    new Promise((done, fail) => {
      const startedAt = performance.now();
      const asked = request(`${url}${BULK}`, { method: 'POST', agent, headers }, (answer) => {
        let bytes = 0;
        answer.on('data', (chunk) => (bytes += chunk.length));
        answer.on('end', () => done({ ms: performance.now() - startedAt, bytes, status: answer.statusCode }));
      });
      asked.on('error', fail);
      asked.end(body);
    });
  // The first one is answered, the others are remembered; and both processes have to get warm.
  for (let n = 0; n < 200; n += 1) await ask();
  const took = [];
  const end = performance.now() + SERVED_MS;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) took.push(await ask());
    }),
  );
  const elapsed = performance.now() - startedAt;
  agent.destroy();
  if (took.some(({ status }) => status !== 200)) throw new Error('the mirror refused a bulk body');
  const sorted = took.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(sorted.length * share)];
  return { rate: took.length / (elapsed / 1000), p50: at(0.5), p99: at(0.99), answerBytes: took[0].bytes };
}
