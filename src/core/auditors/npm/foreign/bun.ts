/** Reads bun.lock, the text lock of bun. https://bun.sh/docs/install/lockfile */
import { parse, type ParseError } from 'jsonc-parser';
import semver from 'semver';
import type { SkippedPackage } from '../../../model/inventory.ts';
import { excerpt } from '../../../model/text.ts';
import { inRange } from '../check-step.ts';
import { fault, MOST_ENTRIES, refuseText, type LockFault } from '../lock-fault.ts';
import type { Manifest } from '../manifest.ts';
import { isObject } from '../string-map.ts';
import {
  compareAsked,
  missing,
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
  const overrides = asMembers(member(document, 'overrides'));
  return {
    folders: [...projects.keys()],
    interpret: (manifests) => interpret(packages, overrides, projects, manifests),
  };
}

function interpret(
  packages: Members,
  overrides: Members,
  projects: ReadonlyMap<string, Members>,
  manifests: ReadonlyMap<string, Manifest>,
): ForeignLock {
  const find: Find = (from, name) => lookUp(packages, from, name);
  const isAnswered = answersIn(packages, overrides, find);
  return {
    ...readEntries(packages, find),
    projects: [...projects].map(([folder, project]) => projectOf(folder, project, find)),
    isWhole: true,
    stale: [
      ...[...manifests].flatMap(([folder, manifest]) =>
        compareAsked(folder, lockedFor(projects.get(folder)), manifest),
      ),
      ...[...projects].flatMap(([folder, project]) =>
        findUnmet(folder, placeOf(folder, project), project, ['dependencies', 'devDependencies'], isAnswered),
      ),
      ...Object.entries(packages).flatMap(([key, row]) =>
        findUnmet(key, key, infoOf(row), ['dependencies'], isAnswered),
      ),
    ],
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
  return place.slice(0, Math.max(place.lastIndexOf('/'), 0)).replace(/(?:^|\/)@[^/]+$/, '');
}

function readEntries(packages: Members, find: Find): Pick<ForeignLock, 'packages' | 'skipped'> {
  const read: ForeignPackage[] = [];
  const skipped: SkippedPackage[] = [];
  for (const [key, row] of Object.entries(packages)) {
    const [spec] = cellsOf(row);
    const { name, reference } = splitSpec(asText(spec));
    // A folder (an archive has no `file:` here): what it asks for has entries of its own.
    if (/^(?:workspace|link|root|file):/.test(reference)) continue;
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
        requires: requiredBy(key, infoOf(row), find),
      });
  }
  return { packages: read, skipped };
}

/** An entry is a list: what it is first, and somewhere after it what its package asks for. */
function cellsOf(row: unknown): readonly unknown[] {
  return Array.isArray(row) ? row : [];
}

function infoOf(row: unknown): unknown {
  return cellsOf(row).slice(1).find(isObject);
}

/** A request is answered by the nearest entry of its name, in whatever version that is. */
type IsAnswered = (from: string, name: string, spec: string) => boolean;

/** Where the nearest entry is of another version than was asked for, the one that was meant is not in the lock. */
function answersIn(packages: Members, overridden: Members, find: Find): IsAnswered {
  return (from, name, spec) => {
    const [key] = find(from, name);
    if (key === undefined) return false;
    const { reference } = splitSpec(asText(cellsOf(packages[key])[0]));
    const range = spec.startsWith('npm:') ? splitSpec(spec.slice('npm:'.length)).reference : spec;
    return Object.hasOwn(overridden, name) || semver.valid(reference) === null || inRange(reference, range);
  };
}

/** What is asked for at `from` and the lock does not hold. What is optional or a peer may rightly be absent. */
function findUnmet(
  owner: string,
  from: string,
  asking: unknown,
  tables: readonly string[],
  isAnswered: IsAnswered,
): readonly string[] {
  const optional = asMembers(member(asking, 'optionalDependencies'));
  return tables.flatMap((table) =>
    [...asTexts(member(asking, table))]
      .filter(([name, spec]) => !Object.hasOwn(optional, name) && !isAnswered(from, name, spec))
      .map(([name, spec]) => missing(owner, `${name} (${spec})`)),
  );
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
function placeOf(folder: string, project: Members): string {
  return folder === '.' ? '' : asText(member(project, 'name'));
}

function projectOf(folder: string, project: Members, find: Find): ForeignProject {
  const from = placeOf(folder, project);
  const keys = (tables: readonly string[]): readonly string[] =>
    tables.flatMap((table) => Object.keys(asMembers(member(project, table))).flatMap((name) => find(from, name)));
  return { folder, prod: keys(['dependencies', 'optionalDependencies']), dev: keys(['devDependencies']) };
}

function lockedFor(project: Members | undefined): ReadonlyMap<string, string> {
  const tables = ['devDependencies', 'optionalDependencies', 'dependencies'];
  return new Map(tables.flatMap((table) => [...asTexts(member(project, table))]));
}
