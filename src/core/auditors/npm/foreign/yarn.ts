/** Reads yarn.lock: that of yarn 1, and that of the yarns since, which is YAML. */
import { parseSyml } from '@yarnpkg/parsers';
import semver from 'semver';
import type { SkippedPackage } from '../../../model/inventory.ts';
import { excerpt } from '../../../model/text.ts';
import { fault, MOST_ENTRIES, refuseText, type LockFault } from '../lock-fault.ts';
import type { Manifest } from '../manifest.ts';
import { isObject } from '../string-map.ts';
import {
  askedBy,
  isPlace,
  missing,
  type ForeignDocument,
  type ForeignLock,
  type ForeignPackage,
  type ForeignProject,
} from './foreign-lock.ts';
import { asMembers, asText, asTexts, member, type Members } from './members.ts';

/** One entry, under every descriptor (`lodash@npm:^4`) it answers. */
interface YarnEntry {
  readonly descriptors: readonly string[];
  readonly fields: Members;
}

/** The lock, or why it cannot be read. */
export function readYarnLock(text: string): ForeignDocument | LockFault {
  const document = parse(text);
  if ('code' in document) return document;
  const { __metadata: metadata, ...rows } = document.object;
  const entries = Object.entries(rows).flatMap(([key, value]) =>
    isObject(value) ? [{ descriptors: key.split(/\s*,\s*/), fields: value }] : [],
  );
  if (entries.length > MOST_ENTRIES) return fault('lock-too-large', `has more than ${MOST_ENTRIES} entries`);
  if (entries.length < Object.keys(rows).length)
    return fault('lock-not-yarn', 'holds something that is no entry of yarn');
  return metadata === undefined ? readClassic(entries) : readBerry(entries);
}

function parse(text: string): { readonly object: Members } | LockFault {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  if (!/^# yarn lockfile v1\r?$/m.test(text) && !/^__metadata:/m.test(text))
    return fault('lock-not-yarn', 'does not begin as a lock of yarn does');
  try {
    return { object: parseSyml(text) };
  } catch (error) {
    const [first = ''] = error instanceof Error ? error.message.split('\n') : [];
    return fault('lock-not-yarn', `is no lock of yarn (${excerpt(first, 120)})`);
  }
}

/** yarn 1 keeps no record of its projects: what they ask for is in their manifests alone. */
function readClassic(entries: readonly YarnEntry[]): ForeignDocument {
  return {
    folders: null,
    interpret: (manifests) => {
      const root = manifests.get('.');
      const find = finder(entries, (name, range) => [`${name}@${range}`]);
      return {
        ...readEntries(entries, find, ({ descriptors: [first = ''], fields }) => identifyClassic(first, fields)),
        projects: [...manifests].map(([folder, manifest]) => projectOf(folder, manifest, find)),
        isWhole: root !== undefined && root.workspaces.length === 0,
        stale: findStale(entries, manifests, find),
      };
    },
  };
}

/** Since yarn 2 every project has an entry of its own, which says where it lies. */
function readBerry(entries: readonly YarnEntry[]): ForeignDocument {
  const folders = entries.flatMap((entry) => workspaceOf(entry) ?? []);
  const find = finder(entries, (name, range) => [
    `${name}@${range}`,
    `${name}@npm:${range}`,
    `${name}@workspace:${range}`,
  ]);
  return {
    folders: [...new Set(['.', ...folders])],
    interpret: (manifests) => ({
      ...readEntries(entries, find, ({ fields }) => identifyBerry(fields)),
      projects: [...manifests].map(([folder, manifest]) => projectOf(folder, manifest, find)),
      isWhole: folders.every((folder) => manifests.has(folder)),
      stale: findStale(entries, manifests, find),
    }),
  };
}

type Find = (name: string, range: string) => string | undefined;

/** The key of the entry a request leads to; `undefined` when none answers it. */
function finder(entries: readonly YarnEntry[], spell: (name: string, range: string) => readonly string[]): Find {
  const keys = new Map(
    entries.flatMap((entry) => entry.descriptors.map((descriptor) => [withoutBinding(descriptor), keyOf(entry)])),
  );
  return (name, range) => spell(name, range).flatMap((descriptor) => keys.get(withoutBinding(descriptor)) ?? [])[0];
}

/** What comes from a place of a project is bound to it: `a@link:./a::locator=app%40workspace%3A.`. */
function withoutBinding(descriptor: string): string {
  return descriptor.replace(/::.*$/, '');
}

function keyOf({ descriptors: [first = ''] }: YarnEntry): string {
  return first;
}

function projectOf(folder: string, manifest: Manifest, find: Find): ForeignProject {
  const { prod, dev } = askedBy(manifest);
  const keys = (asked: Iterable<readonly [string, string]>): readonly string[] =>
    [...asked].flatMap(([name, range]) => find(name, range) ?? []);
  return { folder, prod: keys(prod), dev: keys(dev) };
}

/** What projects or entries ask for and no entry answers. */
function findStale(
  entries: readonly YarnEntry[],
  manifests: ReadonlyMap<string, Manifest>,
  find: Find,
): readonly string[] {
  const held = new Set(entries.flatMap(({ descriptors }) => descriptors.map((descriptor) => split(descriptor).name)));
  const own = new Set([...manifests.values()].map(({ name }) => name));
  // A resolution of the root replaces what anybody asks for, and may well change its range.
  const replaced = new Set([...(manifests.get('.')?.resolutions.keys() ?? [])].map(nameOfResolution));
  const isAnswered: IsAnswered = (name, range) =>
    isPlace(range) || own.has(name) || (replaced.has(name) && held.has(name)) || find(name, range) !== undefined;
  return [
    ...[...manifests].flatMap(([folder, manifest]) => findUnlocked(folder, manifest, isAnswered)),
    ...entries.flatMap((entry) => findUnmet(entry, isAnswered)),
  ];
}

/** Whether the lock says what is installed for a request. A folder, a link or another project needs no entry. */
type IsAnswered = (name: string, range: string) => boolean;

/** `lodash`, `a/lodash` and `lodash@npm:^4` are all about lodash. */
function nameOfResolution(key: string): string {
  return /((?:@[^/@]+\/)?[^/@]+)(?:@.*)?$/.exec(key)?.[1] ?? key;
}

function findUnlocked(folder: string, manifest: Manifest, isAnswered: IsAnswered): readonly string[] {
  const { prod, dev } = askedBy(manifest);
  const place = folder === '.' ? 'package.json' : `${folder}/package.json`;
  return [...prod, ...dev]
    .filter(([name, range]) => !isAnswered(name, range))
    .map(([name, range]) => `${place} asks for ${name} as ${range}, and the lock has no answer to that`);
}

/** What is optional or a peer may rightly be absent. What a project asks for is told by its manifest. */
function findUnmet(entry: YarnEntry, isAnswered: IsAnswered): readonly string[] {
  const { fields } = entry;
  if (workspaceOf(entry) !== undefined) return [];
  const optional = asMembers(member(fields, 'optionalDependencies'));
  const meta = member(fields, 'dependenciesMeta');
  return [...asTexts(member(fields, 'dependencies'))]
    .filter(([name, range]) => !isAnswered(name, range) && !Object.hasOwn(optional, name) && !isOptional(meta, name))
    .map(([name]) => missing(keyOf(entry), name));
}

function isOptional(meta: unknown, name: string): boolean {
  const said = member(member(meta, name), 'optional');
  return said === true || said === 'true';
}

/** What an entry is. */
interface Identity {
  readonly name: string;
  readonly version: string;
  readonly isElsewhere: boolean;
}

/** `null` for an entry that is a project of the repository itself. */
type Identify = (entry: YarnEntry) => Identity | null;

function readEntries(
  entries: readonly YarnEntry[],
  find: Find,
  identify: Identify,
): Pick<ForeignLock, 'packages' | 'skipped'> {
  const packages: ForeignPackage[] = [];
  const skipped: SkippedPackage[] = [];
  for (const entry of entries) {
    const identity = identify(entry);
    if (identity === null) continue;
    const { name, version } = identity;
    if (semver.valid(version, { loose: true }) === null || name === '')
      skipped.push({ name: excerpt(keyOf(entry), 120), reason: 'its entry in yarn.lock states no published version' });
    else packages.push({ ...identity, key: keyOf(entry), requires: requiredBy(entry, find) });
  }
  return { packages, skipped };
}

function requiredBy({ fields }: YarnEntry, find: Find): readonly string[] {
  const asked = new Map([
    ...asTexts(member(fields, 'optionalDependencies')),
    ...asTexts(member(fields, 'dependencies')),
  ]);
  return [...asked].flatMap(([name, range]) => find(name, range) ?? []);
}

function identifyClassic(descriptor: string, fields: Members): Identity | null {
  const { name, range } = split(descriptor);
  const version = asText(member(fields, 'version'));
  const alias = range.startsWith('npm:') ? split(range.slice('npm:'.length)) : undefined;
  if (/^(?:link|file):/.test(range) && asText(member(fields, 'resolved')) === '') return null;
  const isElsewhere = alias === undefined && /[:/]/.test(range);
  return { name: alias?.name ?? name, version, isElsewhere };
}

function identifyBerry(fields: Members): Identity | null {
  const { name, range } = split(asText(member(fields, 'resolution')));
  if (/^(?:workspace|link|portal):/.test(range)) return null;
  return { name, version: asText(member(fields, 'version')), isElsewhere: !/^(?:npm|patch):/.test(range) };
}

function workspaceOf({ fields }: YarnEntry): string | undefined {
  return /@workspace:(.+)$/.exec(asText(member(asMembers(fields), 'resolution')))?.[1];
}

/** `@scope/name@range` in two; the first `@` of a scoped name is part of it. */
function split(descriptor: string): { readonly name: string; readonly range: string } {
  const at = descriptor.indexOf('@', 1);
  return at === -1
    ? { name: descriptor, range: '' }
    : { name: descriptor.slice(0, at), range: descriptor.slice(at + 1) };
}
