// `fixby report`, with and without a checkpoint, and `fixby ledger verify` over a generated ledger of 100,000 events.
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fixby, mebibytes, median, scratch, seconds, time } from './measure.mjs';
import { loadSource } from '../load-source.mjs';

const POLICY =
  '# Security\n\n## Update policy\n\n- Critical: 2 days\n- High: 7 days\n- Medium: 30 days\n- Low: 90 days\n';

/** The least that anyone has to do who reads a ledger and believes nothing. */
const PLAIN = `
const lines = require('node:fs').readFileSync(process.argv[1], 'latin1').split('\\n').slice(0, -1);
for (const line of lines) {
  require('node:crypto').createHash('sha256').update(line, 'latin1').digest('hex');
  JSON.parse(line);
}`;

export async function measure({ runs }) {
  const { generateLedger } = await loadSource('test/support/synthetic-ledger.ts');
  const dir = resolve(scratch, 'ledger');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(resolve(dir, '.fixby'), { recursive: true });
  const past = { runs: 25_000, hoursBetween: 1, runsToOneFinding: 8, changes: 3, standing: 200 };
  const lines = [...generateLedger({ ...past, start: '2023-05-01T00:00:00.000Z' })];
  const file = resolve(dir, '.fixby/ledger.jsonl');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(resolve(dir, 'SECURITY.md'), POLICY);

  const cache = resolve(dir, '../ledger-cache');
  rmSync(cache, { recursive: true, force: true });
  const report = [fixby, 'report', dir, '--as-of', '2026-03-08', '--format', 'json'];
  const commands = [
    // In a folder of the repository itself no checkpoint is kept.
    { name: '`fixby report`, the first time', args: report, cache: resolve(dir, 'cache') },
    { name: '`fixby report`, from then on', args: report, cache, goal: '< 1 s' },
    { name: '`fixby ledger verify`', args: [fixby, 'ledger', 'verify', dir] },
    { name: 'plain Node: read, split, hash and parse every line', args: ['-e', PLAIN, file] },
    { name: '`node -e 0`', args: ['-e', '0'] },
  ];
  // In turn, so that whatever else the machine does meets all of them alike.
  const took = commands.map(() => []);
  const start = ({ args, cache: FIXBY_CACHE_DIR = cache }) =>
    time(process.execPath, args, { env: { ...process.env, FIXBY_CACHE_DIR } });
  await start(commands[1]);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, command] of commands.entries()) took[index].push(await start(command));
  }
  const rows = commands.map(({ name, goal = '' }, index) => row(name, took[index], goal));
  return `## Ledger

A ledger of ${lines.length.toLocaleString('en')} events (${mebibytes(statSync(file).size)}): hourly runs for almost three years, three findings that come and go a day,
three changes a run. Whole processes in turn, medians of ${runs} runs. The first time every line is hashed, parsed and validated; from then on what
they added up to is taken from the cache, once all bytes were hashed and found to be the same. What plain Node needs for no more than
looking at every line says how fast the machine was that day.

| | wall | processor | peak memory | goal |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function row(name, took, goal) {
  const peak = Math.max(...took.map(({ bytes }) => bytes));
  const cpu = median(took, ({ cpuMs }) => cpuMs);
  return `| ${name} | ${seconds(median(took))} | ${seconds(cpu)} | ${mebibytes(peak)} | ${goal} |`;
}
