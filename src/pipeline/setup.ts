/** Reads what decides a run before it looks at anything: the configuration and the policy. */
import { readConfig } from '../core/config/read-config.ts';
import type { Config } from '../core/model/config.ts';
import type { SourceText } from '../core/model/evidence.ts';
import type { RiskException } from '../core/model/exception.ts';
import type { FileRead } from '../core/model/file.ts';
import type { Policy } from '../core/model/policy.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import type { PolicyConfidence } from '../core/policy/policy-reading.ts';
import { EXCEPTIONS_FILE } from '../core/exceptions/read-exceptions.ts';
import { readPolicy } from '../core/policy/read-policy.ts';
import { loadExceptions } from './accepted-risks.ts';
import type { RepositoryPorts } from './ports.ts';

export const CONFIG_FILE = '.fixby/config.yaml';

/** Where a policy is looked for, in this order. */
const POLICY_FILES = ['SECURITY.md', '.github/SECURITY.md', 'docs/SECURITY.md'];

export interface SetupRequest {
  /** A configuration the operator named; it replaces the repository's own. */
  readonly config?: FileRead;
  /** Read configuration and policy as they were at this ref, so that a change cannot loosen its own gate. */
  readonly since?: string;
}

export interface Setup {
  readonly config: Config;
  readonly policy: Policy;
  /** The whole text the policy was read from. */
  readonly policyText: string;
  /** How sure the reading of each window is. */
  readonly confidence: PolicyConfidence;
  readonly problems: readonly Problem[];
  /** The accepted risks, from the same place. */
  readonly exceptions: readonly RiskException[];
  /** The texts all of this was read from, for evidence. */
  readonly sources: readonly SourceText[];
}

type Read = (path: string) => Promise<FileRead>;

/** Throws a UsageError that names every problem at once when either cannot be used. */
export async function readSetup(request: SetupRequest, { files, git }: RepositoryPorts): Promise<Setup> {
  const { since } = request;
  const seen = new Map<string, FileRead>();
  const read: Read = async (path) => {
    const file = await (since === undefined ? files.read(path) : git.readAt(since, path));
    seen.set(path, file);
    return file;
  };
  const config = await loadConfig(request, read);
  const policy = await loadPolicy(config, read);
  const exceptions = await loadExceptions(read);
  const sources = [
    ...toSource('policy', seen.get(policy.policy.source.file)),
    ...toSource('configuration', request.config ?? seen.get(CONFIG_FILE)),
    ...toSource('exceptions', seen.get(EXCEPTIONS_FILE)),
  ];
  return { config, ...policy, exceptions, sources };
}

function toSource(kind: SourceText['kind'], file: FileRead | undefined): readonly SourceText[] {
  return file?.status === 'ok' ? [{ kind, file: file.path, sha256: file.sha256, text: file.text }] : [];
}

/** The configuration alone, for commands that need no policy. */
export async function loadConfig(request: SetupRequest, read: Read): Promise<Config> {
  const file = request.config ?? (await read(CONFIG_FILE));
  if (file.status === 'missing' && request.config === undefined) return useConfig(readConfig(null));
  if (file.status !== 'ok') {
    throw new UsageError(
      'config-unreadable',
      `${file.path} cannot be read: ${file.detail}`,
      request.config === undefined ? 'Make it a plain file, or remove it.' : 'Name a configuration that can be read.',
    );
  }
  return useConfig(readConfig(file));
}

function useConfig(reading: ReturnType<typeof readConfig>): Config {
  if (reading.ok) return reading.config;
  throw new UsageError(
    'config-invalid',
    'The configuration cannot be used.',
    'Mend what is listed above.',
    reading.problems,
  );
}

/** Where the policy of a repository may lie: where the configuration says, or in the usual places. */
export function policyPaths({ policy }: Config): readonly string[] {
  return policy.file === undefined ? POLICY_FILES : [policy.file];
}

/** The policy with what its reading left to say. Throws a UsageError that names everything that keeps it from being read. */
export async function loadPolicy(
  config: Config,
  read: Read,
): Promise<Omit<Setup, 'config' | 'exceptions' | 'sources'>> {
  const files = await Promise.all(policyPaths(config).map(read));
  const texts = files.filter((file) => file.status === 'ok');
  const reading = readPolicy({ files: texts, overrides: config.policy });
  if (reading.ok) {
    const { policy, confidence, problems } = reading;
    return { policy, policyText: await textOf(policy.source.file, texts, read), confidence, problems };
  }
  throw new UsageError(
    'policy-unusable',
    'The update policy could not be read without guessing.',
    'Mend what is listed above; `fixby policy` shows what was understood.',
    reading.problems,
  );
}

/** The policy may stand in the configuration, which was not among the files it was looked for in. */
async function textOf(path: string, texts: readonly FileRead[], read: Read): Promise<string> {
  const file = texts.find((each) => each.path === path) ?? (await read(path));
  return file.status === 'ok' ? file.text : '';
}
