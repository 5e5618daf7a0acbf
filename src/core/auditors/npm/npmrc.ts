/** Finds in the repository's own .npmrc what would have redirected or blinded npm. Nothing of it is ever applied. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { FileRead } from '../../model/file.ts';
import { sortedUnique } from '../../model/order.ts';
import type { Problem } from '../../model/problem.ts';
import { type Program, readFiles, runTool } from '../../model/program.ts';
import type { Target } from '../../model/target.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { registryCommand } from './command.ts';
import { inTarget } from './read-target.ts';

export interface NpmrcSetting {
  readonly key: string;
  readonly value: string;
}

// Every key here has been seen to send an audit elsewhere, to hide findings from it, to make it fail, or to run code.
const TELLING = new Set([
  'registry', 'proxy', 'https-proxy', 'http-proxy', 'noproxy', 'no-proxy', 'strict-ssl', 'ca', 'cafile', 'cert', 'key',
  'replace-registry-host', 'user-agent', 'local-address', 'offline', 'prefer-offline', 'cache', 'omit', 'include', 'only',
  'also', 'production', 'dev', 'optional', 'audit', 'audit-level', 'usage', 'global', 'location', 'git', 'package-lock',
  'shrinkwrap', 'package-lock-only', 'workspace', 'workspaces', 'node-options', 'script-shell', 'shell', 'prefix',
  'userconfig', 'globalconfig', 'fetch-timeout', 'fetch-retries', 'logs-dir', 'before', 'allow-git',
]); // prettier-ignore

const MOST_SETTINGS = 1000;

/** The settings of a .npmrc that matter to an audit, in the order they stand. Comments and sections are passed over. */
export function readNpmrc(text: string): readonly NpmrcSetting[] {
  return text
    .split(/\r?\n/)
    .slice(0, MOST_SETTINGS)
    .map(readLine)
    .filter((setting) => setting !== undefined)
    .filter(({ key, value }) => isTelling(key) || (value.includes('${') && !isCredential(key)));
}

function readLine(line: string): NpmrcSetting | undefined {
  const [, key, value] = /^\s*([^;#[\s=][^=]*?)\s*(?:=\s*(.*))?$/.exec(line) ?? [];
  if (key === undefined) return undefined;
  const plain = key.replace(/^["']|["']$/g, '').replace(/\[\]$/, '');
  return { key: plain.toLowerCase(), value: (value ?? 'true').trim().replace(/^["']|["']$/g, '') };
}

function isTelling(key: string): boolean {
  return TELLING.has(key) || isRegistry(key) || /^\/\/.*:(?:cafile|certfile|keyfile)$/.test(key);
}

function isRegistry(key: string): boolean {
  return key === 'registry' || /^@[^:]+:registry$/.test(key);
}

// A token taken from the environment is how they are meant to be given, and it goes to the registry it names only.
function isCredential(key: string): boolean {
  return /^\/\/.*:(?:_authtoken|_auth|_password|username)$/.test(key);
}

/** Reads the .npmrc beside the manifest and at the root, and says what they ask for that the team has not named. */
export function* inspectNpmrc(target: Target, settings: AuditSettings): Program<readonly Problem[]> {
  const files = yield* readFiles(sortedUnique([inTarget(target, '.npmrc'), '.npmrc']));
  const asked = files.map((file) => ({ file, settings: file.status === 'ok' ? readNpmrc(file.text) : [] }));
  const known = yield* findKnownRegistries(
    asked.flatMap((each) => each.settings),
    settings,
  );
  return asked.flatMap((each) =>
    toProblem(
      target,
      each.file,
      each.settings.filter((one) => !isKnown(one, known)),
    ),
  );
}

/** npm's own default is asked for only when it decides something: this project names no registry host itself. */
function* findKnownRegistries(asked: readonly NpmrcSetting[], settings: AuditSettings): Program<ReadonlySet<string>> {
  const named = new Set([...settings.knownRegistries, settings.npmRegistry ?? ''].map(tidyAddress));
  if (asked.every((one) => !isRegistry(one.key) || isKnown(one, named))) return named;
  const result = yield* runTool(registryCommand(settings));
  if (result.status !== 'exited' || result.exitCode !== 0) return named;
  return new Set([...named, tidyAddress(result.stdout)]);
}

function isKnown(setting: NpmrcSetting, known: ReadonlySet<string>): boolean {
  return isRegistry(setting.key) && known.has(tidyAddress(setting.value));
}

/** Two spellings of one address are one: scheme and host in lower case, no slash at the end, no credentials. */
function tidyAddress(address: string): string {
  const bare = withoutCredentials(address.trim()).replace(/\/+$/, '');
  return bare.replace(/^[a-z]+:\/\/[^/]*/i, (origin) => origin.toLowerCase());
}

function toProblem(target: Target, file: FileRead, settings: readonly NpmrcSetting[]): readonly Problem[] {
  if (settings.length === 0) return [];
  const shown = settings.slice(0, 10).map((one) => `${excerpt(one.key, 60)}=${showValue(one)}`);
  const redirects = settings.some((one) => isRegistry(one.key));
  return [
    {
      target: target.path,
      code: 'repository-npmrc',
      message: `${excerpt(file.path)} sets ${shown.join(', ')}. None of it was applied to the audit.`,
      mend: redirects
        ? 'If the team really uses this registry, name it under npm.knownRegistries in .fixby/config.yaml; if not, find out who added it.'
        : 'Move it to your own user configuration if you need it, or find out who added it.',
      // Packages of a registry nobody has vouched for may only share their names with those that were asked about.
      blocks: redirects,
    },
  ];
}

function showValue(setting: NpmrcSetting): string {
  return isCredential(setting.key) || setting.key === 'key' ? '…' : excerpt(withoutCredentials(setting.value), 80);
}
