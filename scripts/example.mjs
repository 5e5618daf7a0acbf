// Writes reports/example/: every registered format of one run over the example, and every other report, without what only this machine knows.
//
//   npm run example                        writes reports/example/
//   npm run example -- --output DIR        writes them there, for a test that compares
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSource } from './load-source.mjs';
import { AS_OF, makeShop, root, runFixby, startMirror } from './shop.mjs';

const { values: flags } = parseArgs({ options: { output: { type: 'string' } } });
const folder = resolve(flags.output ?? resolve(root, 'reports/example'));

const made = await makeShopReports();
const { reportFormats } = await loadSource('src/core/report/registry.ts');
const { writeOtherReports } = await loadSource('scripts/other-reports.ts');
const formats = reportFormats.map(async (format) => {
  const renderer = await format.load();
  const text = renderer.render(carryOnly(made.audit, format.needs), { color: false, width: 100, verbose: false });
  return { name: `fixby.${format.extension}`, text };
});
const files = [...(await Promise.all(formats)), ...writeOtherReports(made)];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { name, text } of files) writeFileSync(join(folder, name), text);
console.log(`Wrote ${files.length} reports to ${folder}.`);

/** The views of real runs over the shop: of an audit with the packages of every lock, of a release, and of its past. */
async function makeShopReports() {
  const scratch = mkdtempSync(join(tmpdir(), 'fixby-example-'));
  const mirror = await startMirror();
  try {
    const shop = join(scratch, 'shop');
    makeShop(shop, pinBackend);
    // The last two formats are asked for so that the view carries the packages, and what ended.
    const audit = runOnShop(['audit', shop], mirror.url, ['--format', 'json', 'cyclonedx', 'poam']);
    const release = runOnShop(['release', '1.4.0', shop], mirror.url, ['--format', 'json', 'markdown']);
    const history = runOnShop(['history', shop], mirror.url, ['--format', 'json', 'markdown']);
    return { audit: withoutHost(audit), release: withoutHost(release), history: withoutPlaces(history) };
  } finally {
    mirror.stop();
    rmSync(scratch, { recursive: true, force: true });
  }

  /** What the command wrote as JSON. */
  function runOnShop(words, url, args) {
    const output = join(scratch, words[0]);
    const { status, stderr } = runFixby(words, url, ['--quiet', ...args, '--output', output], 'pipe');
    if (status !== (words[0] === 'history' ? 0 : 1))
      throw new Error(`fixby ${words[0]} exited with ${status}:\n${stderr}`);
    const name = readdirSync(output).find((each) => each.endsWith('.json') && !each.includes('.cdx.'));
    return JSON.parse(readFileSync(join(output, name), 'utf8'));
  }
}

/** Open ranges resolve to something else every month: the example states what they resolved to once. */
function pinBackend(shop) {
  const pins = ['jinja2==2.11.2', 'requests==2.32.5', 'certifi==2025.10.5', 'charset-normalizer==3.4.4', 'idna==3.11'];
  const more = ['markupsafe==3.0.3', 'urllib3==2.5.0', ''];
  writeFileSync(join(shop, 'backend/requirements.txt'), ["# what the shop's API runs on", ...pins, ...more].join('\n'));
  rmSync(join(shop, 'backend/requirements-dev.txt'));
}

/** As it would be anywhere and at any time: no ports and folders of this machine, no hour of making it. */
function withoutPlaces(view) {
  const text = JSON.stringify(view)
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://advisories.example')
    // Programs and scripts by their names: where they lie is this machine's.
    .replaceAll(/"\/[^"\s]+\/([^"/\s]+)"/g, '"$1"')
    // Which registry was asked is the operator's choice.
    .replaceAll(/published at https?:\/\/[^\s"]+/g, 'published at the registry')
    .replaceAll(/\buv \d+(?:\.\d+)+/g, 'uv')
    .replaceAll(/Python >=3\.\d+/g, 'Python 3');
  return { ...JSON.parse(text), generatedAt: new Date(AS_OF).toISOString() };
}

/** The view of a run as it would be anywhere: no versions of the tools of this machine, no times taken. */
function withoutHost(view) {
  const plain = withoutPlaces(view);
  const targets = plain.targets.map((target) => ({
    ...target,
    tool: { ...target.tool, version: target.tool.version === '' ? '' : 'any' },
    runs: target.runs.map((run) => ({ ...run, version: 'any', durationMs: 0 })),
    durationMs: 0,
  }));
  return { ...plain, targets };
}

/** The view as a run that is asked for one format alone has it. */
function carryOnly({ targets, closed, ...rest }, part) {
  const seen = part === 'packages' ? targets : targets.map((target) => ({ ...target, packages: undefined }));
  return { ...rest, targets: seen, ...(part === 'closed' ? { closed } : {}) };
}
