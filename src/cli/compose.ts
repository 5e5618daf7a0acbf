/** Wires ports to adapters: the only file that names an adapter. */
import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Config } from '../core/model/config.ts';
import type { FileRead } from '../core/model/file.ts';
import { tagPrefix } from '../core/model/release.ts';
import { listingRules } from '../core/discover/listing-rules.ts';
import { createSystemClock } from '../adapters/clock/system-clock.ts';
import { createExec } from '../adapters/exec/create-exec.ts';
import { sweepStale } from '../adapters/exec/sweep.ts';
import { createExploited, type ExploitedOptions } from '../adapters/exploited/create-exploited.ts';
import { createFiles } from '../adapters/files/create-files.ts';
import { createGit } from '../adapters/git/create-git.ts';
import { createHistory } from '../adapters/git/create-history.ts';
import { createChildren } from '../adapters/lib/children.ts';
import { allowedEnvironment } from '../adapters/lib/environment.ts';
import { readNpmCredentials } from '../adapters/lib/npm-credentials.ts';
import { readOperator } from '../adapters/lib/operator.ts';
import { createAdvisories, type AdvisoriesOptions } from '../adapters/osv-api/create-advisories.ts';
import { createPackageAdvisories } from '../adapters/osv-api/create-package-advisories.ts';
import { createRegistry } from '../adapters/registry/create-registry.ts';
import { createSink } from '../adapters/sink/create-sink.ts';
import { defaultCacheDir } from '../adapters/toolchain/cache-dir.ts';
export { describeTools } from '../adapters/toolchain/describe-tools.ts';
import { createToolchain } from '../adapters/toolchain/create-toolchain.ts';
import type { ToolchainConfig, ToolchainWithPython } from '../adapters/toolchain/create-toolchain.ts';
import type { RepositoryPorts, RunPorts } from '../pipeline/ports.ts';
import type { Mirror } from '../ports/mirror.ts';
import type { Sink } from '../ports/sink.ts';
import { exploitedInMirror } from '../mirror/exploited-in-mirror.ts';
import { advisoriesInMirror, packagesInMirror } from '../mirror/mirror-source.ts';
import { openEvidence } from './compose-evidence.ts';
import type { EvidenceKit } from './compose-evidence.ts';
import type { World } from './world.ts';

/**
 * Tools run at once unless the configuration says otherwise: one more than there are processors, since each waits for its
 * registry now and then. With more, those that run one tool after another end long after the rest.
 */
const MOST_AT_ONCE = 8;

/** What can be opened before the configuration is read. Throws a UsageError when `dir` is no folder. */
export function openRepository(world: World, dir: string, tagPattern?: string): RepositoryPorts {
  const clock = createSystemClock();
  return {
    files: createFiles({ root: dir, rules: listingRules }),
    git: createGit({ root: dir, variables: world.env, tagPrefixes: tagPrefixes(tagPattern) }),
    clock,
  };
}

export interface RunChoices {
  readonly osvUrl?: string;
  /** Where advisories come from first; absent means that an OSV API is asked. */
  readonly mirror?: Mirror;
  readonly offline: boolean;
  readonly install: boolean;
  /** Whether what the tools were given and gave is kept, for evidence. */
  readonly keepsOutputs?: boolean;
  readonly onMessage: (message: string) => void;
}

export interface OpenRun {
  readonly ports: Omit<RunPorts, 'ledger' | 'digest' | 'promises'>;
  readonly toolchain: ToolchainWithPython;
  /** What was left out of the tools' environment and why, in sentences. */
  readonly notes: readonly string[];
  /** Set when outputs are kept. */
  readonly evidence?: EvidenceKit;
}

/** Opens everything a run needs. Tools and private folders are disposed of when the world is interrupted. */
export function openRun(world: World, dir: string, config: Config, choices: RunChoices): OpenRun {
  const repository = openRepository(world, dir, config.releases.tagPattern);
  const { clock, git } = repository;
  const operator = readOperator(world.env, world.home, dir, world);
  const children = createChildren(world);
  const cacheDir = defaultCacheDir(world.env, world.platform, world.home);
  const shared = { children, clock, host: world, tempRoot: world.tempRoot, onMessage: choices.onMessage };
  sweepStale(world.tempRoot, world, clock);

  const toolchain = createToolchain({
    ...shared,
    config: toolPaths(config),
    operator,
    cacheDir,
    lockFile: assetPath(world, 'tools.lock.txt'),
    allowInstall: choices.install,
  });
  const mostAtOnce = config.audit.concurrency ?? Math.min(availableParallelism() + 1, MOST_AT_ONCE);
  const exec = createExec({
    ...shared,
    environment: (tool, folders) => allowedEnvironment(operator, tool, folders),
    repositoryRoot: dir,
    mostAtOnce,
    python: async () => {
      const found = await toolchain.findPython();
      return found.status === 'found' ? found.path : undefined;
    },
  });
  world.onEnd(() => exec.disposeAll());
  const asking = {
    cacheDir,
    offline: choices.offline,
    maxAgeMs: config.osv.maxAgeMs,
    variables: world.env,
    now: () => clock.now(),
  };
  const credentials = readNpmCredentials(operator);
  const advising = { ...asking, ...(choices.osvUrl === undefined ? {} : { osvUrl: choices.osvUrl, credentials }) };
  const evidence = choices.keepsOutputs === true ? { evidence: openEvidence(world, operator, clock) } : {};
  const ports: OpenRun['ports'] = {
    ...(evidence.evidence === undefined ? {} : { outputs: evidence.evidence.outputs }),
    files: createFiles({ root: dir, rules: listingRules, ...config.discover }),
    git,
    history: createHistory({ root: dir, variables: world.env }),
    clock,
    exec,
    toolchain,
    ...openAdvisories(advising, config, choices),
    registry: createRegistry({ ...asking, credentials }),
    exploited: openExploited({ ...asking, ...config.exploited, repositoryRoot: dir }, config, choices),
    admit: pLimit(mostAtOnce),
    signal: world.interrupted,
  };
  return { ports, toolchain, notes: operator.notes, ...evidence };
}

/** A mirror answers alone, unless the operator names an OSV source for what it does not have. */
function openAdvisories(
  asking: AdvisoriesOptions,
  { mirror: { maxAgeMs } }: Config,
  { mirror, osvUrl }: RunChoices,
): Pick<RunPorts, 'advisories' | 'packages'> {
  if (mirror === undefined) {
    const advisories = createAdvisories(asking);
    return { advisories, packages: createPackageAdvisories(asking, advisories) };
  }
  return {
    advisories: advisoriesInMirror(mirror, osvUrl === undefined ? undefined : createAdvisories(asking)),
    packages: packagesInMirror(mirror, { maxAgeMs, now: asking.now }),
  };
}

/** What is configured is asked; what is not, a mirror may hold. */
function openExploited(
  asking: ExploitedOptions,
  { mirror: { maxAgeMs } }: Config,
  { mirror }: RunChoices,
): RunPorts['exploited'] {
  const configured = createExploited(asking);
  return mirror === undefined ? configured : exploitedInMirror(mirror, configured, { maxAgeMs, now: asking.now });
}

/** Where reports go: below `base`, and through no link of the audited repository. `flag` is what chose the place. */
export function openSink(base: string, repositoryRoot: string, flag: string | null = '--output'): Sink {
  return createSink({ base, repositoryRoot, flag });
}

/** A file the operator named on the command line, wherever it lies. */
export async function readOperatorFile(path: string): Promise<FileRead> {
  const real = await realpath(path).catch(() => path);
  const file = await createFiles({ root: dirname(real), rules: listingRules }).read(basename(real));
  return { ...file, path };
}

/** A file that lies beside the bundle; when running from source, in the adapter that needs it. */
function assetPath(world: World, name: string): string {
  const beside = world.entry.endsWith('.ts') ? `./adapters/toolchain/${name}` : `./${name}`;
  return fileURLToPath(new URL(beside, world.entry));
}

function toolPaths({ tools, python }: Config): ToolchainConfig {
  return {
    ...(tools.npm === undefined ? {} : { npm: tools.npm }),
    ...(tools['pip-audit'] === undefined ? {} : { pipAudit: tools['pip-audit'] }),
    ...(tools.uv === undefined ? {} : { uv: tools.uv }),
    ...(python.interpreter === undefined ? {} : { python: python.interpreter }),
  };
}

function tagPrefixes(pattern: string | undefined): readonly string[] {
  return pattern === undefined ? [] : [tagPrefix(pattern)];
}
