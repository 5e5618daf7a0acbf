/** Reads package.json: what it asks for, which folders are its workspaces, what it overrides. */
import type { FileRead } from '../../model/file.ts';
import { type Requests, toPatterns, toRequests } from './requests.ts';
import { isObject, type StringMap, toStringMap, toText } from './string-map.ts';
import { parseJson } from '../../model/json.ts';

export interface Manifest {
  readonly path: string;
  readonly name?: string;
  readonly requests: Requests;
  /** Patterns of workspace folders, as written. */
  readonly workspaces: readonly string[];
  /** Names whose versions the manifest forces. A nested override stands as the empty text. */
  readonly overrides: StringMap;
  /** Every name an override is about, nested ones included. */
  readonly overridden: ReadonlySet<string>;
  /** The same in yarn's field, by whatever yarn takes for a key. */
  readonly resolutions: StringMap;
}

export type ManifestReading =
  | { readonly status: 'ok'; readonly manifest: Manifest }
  | { readonly status: 'missing' }
  | { readonly status: 'unreadable'; readonly detail: string };

/** Reads a file as package.json. Fields of a wrong type read as absent; a file that is no JSON object is unreadable. */
export function readManifest(file: FileRead): ManifestReading {
  if (file.status === 'missing') return { status: 'missing' };
  if (file.status !== 'ok') return { status: 'unreadable', detail: file.detail };
  const fields = parseJson(file.text);
  if (!isObject(fields)) return { status: 'unreadable', detail: 'it is no JSON object' };
  const name = toText(fields['name']);
  return {
    status: 'ok',
    manifest: {
      path: file.path,
      ...(name !== undefined && { name }),
      requests: toRequests(fields),
      workspaces: toPatterns(fields['workspaces']),
      overrides: toStringMap(fields['overrides']),
      overridden: overriddenNames(fields['overrides']),
      resolutions: toStringMap(fields['resolutions']),
    },
  };
}

// Overrides nest as deep as their author likes; npm's own users stay far below.
const DEEPEST = 64;

function overriddenNames(overrides: unknown, depth = 0): ReadonlySet<string> {
  if (!isObject(overrides) || depth > DEEPEST) return new Set();
  const entries = Object.entries(overrides);
  // `name@range` overrides a name where it is asked for in that range; `.` is the package around it.
  const names = entries.map(([key]) => key.replace(/(?!^)@.*$/, ''));
  return new Set([...names, ...entries.flatMap(([, value]) => [...overriddenNames(value, depth + 1)])]);
}
