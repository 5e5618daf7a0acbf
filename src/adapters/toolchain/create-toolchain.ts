/** Finds the tools: the one that is configured, else the first good one on the PATH, else fixby's own. */
import { isAbsolute, join } from 'node:path';
import { once } from '../../core/model/once.ts';
import type { ToolName } from '../../core/model/program.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FoundTool, MissingTool, Toolchain } from '../../ports/toolchain.ts';
import type { Children } from '../lib/children.ts';
import type { Host } from '../lib/host.ts';
import type { Operator } from '../lib/operator.ts';
import { liesInside } from '../lib/inside.ts';
import { findPrograms, isExecutable } from '../lib/search-path.ts';
import { distrustOf } from './cache-dir.ts';
import { findPython } from './find-python.ts';
import type { FoundPython, MissingPython } from './find-python.ts';
import { inspectNpm, npmBeside } from './inspect-npm.ts';
import { inspectPipAudit, inspectUv } from './inspect-python-tools.ts';
import { reject } from './inspection.ts';
import type { Inspection, Unusable } from './inspection.ts';
import { manageTools } from './managed-tools.ts';
import type { ManagedTools, NoManagedTools } from './managed-tools.ts';
import { createProbe } from './probe.ts';
import type { Probe } from './probe.ts';
import { MINIMUM } from './tool-versions.ts';

/** Absolute paths of the programs the operator wants; a tool that is named here is looked for nowhere else. */
export interface ToolchainConfig {
  readonly npm?: string;
  readonly pipAudit?: string;
  readonly uv?: string;
  readonly python?: string;
}

export interface ToolchainOptions {
  readonly config: ToolchainConfig;
  readonly operator: Operator;
  /** Where answers and the managed environment are kept, see cache-dir.ts. */
  readonly cacheDir: string;
  /** The pinned requirements of the managed environment: tools.lock.txt. */
  readonly lockFile: string;
  readonly allowInstall: boolean;
  /** Where a program that is asked for its version works; outside the repository. */
  readonly tempRoot: string;
  readonly children: Children;
  readonly clock: Clock;
  readonly host: Host;
  /** Hears of the installation of the managed tools. */
  readonly onMessage: (message: string) => void;
}

export interface ToolchainWithPython extends Toolchain {
  /** The trusted interpreter; looked for once. */
  findPython(): Promise<FoundPython | MissingPython>;
}

/** The adapter of ports/toolchain.ts. */
export function createToolchain(options: ToolchainOptions): ToolchainWithPython {
  const { config, operator, cacheDir, host } = options;
  const distrust = distrustOf(cacheDir, operator.repositoryRoot, host);
  const probe = createProbe(distrust === undefined ? cacheDir : undefined, options);
  const python = once(() => findPython(config.python, operator, probe));
  const managed = once(() => findManaged(options, distrust, python));
  const finders: Readonly<Record<ToolName, () => Promise<FoundTool | MissingTool>>> = {
    npm: once(() => findNpm(options)),
    'pip-audit': once(() => findPythonTool('pip-audit', config.pipAudit, options, probe, managed)),
    uv: once(() => findPythonTool('uv', config.uv, options, probe, managed)),
  };
  return { find: (tool) => finders[tool](), findPython: python };
}

async function findNpm(options: ToolchainOptions): Promise<FoundTool | MissingTool> {
  const { config, operator, host } = options;
  const look = (file: string) => Promise.resolve(inspectNpm(file, host.execPath, operator.repositoryRoot));
  if (config.npm !== undefined) return findConfigured('npm', config.npm, operator, look);
  const names = host.platform === 'win32' ? ['npm.cmd'] : ['npm'];
  const files = [...findPrograms(names, operator.folders, operator.repositoryRoot), ...npmBeside(host.execPath)];
  const choice = await choose('npm', files, look);
  if (choice.status === 'found') return choice;
  return missing('npm', choice.passedOver, 'Install Node.js with npm, or name an npm in the configuration.');
}

async function findPythonTool(
  tool: 'pip-audit' | 'uv',
  configured: string | undefined,
  options: ToolchainOptions,
  probe: Probe,
  managed: () => Promise<ManagedTools | NoManagedTools>,
): Promise<FoundTool | MissingTool> {
  const { operator, host } = options;
  const look = (file: string) =>
    tool === 'uv' ? inspectUv(file, probe) : inspectPipAudit(file, probe, operator.repositoryRoot);
  if (configured !== undefined) return findConfigured(tool, configured, operator, look);
  const name = host.platform === 'win32' ? `${tool}.exe` : tool;
  const choice = await choose(tool, findPrograms([name], operator.folders, operator.repositoryRoot), look);
  if (choice.status === 'found') return choice;
  const own = await managed();
  if (own.status === 'not-ready') return missing(tool, [...choice.passedOver, own.detail], own.mend);
  return { status: 'found', tool, ...(tool === 'uv' ? own.uv : own.pipAudit), origin: 'managed' };
}

/** What was asked for by name and cannot be used is missing: taking another in its place would go unseen. */
async function findConfigured(
  tool: ToolName,
  file: string,
  operator: Operator,
  look: (file: string) => Promise<Inspection>,
): Promise<FoundTool | MissingTool> {
  const seen = await lookAtConfigured(file, operator, look);
  if (seen.status === 'unusable') return missing(tool, [seen], `Correct the path of ${tool} in the configuration.`);
  return { status: 'found', tool, command: seen.command, version: seen.version, origin: 'config' };
}

async function lookAtConfigured(
  file: string,
  operator: Operator,
  look: (file: string) => Promise<Inspection>,
): Promise<Inspection> {
  if (!isAbsolute(file)) return reject(file, 'its path is not absolute');
  if (liesInside(operator.repositoryRoot, file)) return reject(file, 'it lies inside the audited repository');
  return isExecutable(file) ? look(file) : reject(file, 'it is no program');
}

interface NoChoice {
  readonly status: 'none';
  readonly passedOver: readonly Unusable[];
}

async function choose(
  tool: ToolName,
  files: readonly string[],
  look: (file: string) => Promise<Inspection>,
): Promise<FoundTool | NoChoice> {
  const passedOver: Unusable[] = [];
  for (const file of files) {
    const seen = await look(file);
    if (seen.status === 'usable') {
      return { status: 'found', tool, command: seen.command, version: seen.version, origin: 'path' };
    }
    passedOver.push(seen);
  }
  return { status: 'none', passedOver };
}

async function findManaged(
  options: ToolchainOptions,
  distrust: string | undefined,
  python: () => Promise<FoundPython | MissingPython>,
): Promise<ManagedTools | NoManagedTools> {
  if (distrust !== undefined) {
    return {
      status: 'not-ready',
      detail: distrust,
      mend: 'Set FIXBY_CACHE_DIR to a folder of your own outside the repository.',
    };
  }
  const found = await python();
  if (found.status === 'missing') return { status: 'not-ready', detail: found.detail, mend: found.mend };
  return manageTools({ ...options, folder: join(options.cacheDir, 'tools'), python: found });
}

function missing(tool: ToolName, reasons: readonly (Unusable | string)[], mend: string): MissingTool {
  const tooOld = reasons.some((reason) => typeof reason !== 'string' && reason.reason === 'too-old');
  const details = reasons.map((reason) => (typeof reason === 'string' ? reason : reason.detail));
  const none = `No ${tool} from ${MINIMUM[tool].version} on was found on the PATH.`;
  return {
    status: 'missing',
    tool,
    reason: tooOld ? 'too-old' : 'missing',
    detail: [none, ...details].join(' '),
    mend,
  };
}
