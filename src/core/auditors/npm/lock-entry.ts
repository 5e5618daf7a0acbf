/** One entry of a lock in the shape of `packages` (lockfile version 2 and 3), whatever version it came from. */
import { type Requests, toPatterns, toRequests } from './requests.ts';
import { isObject, toStringMap, toText } from './string-map.ts';

export interface LockEntry {
  /** Where it lies relative to the lock; the empty text is the project itself. */
  readonly location: string;
  /** The name it states; npm writes one only where the location does not tell it. */
  readonly statedName?: string;
  readonly version?: string;
  /** Where it is fetched from, or for a link the location it leads to. */
  readonly resolved?: string;
  readonly link: boolean;
  readonly requests: Requests;
  readonly workspaces: readonly string[];
  /** Names among its requests that come inside its own tarball. */
  readonly bundled?: ReadonlySet<string>;
  /** Whether it came inside the tarball of a package around it. */
  readonly inBundle?: true;
  /** Whether its own npm-shrinkwrap.json decides what is installed below it. */
  readonly hasShrinkwrap?: true;
}

/** Reads one value of `packages`; `undefined` when it is no object. Fields of a wrong type read as absent. */
export function readEntry(location: string, value: unknown): LockEntry | undefined {
  if (!isObject(value)) return undefined;
  const { resolved } = value;
  const statedName = toText(value['name']);
  const version = toText(value['version']);
  const bundled = bundledOf(value);
  return {
    location,
    ...(statedName !== undefined && { statedName }),
    ...(version !== undefined && { version }),
    ...(typeof resolved === 'string' && { resolved }),
    link: value['link'] === true,
    requests: toRequests(value),
    workspaces: toPatterns(value['workspaces']),
    ...(bundled.size > 0 && { bundled }),
    ...(value['inBundle'] === true && { inBundle: true }),
    ...(value['hasShrinkwrap'] === true && { hasShrinkwrap: true }),
  };
}

/** `true` stands for everything. */
function bundledOf(fields: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const { bundleDependencies: listed } = fields;
  if (listed === true) return new Set(toStringMap(fields['dependencies']).keys());
  return new Set(Array.isArray(listed) ? listed.filter((name) => typeof name === 'string') : []);
}

/** The name a location gives: what follows its last `node_modules/`, or its folder (with the scope before it). */
export function nameOfLocation(location: string): string {
  const inner = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (location.includes('node_modules/')) return inner;
  const [folder = '', above = ''] = location.split('/').reverse();
  return above.startsWith('@') ? `${above}/${folder}` : folder;
}

/** The real name of an entry: for an alias the one it states. */
export function nameOf(entry: LockEntry): string {
  return entry.statedName ?? nameOfLocation(entry.location);
}

/** Whether an entry was installed, as against a folder of the repository. */
export function isInstalled(location: string): boolean {
  return location.includes('node_modules/');
}
