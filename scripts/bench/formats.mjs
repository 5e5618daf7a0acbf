// Every report format over a report of 10,000 findings, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { mebibytes, median, root, scratch, seconds } from './measure.mjs';

const FINDINGS = 10_000;

/** Names the formats; with a name renders once, cold as a run does, and says what it took. */
const PROGRAM = `
import { reportFormats } from './src/core/report/registry.ts';
import { plainOptions, viewOf } from './test/unit/report/views.ts';
const format = reportFormats.find(({ name }) => name === process.argv[2]);
const view = format === undefined ? undefined : viewOf(${FINDINGS});
const before = process.cpuUsage();
const startedAt = performance.now();
const text = view === undefined ? '' : format.render(view, plainOptions);
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
const took = { ms, cpuMs: (user + system) / 1000, bytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify({ names: reportFormats.map(({ name }) => name), took, size: Buffer.byteLength(text) }));
`;

export async function measure({ runs }) {
  const program = await bundle();
  const { names } = run(program);
  // In turn, so that whatever else the machine does meets all of them alike.
  const rounds = Array.from({ length: runs }, () => names.map((name) => run(program, name)));
  const rows = names.map((name, index) =>
    row(
      name,
      rounds.map((round) => round[index]),
    ),
  );
  return `## Report formats

A report of ${FINDINGS.toLocaleString('en')} findings rendered once in a fresh process, medians of ${runs} runs. The clock covers the rendering; the peak
memory is that of the whole process, the findings themselves included. Goal: each below 1 s and 300 MiB.

| format | wall | processor | peak memory | size |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function row(name, results) {
  const took = results.map((result) => result.took);
  const cpu = median(took, ({ cpuMs }) => cpuMs);
  const peak = Math.max(...took.map(({ bytes }) => bytes));
  return `| ${name} | ${seconds(median(took))} | ${seconds(cpu)} | ${mebibytes(peak)} | ${(results[0].size / 2 ** 20).toFixed(1)} MiB |`;
}

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} could not be measured: ${stderr}`);
  return JSON.parse(stdout);
}

async function bundle() {
  mkdirSync(scratch, { recursive: true });
  const outfile = resolve(scratch, 'formats.mjs');
  await build({
    stdin: { contents: PROGRAM, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}
