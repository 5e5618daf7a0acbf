/** Reads pnpm-lock.yaml of the versions 5, 6 and 9: pnpm 3 to today's. */
import semver from 'semver';
import type { SkippedPackage } from '../../../model/inventory.ts';
import { excerpt } from '../../../model/text.ts';
import { fault, MOST_ENTRIES, refuseText, type LockFault } from '../lock-fault.ts';
import type { Manifest } from '../manifest.ts';
import type { StringMap } from '../string-map.ts';
import {
  compareAsked,
  missing,
  type ForeignDocument,
  type ForeignLock,
  type ForeignPackage,
  type ForeignProject,
} from './foreign-lock.ts';
import { asMembers, asText, member, type Members } from './members.ts';
import { parseYaml } from './parse-yaml.ts';

/** The lock, or why it cannot be read. */
export function readPnpmLock(text: string): ForeignDocument | LockFault {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  const document = parseYaml(text);
  if ('code' in document && 'message' in document) return document as LockFault;
  const version = asText(member(document, 'lockfileVersion'));
  if (!/^(?:5(?:\.\d+)?|6\.\d+|9\.\d+)$/.test(version))
    return fault(
      'lock-version',
      `has the lockfileVersion ${excerpt(version, 40) || 'none'}, and only 5, 6 and 9 are known`,
    );
  const packages = asMembers(member(document, 'packages'));
  if (Object.keys(packages).length > MOST_ENTRIES)
    return fault('lock-too-large', `has more than ${MOST_ENTRIES} entries`);
  const importers = importersOf(document);
  return {
    folders: [...importers.keys()],
    interpret: (manifests) => interpret(document, packages, importers, manifests),
  };
}

/** A lock of one project holds what its importer would at its top. */
function importersOf(document: Members): ReadonlyMap<string, Members> {
  const importers = member(document, 'importers');
  if (importers === undefined) return new Map([['.', document]]);
  return new Map(Object.entries(asMembers(importers)).map(([folder, importer]) => [folder, asMembers(importer)]));
}

function interpret(
  document: Members,
  packages: Members,
  importers: ReadonlyMap<string, Members>,
  manifests: ReadonlyMap<string, Manifest>,
): ForeignLock {
  // Since version 9 what an entry requires stands apart, once for each set of peers.
  const snapshots = asMembers(member(document, 'snapshots') ?? packages);
  const find = (name: string, reference: string): readonly string[] => {
    const candidates = [
      `${name}@${reference}`,
      `/${name}@${reference}`,
      `/${name}/${reference}`,
      reference,
      `/${reference}`,
    ];
    return candidates.filter((key) => Object.hasOwn(snapshots, key)).slice(0, 1);
  };
  const overridden = new Set(Object.keys(asMembers(member(document, 'overrides'))).map(nameOfOverride));
  const read = readEntries(snapshots, packages, find);
  return {
    ...read,
    projects: [...importers].map(([folder, importer]) => projectOf(folder, importer, find)),
    isWhole: true,
    stale: [
      ...[...manifests].flatMap(([folder, manifest]) =>
        compareAsked(folder, lockedFor(importers.get(folder)), manifest, overridden),
      ),
      ...[...importers].flatMap(([folder, importer]) =>
        findUnmet(folder, importer, [...PROD, 'devDependencies'], find),
      ),
      ...Object.entries(snapshots).flatMap(([key, entry]) => findUnmet(key, entry, PROD, find)),
    ],
  };
}

type Find = (name: string, reference: string) => readonly string[];

function readEntries(snapshots: Members, packages: Members, find: Find): Pick<ForeignLock, 'packages' | 'skipped'> {
  const read: ForeignPackage[] = [];
  const skipped: SkippedPackage[] = [];
  for (const [key, value] of Object.entries(snapshots)) {
    const identity = identify(key, asMembers(member(packages, withoutPeers(key)) ?? value));
    if (identity === null) continue;
    const { name, version } = identity;
    if (semver.valid(version, { loose: true }) === null || name === '')
      skipped.push({ name: excerpt(key, 120), reason: 'its entry in pnpm-lock.yaml states no published version' });
    else read.push({ ...identity, key, requires: requiredBy(value, find) });
  }
  return { packages: read, skipped };
}

function requiredBy(entry: unknown, find: Find): readonly string[] {
  const asked = [member(entry, 'dependencies'), member(entry, 'optionalDependencies')];
  return asked.flatMap((table) =>
    Object.entries(asMembers(table)).flatMap(([name, reference]) => find(name, asText(reference))),
  );
}

/** References are to entries, those of what is optional too; a link is to a folder, which has none. */
function findUnmet(owner: string, entry: unknown, tables: readonly string[], find: Find): readonly string[] {
  return tables.flatMap((table) =>
    Object.entries(asMembers(member(entry, table)))
      .filter(([name, value]) => !referenceOf(value).startsWith('link:') && find(name, referenceOf(value)).length === 0)
      .map(([name]) => missing(owner, name)),
  );
}

/** `name@1.0.0(peer@2)`, `/name@1.0.0(peer@2)` or `/name/1.0.0_peer@2`; what comes from elsewhere states its name itself. */
function identify(key: string, fields: Members): Pick<ForeignPackage, 'name' | 'version' | 'isElsewhere'> | null {
  const resolution = member(fields, 'resolution');
  const isElsewhere = asText(member(resolution, 'integrity')) === '';
  if (asText(member(resolution, 'type')) === 'directory') return null;
  const path = withoutPeers(key).replace(/^\//, '');
  const [, inPath = '', after = ''] = /^((?:@[^/@]+\/)?[^/@]+)[@/](.*)$/.exec(path) ?? [];
  const name = asText(member(fields, 'name')) || inPath;
  const version = asText(member(fields, 'version')) || (after.split('_')[0] ?? '');
  return { name, version, isElsewhere };
}

function withoutPeers(key: string): string {
  const at = key.indexOf('(');
  return at === -1 ? key : key.slice(0, at);
}

const PROD = ['dependencies', 'optionalDependencies'];

function projectOf(folder: string, importer: Members, find: Find): ForeignProject {
  const keys = (tables: readonly string[]): readonly string[] =>
    tables.flatMap((table) =>
      Object.entries(asMembers(member(importer, table))).flatMap(([name, value]) => find(name, referenceOf(value))),
    );
  return { folder, prod: keys(PROD), dev: keys(['devDependencies']) };
}

/** Up to version 5 the reference alone, since then beside the specifier. */
function referenceOf(value: unknown): string {
  return asText(value) || asText(member(value, 'version'));
}

/** What the lock was made for: in a table of its own up to version 5, since then beside each reference. */
function lockedFor(importer: Members | undefined): StringMap {
  const own = asMembers(member(importer, 'specifiers'));
  const tables = [...PROD, 'devDependencies'].map((table) => asMembers(member(importer, table)));
  return new Map(
    tables.flatMap((table) =>
      Object.entries(table).map(([name, value]) => [name, asText(member(value, 'specifier') ?? own[name])] as const),
    ),
  );
}

/** `a>b@^1` overrides `b`. */
function nameOfOverride(key: string): string {
  const last = key.slice(key.lastIndexOf('>') + 1);
  const at = last.indexOf('@', 1);
  return at === -1 ? last : last.slice(0, at);
}
