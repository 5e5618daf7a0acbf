/** Reads and writes pylock.toml documents: the form in which pip-audit is asked. https://packaging.python.org/en/latest/specifications/pylock-toml/ */
import { normalizeName } from '../../model/ecosystem.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import { excerpt } from '../../model/text.ts';
import { findDisguised } from './disguise.ts';
import { isName } from './requirement.ts';
import { asList, asTable, asText, isTable, member, parseToml, type TomlTable } from './toml.ts';
import { canonicalVersion } from './version.ts';

export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

export interface PylockDocument {
  readonly packages: readonly NamedVersion[];
  readonly skipped: readonly SkippedPackage[];
  readonly requiresPython?: string;
  /** Entries that would install another release than they state, one sentence each. */
  readonly disguised: readonly string[];
  /** Indexes the packages say they come from, as written. */
  readonly indexes: readonly string[];
}

/** Reads a pylock document; markers, groups and extras are ignored: everything it can install counts. */
export function readPylock(text: string): PylockDocument | { readonly error: string } {
  const read = parseToml(text);
  if ('error' in read) return read;
  const lockVersion = asText(member(read.table, 'lock-version'));
  if (lockVersion === undefined || !/^1(?:\.|$)/.test(lockVersion)) {
    return { error: `its lock-version is ${excerpt(lockVersion ?? 'missing', 20)}, and only 1.x is known` };
  }
  const listed = member(read.table, 'packages');
  if (listed !== undefined && !Array.isArray(listed)) return { error: 'its packages are no list' };
  return collect(asList(listed), asText(member(read.table, 'requires-python')));
}

function collect(listed: readonly unknown[], requiresPython: string | undefined): PylockDocument {
  const tables = listed.filter((entry) => !isProjectItself(entry));
  const entries = tables.map(readEntry);
  const indexes = listed.flatMap((entry) => asText(member(asTable(entry), 'index')) ?? []);
  return {
    packages: entries.filter((entry) => 'version' in entry && !('reason' in entry)) as readonly NamedVersion[],
    disguised: entries.flatMap((entry, index) =>
      'reason' in entry ? [] : findDisguised(asTable(tables[index]), entry.name, entry.version),
    ),
    skipped: entries.filter((entry): entry is SkippedPackage => 'reason' in entry),
    indexes: [...new Set(indexes)],
    ...(requiresPython === undefined ? {} : { requiresPython }),
  };
}

// An exporter may list the project as the folder the lock lies in.
function isProjectItself(entry: unknown): boolean {
  const path = asText(member(asTable(member(asTable(entry), 'directory')), 'path'));
  return path === '.' || path === './' || path === '';
}

function readEntry(entry: unknown): NamedVersion | SkippedPackage {
  if (!isTable(entry)) return { name: '(nameless)', reason: 'an entry of the lock is no table' };
  const written = asText(member(entry, 'name')) ?? '';
  if (!isName(written)) return { name: excerpt(written, 80) || '(nameless)', reason: 'its name is no package name' };
  return readVersion(normalizeName('PyPI', written), entry);
}

function readVersion(name: string, entry: TomlTable): NamedVersion | SkippedPackage {
  const place = ['vcs', 'directory', 'archive'].find((kind) => member(entry, kind) !== undefined);
  if (place !== undefined) return { name, reason: `it comes from ${PLACES[place] ?? place}, not from an index` };
  const written = asText(member(entry, 'version'));
  if (written === undefined) return { name, reason: 'the lock states no version for it' };
  const version = canonicalVersion(written);
  return version === undefined
    ? { name, version: excerpt(written, 40), reason: 'its version is no Python version (PEP 440)' }
    : { name, version };
}

const PLACES: Readonly<Record<string, string>> = {
  vcs: 'version control',
  directory: 'a local folder',
  archive: 'an archive',
};

/** Writes the smallest document pip-audit reads. Names and versions are normalized, so nothing in them needs escaping. */
export function writePylock(packages: readonly NamedVersion[]): string {
  const entries = packages.map(({ name, version }) => `\n[[packages]]\nname = "${name}"\nversion = "${version}"\n`);
  return `lock-version = "1.0"\ncreated-by = "fixby"\n${entries.join('')}`;
}
