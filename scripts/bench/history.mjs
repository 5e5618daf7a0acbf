// `fixby history` over generated pasts: the goal, and how the cost grows with revisions, packages and changed entries.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fixby, mebibytes, median, scratch, seconds, time } from './measure.mjs';
import { loadSource } from '../load-source.mjs';

const PASTS = [
  { revisions: 1000, packages: 800, changes: 4, goal: '< 5 s' },
  { revisions: 250, packages: 800, changes: 4 },
  { revisions: 1000, packages: 200, changes: 4 },
  { revisions: 1000, packages: 800, changes: 40 },
];
const RECORDS = 400;
const START = '2023-06-01T00:00:00Z';
const POLICY =
  '# Security\n\n## Update policy\n\n- Critical: 2 days\n- High: 7 days\n- Medium: 30 days\n- Low: 90 days\n';

export async function measure({ runs }) {
  const { writeHistory, generateLocks, packageName, numbers } = await loadSource('test/support/synthetic-history.ts');
  const advisories = writeAdvisories(packageName, numbers(7));
  const rows = [];
  for (const past of PASTS) {
    const dir = resolve(scratch, `history-${past.revisions}-${past.packages}-${past.changes}`);
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
    await writeHistory(dir, generateLocks({ ...past, seed: 1, start: START }));
    writeFileSync(resolve(dir, 'SECURITY.md'), POLICY);
    const args = ['history', dir, '--since', '2023-06-01', '--as-of', '2026-03-01', '--advisories', advisories];
    const took = [];
    for (let run = 0; run < runs; run += 1) {
      took.push(await time(process.execPath, [fixby, ...args, '--offline', '--quiet', '--format', 'json']));
    }
    rows.push({ past, took });
  }
  return `## History

\`fixby history\` over generated repositories, a lock of that many packages in that many commits, matched with ${RECORDS} records in a
folder. Whole processes with git's, medians of ${runs} runs. Four times the revisions, four times the packages and ten times the changed
entries each cost far less than that much more: what is paid for is what changed.

| revisions | packages | changed entries a revision | wall | processor | peak memory | goal |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map(row).join('\n')}
`;
}

function row({ past: { revisions, packages, changes, goal = '' }, took }) {
  const peak = Math.max(...took.map(({ bytes }) => bytes));
  const cpu = median(took, ({ cpuMs }) => cpuMs);
  return `| ${revisions} | ${packages} | ${changes} | ${seconds(median(took))} | ${seconds(cpu)} | ${mebibytes(peak)} | ${goal} |`;
}

/** Flaws spread over the packages and the years, most of them fixed by a version the locks reach. */
function writeAdvisories(packageName, random) {
  const folder = resolve(scratch, 'advisories');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < RECORDS; index += 1) {
    const id = `GHSA-${String(index).padStart(4, '0')}-bench-mark`;
    const day = new Date(Date.parse(START) + Math.floor(random() * 1000) * 86_400_000).toISOString();
    const events = [{ introduced: '0' }, { fixed: `${Math.floor(random() * 2)}.${1 + Math.floor(random() * 2)}.0` }];
    const name = packageName(Math.floor(random() * 800));
    const record = {
      ...{ id, modified: day, published: day },
      database_specific: { severity: ['CRITICAL', 'HIGH', 'MODERATE', 'LOW'][index % 4] },
      affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
    };
    writeFileSync(resolve(folder, `${id}.json`), JSON.stringify(record));
  }
  return folder;
}
