/** The flags that `audit` and `gate` share, checked and turned into values. */
import { isAbsolute, resolve } from 'node:path';
import { readInstant as readMoment } from '../core/model/instant.ts';
import { excerpt } from '../core/model/text.ts';
import { UsageError } from '../core/model/problem.ts';
import type { World } from './world.ts';

/** A report made elsewhere that stands in for running an auditor. `target` is a folder of the repository. */
export interface ImportRequest {
  readonly auditor: string;
  readonly file: string;
  readonly target?: string;
}

export interface RunOptions {
  /** Absolute path of the repository. */
  readonly dir: string;
  readonly formats: readonly string[];
  readonly output?: string;
  readonly configFile?: string;
  /** UTC ISO-8601 with milliseconds. */
  readonly asOf?: string;
  readonly registry?: string;
  readonly osvUrl?: string;
  /** Absolute folder of an imported mirror. */
  readonly mirror?: string;
  readonly offline: boolean;
  readonly imports: readonly ImportRequest[];
  readonly trustImports: boolean;
  readonly install: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Throws a UsageError for the first flag that cannot be used. */
export function readRunOptions(world: World, dir: string, raw: Readonly<Record<string, unknown>>): RunOptions {
  return {
    dir: readFolder(world, dir),
    formats: texts(raw['format']),
    ...optional('output', text(raw['output']), (path) => resolve(world.cwd, path)),
    ...optional('configFile', text(raw['config']), (path) => resolve(world.cwd, path)),
    ...optional('asOf', text(raw['asOf']), readInstant),
    ...optional('registry', text(raw['registry']), (url) => readUrl('--registry', url)),
    ...optional('osvUrl', text(raw['osvUrl']), (url) => readUrl('--osv-url', url)),
    ...optional('mirror', text(raw['mirror']), (path) => resolve(world.cwd, path)),
    offline: raw['offline'] === true,
    imports: texts(raw['import']).map((value) => readImport(world.cwd, value)),
    trustImports: raw['trustImports'] === true,
    install: raw['install'] !== false,
    color: raw['color'] !== false && wantsColor(world),
    quiet: raw['quiet'] === true,
    verbose: raw['verbose'] === true,
  };
}

/** An empty text is a variable that was not set, and no wish for the folder one happens to stand in. */
function readFolder({ cwd }: World, dir: string): string {
  if (dir !== '') return resolve(cwd, dir);
  const mend = 'Name an existing folder, or leave the argument out to look at this one.';
  throw new UsageError('no-such-folder', 'The folder to look at is an empty text.', mend);
}

/** Colour on a terminal, unless NO_COLOR is set or the terminal is dumb; FORCE_COLOR turns it on anywhere. */
export function wantsColor(world: World): boolean {
  const { env } = world;
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR']) && env['FORCE_COLOR'] !== '0') return true;
  return world.stdout.isTTY === true && env['TERM'] !== 'dumb';
}

/** The origin and path of an http(s) URL without a trailing slash; one with credentials is refused. */
export function readUrl(flag: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      'bad-url',
      `${flag} wants an http or https URL, and got "${excerpt(value)}".`,
      `Write it as ${flag} https://host/path.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'credentials-in-url',
      `${flag} has credentials in its URL; they would stand in process lists and reports.`,
      'Put them into your own npm or pip configuration instead.',
    );
  }
  return url.href.replace(/\/$/, '');
}

/** An instant in UTC. A date alone means the end of that day; a time without a zone is UTC, wherever the machine stands. */
export function readInstant(value: string): string {
  const dateOnly = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const moment = readMoment(dateOnly ? `${value}T23:59:59.999Z` : value.replace(MINUTES_ONLY, '$1:00'));
  if (moment !== null) return moment;
  throw new UsageError(
    'bad-instant',
    `"${excerpt(value)}" is no date that can be read.`,
    'Write it as 2026-03-31 or 2026-03-31T12:00:00Z.',
  );
}

/** A time of day that names no seconds. */
const MINUTES_ONLY = /([Tt ]\d{2}:\d{2})(?!:)/;

function readImport(cwd: string, value: string): ImportRequest {
  const match = /^([a-z-]+)=(.+?)(?:@([^@]+))?$/.exec(value);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new UsageError(
      'bad-import',
      `--import cannot read "${excerpt(value)}".`,
      'Write it as --import npm-audit=report.json@frontend.',
    );
  }
  const file = isAbsolute(match[2]) ? match[2] : resolve(cwd, match[2]);
  return {
    auditor: match[1],
    file,
    ...(match[3] === undefined ? {} : { target: match[3].replace(/\/+$/, '') || '.' }),
  };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A flag that may be repeated comes as a list, and as a text from those that may not. */
function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

function optional<K extends string, V, R>(
  key: K,
  value: V | undefined,
  read: (value: V) => R,
): { readonly [P in K]?: R } {
  return (value === undefined ? {} : { [key]: read(value) }) as { readonly [P in K]?: R };
}
