// Writes reports/example/: every registered format of one run over the example, without what only this machine knows.
//
//   npm run example                        writes reports/example/
//   npm run example -- --output DIR        writes them there, for a test that compares
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSource } from './load-source.mjs';
import { AS_OF, auditShop, makeShop, root, startMirror } from './shop.mjs';

const { values: flags } = parseArgs({ options: { output: { type: 'string' } } });
const folder = resolve(flags.output ?? resolve(root, 'reports/example'));

const view = withoutHost(await auditExample());
const { reportFormats } = await loadSource('src/core/report/registry.ts');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const format of reportFormats) {
  const renderer = await format.load();
  const text = renderer.render(carryOnly(view, format.needs), { color: false, width: 100, verbose: false });
  writeFileSync(join(folder, `fixby.${format.extension}`), text);
}
console.log(`Wrote ${reportFormats.length} reports to ${folder}.`);

/** The view of a real run, with the packages of every lock. */
async function auditExample() {
  const scratch = mkdtempSync(join(tmpdir(), 'fixby-example-'));
  const mirror = await startMirror();
  try {
    makeShop(join(scratch, 'shop'), pinBackend);
    const output = join(scratch, 'reports');
    // The last two are asked for so that the view carries the packages, and what ended.
    const args = ['--quiet', '--format', 'json', 'cyclonedx', 'poam', '--output', output];
    const { status, stderr } = auditShop(join(scratch, 'shop'), mirror.url, args, 'pipe');
    if (status !== 1) throw new Error(`the audit of the example exited with ${status}, and 1 was to be:\n${stderr}`);
    return JSON.parse(readFileSync(join(output, 'fixby.json'), 'utf8'));
  } finally {
    mirror.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Open ranges resolve to something else every month: the example states what they resolved to once. */
function pinBackend(shop) {
  const pins = ['jinja2==2.11.2', 'requests==2.32.5', 'certifi==2025.10.5', 'charset-normalizer==3.4.4', 'idna==3.11'];
  const more = ['markupsafe==3.0.3', 'urllib3==2.5.0', ''];
  writeFileSync(join(shop, 'backend/requirements.txt'), ["# what the shop's API runs on", ...pins, ...more].join('\n'));
  rmSync(join(shop, 'backend/requirements-dev.txt'));
}

/** The view as it would be anywhere: no versions of the tools of this machine, no times taken, no ports and folders. */
function withoutHost(view) {
  const text = JSON.stringify(view)
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://advisories.example')
    // Programs and scripts by their names: where they lie is this machine's.
    .replaceAll(/"\/[^"\s]+\/([^"/\s]+)"/g, '"$1"')
    // Which registry was asked is the operator's choice.
    .replaceAll(/published at https?:\/\/[^\s"]+/g, 'published at the registry')
    .replaceAll(/\buv \d+(?:\.\d+)+/g, 'uv')
    .replaceAll(/Python >=3\.\d+/g, 'Python 3');
  const plain = JSON.parse(text);
  const targets = plain.targets.map((target) => ({
    ...target,
    tool: { ...target.tool, version: target.tool.version === '' ? '' : 'any' },
    runs: target.runs.map((run) => ({ ...run, version: 'any', durationMs: 0 })),
    durationMs: 0,
  }));
  return { ...plain, generatedAt: new Date(AS_OF).toISOString(), targets };
}

/** The view as a run that is asked for one format alone has it. */
function carryOnly({ targets, closed, ...rest }, part) {
  const seen = part === 'packages' ? targets : targets.map((target) => ({ ...target, packages: undefined }));
  return { ...rest, targets: seen, ...(part === 'closed' ? { closed } : {}) };
}
