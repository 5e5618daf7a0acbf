/** Reads one dependency specifier (PEP 508) into its parts, and writes it again so that nothing raw is passed on. */
import { normalizeName } from '../../model/ecosystem.ts';
import { isMarker } from './marker.ts';
import { canonicalVersion } from './version.ts';

/** What one line asks for. Nothing in it needs quoting: names are normalized, every part passed its own grammar. */
export interface Requirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** Version clauses joined with `,`; empty when any version will do. */
  readonly specifier: string;
  /** Empty when it holds everywhere. */
  readonly marker: string;
}

const LONGEST_REQUIREMENT = 8000;
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const HEAD = /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^[\]]*)\])?\s*/;
const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*([^\s=<>!~].*)$/;

/**
 * Reads `name[extras] specifier; marker`; undefined for anything else, direct references (`name @ url`) included.
 * https://packaging.python.org/en/latest/specifications/dependency-specifiers/
 */
export function parseRequirement(text: string): Requirement | undefined {
  if (text.length > LONGEST_REQUIREMENT) return undefined;
  const { before, marker } = cutMarker(text);
  const head = HEAD.exec(before);
  if (head === null || !isName(head[1] ?? '')) return undefined;
  const extras = readExtras(head[2]);
  const specifier = readSpecifier(before.slice(head[0].length));
  if (extras === undefined || specifier === undefined) return undefined;
  if (marker !== undefined && !isMarker(marker)) return undefined;
  return { name: normalizeName('PyPI', head[1] ?? ''), extras, specifier, marker: marker?.trim() ?? '' };
}

/** The name, normalized, and the address of `name[extras] @ url`; undefined for anything else. */
export function parseDirectReference(text: string): { readonly name: string; readonly url: string } | undefined {
  const head = HEAD.exec(text);
  if (head === null || !isName(head[1] ?? '')) return undefined;
  const rest = text.slice(head[0].length);
  return rest.startsWith('@') ? { name: normalizeName('PyPI', head[1] ?? ''), url: rest.slice(1).trim() } : undefined;
}

/** The requirement on one line in its plainest spelling. */
export function writeRequirement({ name, extras, specifier, marker }: Requirement): string {
  const wanted = extras.length > 0 ? `[${extras.join(',')}]` : '';
  return `${name}${wanted}${specifier}${marker === '' ? '' : ` ; ${marker}`}`;
}

/** The version an exact pin (`==1.2`, `===1.2`) names, in normal form; undefined for ranges and wildcards. */
export function exactVersion(specifier: string): string | undefined {
  for (const clause of specifier.split(',')) {
    const pin = /^={2,3}([^*=]+)$/.exec(clause);
    if (pin !== null) return canonicalVersion(pin[1] ?? '');
  }
  return undefined;
}

/** Whether `text` may be a package name. */
export function isName(text: string): boolean {
  return text.length <= 200 && NAME.test(text);
}

function cutMarker(text: string): { before: string; marker: string | undefined } {
  const at = text.indexOf(';');
  if (at === -1) return { before: text.trim(), marker: undefined };
  return { before: text.slice(0, at).trim(), marker: text.slice(at + 1) };
}

function readExtras(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text.trim() === '') return [];
  const extras = text.split(',').map((extra) => extra.trim());
  return extras.every(isName) ? extras.map((extra) => normalizeName('PyPI', extra)) : undefined;
}

function readSpecifier(text: string): string | undefined {
  const bare = /^\((.*)\)$/.exec(text.trim())?.[1] ?? text;
  if (bare.trim() === '') return '';
  const clauses = bare.replace(/,\s*$/, '').split(',').map(readClause);
  return clauses.includes(undefined) ? undefined : clauses.join(',');
}

function readClause(text: string): string | undefined {
  const match = CLAUSE.exec(text.trim());
  if (match === null) return undefined;
  const operator = match[1] ?? '';
  const written = (match[2] ?? '').trim();
  const wildcard = written.endsWith('.*');
  if (wildcard && operator !== '==' && operator !== '!=') return undefined;
  const version = canonicalVersion(wildcard ? written.slice(0, -2) : written);
  if (version === undefined || !fits(operator, version)) return undefined;
  return `${operator}${version}${wildcard ? '.*' : ''}`;
}

// A local label can only be compared for equality, and `~=` needs a release to hold on to (PEP 440).
function fits(operator: string, version: string): boolean {
  if (version.includes('+') && !/^[=!]/.test(operator)) return false;
  return operator !== '~=' || /^(?:\d+!)?\d+\./.test(version);
}
