// Every report format over a report of 10,000 findings, each in a process of its own.
import { spawnSync } from 'node:child_process';
import { bundleSource } from '../load-source.mjs';
import { mebibytes, median, seconds } from './measure.mjs';

const FINDINGS = 10_000;

export async function measure({ runs }) {
  const program = await bundleSource('scripts/bench/render-format.ts');
  const { names } = run(program);
  // In turn, so that whatever else the machine does meets all of them alike.
  const rounds = Array.from({ length: runs }, () => names.map((name) => run(program, name, String(FINDINGS))));
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
