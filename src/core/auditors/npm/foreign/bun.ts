/** Reads bun.lock, the text lock of bun. https://bun.sh/docs/install/lockfile */
import { parse, type ParseError } from 'jsonc-parser';
import semver from 'semver';
import type { SkippedPackage } from '../../../model/inventory.ts';
import { excerpt } from '../../../model/text.ts';
import { fault, MOST_ENTRIES, refuseText, type LockFault } from '../lock-fault.ts';
import type { Manifest } from '../manifest.ts';
import { isObject } from '../string-map.ts';
import {
  compareAsked,
  type ForeignDocument,
  type ForeignLock,
  type ForeignPackage,
  type ForeignProject,
} from './foreign-lock.ts';
import { asMembers, asText, asTexts, member, type Members } from './members.ts';

/** The same shape so far. */
const VERSIONS = [0, 1, 2];

/** The lock, or why it cannot be read. */
export function readBunLock(text: string): ForeignDocument | LockFault {
  const refused = refuseText(text);
  if (refused !== undefined) return refused;
  const errors: ParseError[] = [];
  const document: unknown = parse(text, errors, { allowTrailingComma: true, disallowComments: false });
  if (errors.length > 0 || !isObject(document)) return fault('lock-not-json', 'is no JSON object');
  const version = member(document, 'lockfileVersion');
  if (typeof version !== 'number' || !VERSIONS.includes(version))
    return fault(
      'lock-version',
      `has the lockfileVersion ${excerpt(String(version), 40)}, and only 0, 1 and 2 are known`,
    );
  const packages = asMembers(member(document, 'packages'));
  if (Object.keys(packages).length > MOST_ENTRIES)
    return fault('lock-too-large', `has more than ${MOST_ENTRIES} entries`);
  const projects = new Map(
    Object.entries(asMembers(member(document, 'workspaces'))).map(([path, project]) => [
      path || '.',
      asMembers(project),
    ]),
  );
  return { folders: [...projects.keys()], interpret: (manifests) => interpret(packages, projects, manifests) };
}

function interpret(
  packages: Members,
  projects: ReadonlyMap<string, Members>,
  manifests: ReadonlyMap<string, Manifest>,
): ForeignLock {
  const find: Find = (from, name) => lookUp(packages, from, name);
  return {
    ...readEntries(packages, find),
    projects: [...projects].map(([folder, project]) => projectOf(folder, project, find)),
    isWhole: true,
    stale: [...manifests].flatMap(([folder, manifest]) =>
      compareAsked(folder, lockedFor(projects.get(folder)), manifest),
    ),
  };
}

/** The key a request for `name` made at `from` leads to: a place of its own first, then that of each place above. */
type Find = (from: string, name: string) => readonly string[];

function lookUp(packages: Members, from: string, name: string): readonly string[] {
  for (let place = from; place !== ''; place = placeAbove(place)) {
    const own = `${place}/${name}`;
    if (Object.hasOwn(packages, own)) return [own];
  }
  return Object.hasOwn(packages, name) ? [name] : [];
}

/** `a/@s/b` lies in `a`, and `@s/b` in none. */
function placeAbove(place: string): string {
  return /^(.*)\/(?:@[^/]+\/)?[^/@]+$/.exec(place)?.[1]?.replace(/^@[^/]+$/, '') ?? '';
}

function readEntries(packages: Members, find: Find): Pick<ForeignLock, 'packages' | 'skipped'> {
  const read: ForeignPackage[] = [];
  const skipped: SkippedPackage[] = [];
  for (const [key, row] of Object.entries(packages)) {
    const [spec, ...rest] = Array.isArray(row) ? (row as readonly unknown[]) : [];
    const { name, reference } = splitSpec(asText(spec));
    if (/^(?:workspace|link|root):/.test(reference)) continue;
    if (semver.valid(reference, { loose: true }) === null || name === '')
      skipped.push({
        name: excerpt(asText(spec) || key, 120),
        reason: 'its entry in bun.lock states no published version',
      });
    else
      read.push({
        key,
        name,
        version: reference,
        isElsewhere: false,
        requires: requiredBy(key, rest.find(isObject), find),
      });
  }
  return { packages: read, skipped };
}

function splitSpec(spec: string): { readonly name: string; readonly reference: string } {
  const at = spec.indexOf('@', 1);
  return at === -1 ? { name: spec, reference: '' } : { name: spec.slice(0, at), reference: spec.slice(at + 1) };
}

const RUNTIME = ['dependencies', 'optionalDependencies', 'peerDependencies'];

function requiredBy(key: string, info: unknown, find: Find): readonly string[] {
  return RUNTIME.flatMap((table) => Object.keys(asMembers(member(info, table))).flatMap((name) => find(key, name)));
}

/** A member's own packages lie below its name where they differ from the others'. */
function projectOf(folder: string, project: Members, find: Find): ForeignProject {
  const from = folder === '.' ? '' : asText(member(project, 'name'));
  const keys = (tables: readonly string[]): readonly string[] =>
    tables.flatMap((table) => Object.keys(asMembers(member(project, table))).flatMap((name) => find(from, name)));
  return { folder, prod: keys(['dependencies', 'optionalDependencies']), dev: keys(['devDependencies']) };
}

function lockedFor(project: Members | undefined): ReadonlyMap<string, string> {
  const tables = ['devDependencies', 'optionalDependencies', 'dependencies'];
  return new Map(tables.flatMap((table) => [...asTexts(member(project, table))]));
}
