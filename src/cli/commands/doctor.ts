/** `fixby doctor`: whether an audit on this machine can be conclusive, and what mends what stands in its way. */
import { resolve } from 'node:path';
import { readConfig } from '../../core/config/read-config.ts';
import { environmentChecks } from '../../core/doctor/environment.ts';
import { invalid, toDoctorReport } from '../../core/doctor/report.ts';
import type { Auditor } from '../../core/model/auditor.ts';
import type { Config } from '../../core/model/config.ts';
import type { DoctorCheck } from '../../core/model/doctor-report.ts';
import { ECOSYSTEMS, type Ecosystem } from '../../core/model/ecosystem.ts';
import { UsageError } from '../../core/model/problem.ts';
import { visible } from '../../core/model/text.ts';
import { doctorJson } from '../../core/report/doctor/json.ts';
import { doctorTable } from '../../core/report/doctor/table.ts';
import { loadExceptions } from '../../pipeline/accepted-risks.ts';
import { chooseAuditors } from '../../pipeline/choose-auditors.ts';
import { skipped, tryAdvisories, tryGit, tryLedger, tryMirror, trySources } from '../../pipeline/examine-machine.ts';
import { findTargets } from '../../pipeline/find-targets.ts';
import { CONFIG_FILE, loadConfig, loadPolicy } from '../../pipeline/setup.ts';
import { openLedger } from '../compose-ledger.ts';
import { describeTools, openRepository, openRun, readOperatorFile } from '../compose.ts';
import type { OpenRun } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { openMirrorAt, settingsOf } from '../run-check.ts';
import { readRunOptions } from '../run-options.ts';
import type { RunOptions } from '../run-options.ts';
import { screenWidth } from '../world.ts';
import type { World } from '../world.ts';

/**
 * 0 when an audit can be conclusive, 2 when a file of the repository cannot be used, 3 when a tool or a source fails.
 * Nothing is changed, but for the managed environment that `--prepare` makes.
 */
export async function runDoctor(world: World, dir: string, raw: Readonly<Record<string, unknown>>): Promise<number> {
  const options = readRunOptions(world, dir, { ...raw, format: undefined });
  const report = toDoctorReport(await examine(world, options, raw['prepare'] === true));
  const look = { width: screenWidth(world.stdout), color: options.color };
  world.stdout.write(raw['format'] === 'json' ? doctorJson(report) : doctorTable(report, look));
  if (report.checks.some(({ status }) => status === 'invalid')) return EXIT.usage;
  return report.ready ? EXIT.pass : EXIT.inconclusive;
}

async function examine(world: World, options: RunOptions, prepare: boolean): Promise<readonly DoctorCheck[]> {
  const { config, checks } = await examineFiles(world, options);
  const osvUrl = options.osvUrl ?? config.osv.url;
  const { path } = config.mirror;
  const mirror = path === undefined ? undefined : await openMirrorAt(path);
  // What the cache holds says nothing about the source.
  const run = openRun(
    world,
    options.dir,
    { ...config, osv: { ...config.osv, maxAgeMs: 0 } },
    {
      ...(osvUrl === undefined ? {} : { osvUrl }),
      ...(mirror === undefined ? {} : { mirror }),
      offline: options.offline,
      install: prepare,
      onMessage: (message) => world.stderr.write(`fixby: ${visible(message)}\n`),
    },
  );
  const { ports, notes } = run;
  const { auditors, needed } = await findNeeded(config, run);
  const tools = await examineTools(auditors, needed, run);
  const settings = { ...settingsOf(options, config, osvUrl), attempts: 1 };
  const sources = [settings.npmRegistry, osvUrl, settings.pythonIndex].filter((url) => url !== undefined);
  const [git, ledger, asked] = await Promise.all([
    tryGit(ports.git),
    valueOrInvalid('ledger', () => openLedger(world, options.dir, config.ledger, 'read').then(tryLedger)),
    options.offline ? [skipped('sources', 'nobody is asked with --offline')] : askSources(),
  ]);
  const imported = tryMirror(ports.packages, needed);
  await mirror?.close();
  const left = notes.map((message): DoctorCheck => ({ check: 'environment', status: 'remark', message }));
  return [
    ...tools.checks,
    git,
    ...checks,
    ...asked,
    imported,
    ...ledger,
    ...environmentChecks(world.env, sources),
    ...left,
  ];

  async function askSources(): Promise<readonly DoctorCheck[]> {
    const asking = new Set([...needed].filter((ecosystem) => !tools.unable.has(ecosystem)));
    const [trials, records] = await Promise.all([
      trySources(auditors, asking, settings, ports),
      tryAdvisories(ports.advisories, needed),
    ]);
    return [...trials, records];
  }
}

/** Configuration, policy and accepted risks; where the first cannot be used, the rest is looked at without one. */
async function examineFiles(
  world: World,
  { dir, configFile }: RunOptions,
): Promise<{ readonly config: Config; readonly checks: readonly DoctorCheck[] }> {
  const { files } = openRepository(world, dir);
  const read = (path: string): ReturnType<typeof files.read> => files.read(path);
  const named = configFile === undefined ? {} : { config: await readOperatorFile(resolve(world.cwd, configFile)) };
  let config = defaults();
  const checks = [
    ...(await valueOrInvalid('configuration', async () => {
      config = await loadConfig(named, read);
      const written = configFile !== undefined || (await read(CONFIG_FILE)).status === 'ok';
      return ok('configuration', written ? 'can be used' : `there is no ${CONFIG_FILE}; what is usual holds`);
    })),
    ...(await valueOrInvalid('policy', async () => {
      const { policy } = await loadPolicy(config, read);
      return ok('policy', `${policy.source.file}:${policy.source.line} names a window for every severity`);
    })),
    ...(await valueOrInvalid('exceptions', async () => {
      const { length } = await loadExceptions(read);
      return ok('exceptions', length === 0 ? 'no risk is accepted' : `${length} accepted, and the file can be used`);
    })),
  ];
  return { config, checks };
}

function defaults(): Config {
  const reading = readConfig(null);
  if (reading.ok) return reading.config;
  throw new TypeError('an empty configuration is invalid');
}

/** Ecosystems of the repository's targets that an auditor is chosen for; where there is no target, all of them. */
async function findNeeded(
  config: Config,
  { ports }: OpenRun,
): Promise<{ readonly auditors: readonly Auditor[]; readonly needed: ReadonlySet<Ecosystem> }> {
  const { targets } = await findTargets(ports, () => undefined);
  const { auditors } = chooseAuditors(config.audit.auditors, targets);
  const covered = new Set(auditors.flatMap(ecosystemsOf));
  const present = new Set(targets.map(({ ecosystem }) => ecosystem).filter((ecosystem) => covered.has(ecosystem)));
  return { auditors, needed: present.size === 0 ? covered : present };
}

/** Every tool with what it is, and the ecosystems that cannot be audited for want of one. */
async function examineTools(
  auditors: readonly Auditor[],
  needed: ReadonlySet<Ecosystem>,
  { toolchain }: OpenRun,
): Promise<{ readonly checks: readonly DoctorCheck[]; readonly unable: ReadonlySet<Ecosystem> }> {
  const tools = await describeTools(toolchain);
  const users = (tool: string): readonly Ecosystem[] =>
    auditors.flatMap((auditor) => ecosystemsOf(auditor).filter((ecosystem) => isToolOf(auditor, ecosystem, tool)));
  const missing = tools.filter(({ status }) => status === 'missing');
  const isNeeded = (tool: string): boolean => users(tool).some((ecosystem) => needed.has(ecosystem));
  const checks = tools.map((tool): DoctorCheck => {
    if (tool.status === 'found') {
      const { version, command, origin } = tool;
      return { check: tool.tool, status: 'ok', message: ORIGINS[origin], version, command: [...command] };
    }
    if (!isNeeded(tool.tool)) return skipped(tool.tool, `${tool.detail}; nothing here needs it`);
    return { check: tool.tool, status: 'failed', message: tool.detail, mend: tool.mend };
  });
  return { checks, unable: new Set(missing.flatMap(({ tool }) => users(tool))) };
}

const ORIGINS = { config: 'as configured', path: 'from PATH', managed: "from fixby's own environment" } as const;

/** The interpreter runs pip-audit. */
function isToolOf({ tools }: Auditor, ecosystem: Ecosystem, tool: string): boolean {
  const own = tools[ecosystem] ?? [];
  return own.some((each) => each === tool) || (tool === 'python' && own.includes('pip-audit'));
}

function ecosystemsOf({ tools }: Auditor): readonly Ecosystem[] {
  return ECOSYSTEMS.filter((ecosystem) => tools[ecosystem] !== undefined);
}

async function valueOrInvalid(check: string, look: () => Promise<DoctorCheck>): Promise<readonly DoctorCheck[]> {
  try {
    return [await look()];
  } catch (error) {
    if (error instanceof UsageError) return invalid(check, error);
    throw error;
  }
}

function ok(check: string, message: string): DoctorCheck {
  return { check, status: 'ok', message };
}
