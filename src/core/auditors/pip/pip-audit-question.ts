/** Describes the run of pip-audit: which packages are asked about, with the canary among them. https://github.com/pypa/pip-audit */
import type { AuditSettings } from '../../model/auditor.ts';
import type { InstalledPackage } from '../../model/inventory.ts';
import { byText, sortedUnique } from '../../model/order.ts';
import type { Invocation } from '../../model/program.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { idOf } from './inventory.ts';
import { type NamedVersion, writePylock } from './pylock-document.ts';
import { publicVersion } from './version.ts';

/** Known to be vulnerable since 2017 (PYSEC-2017-94): an answer without it comes from a source that is blind. */
export const CANARY: NamedVersion = { name: 'pycrypto', version: '2.6.1' };

/** A name and version pip-audit is asked about once, and the inventory entries it stands for. */
export interface Asked extends NamedVersion {
  readonly ids: readonly string[];
}

/** Each published version once: `2.0+cpu` and `2.0` are one question, as advisories know no local labels. */
export function askAbout(packages: readonly InstalledPackage[]): readonly Asked[] {
  const groups = new Map<string, Asked>();
  for (const { id, name, version } of packages) {
    const asked = { name, version: publicVersion(version) };
    const before = groups.get(idOf(asked))?.ids ?? [];
    groups.set(idOf(asked), { ...asked, ids: sortedUnique([...before, id]) });
  }
  return [...groups.values()].sort((a, b) => byText(idOf(a), idOf(b)));
}

/** pip-audit reads every `pylock.*.toml` of the folder; the canary has one of its own and is asked about in every run. */
export function auditInvocation(asked: readonly Asked[], settings: AuditSettings): Invocation {
  const canary = { 'pylock.fixby-canary.toml': writePylock([CANARY]) };
  return {
    tool: 'pip-audit',
    args: [...FIXED, ...sourceArguments(settings)],
    // A lock without packages is an error to pip-audit.
    files: asked.length === 0 ? canary : { 'pylock.toml': writePylock(asked), ...canary },
    // Its answers hold Python sets: without a seed their order differs from run to run.
    env: { PYTHONSAFEPATH: '1', PYTHONHASHSEED: '0' },
    collect: [],
    timeoutMs: settings.timeoutMs,
    maxOutputBytes: settings.maxOutputBytes,
    delayMs: 0,
  };
}

/** Where the advisories come from, in words for a report. */
export function describeSource({ osvUrl }: AuditSettings): string {
  return osvUrl === undefined ? "pip-audit's own OSV address" : withoutCredentials(osvUrl);
}

const FIXED = [
  ['--locked', '{workspace}'],
  ['--progress-spinner', 'off'],
  ['--format', 'json'],
  ['--desc', 'on'],
  ['--aliases', 'on'],
  ['--output', '-'],
  ['--vulnerability-service', 'osv'],
].flat();

function sourceArguments({ osvUrl }: AuditSettings): readonly string[] {
  return osvUrl === undefined ? [] : ['--osv-url', `${osvUrl.replace(/\/+$/, '')}/v1/query`];
}
