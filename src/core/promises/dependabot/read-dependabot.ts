/** Reads `.github/dependabot.yml`: its update entries with their places, and everything Dependabot would refuse. */
import * as z from 'zod';
import { readFiles } from '../../model/program.ts';
import { excerpt } from '../../model/text.ts';
import { broken, cannotTell } from '../evidence.ts';
import { readYaml } from '../read-yaml.ts';
import type { YamlDocument } from '../../document/yaml-document.ts';
import type { Program } from '../../model/program.ts';
import type { Evidence } from '../../model/promise.ts';

const PATHS = ['.github/dependabot.yml', '.github/dependabot.yaml'];

const names = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

const INTERVALS = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'yearly', 'cron'] as const;

const scheduleSchema = z.object({
  interval: z.enum(INTERVALS),
  day: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']).optional(),
  cronjob: z.string().optional(),
});

const conditionSchema = z.object({
  'dependency-name': z.string().optional(),
  versions: names.optional(),
  'update-types': z.array(z.string()).optional(),
});

const entrySchema = z.object({
  'package-ecosystem': z.string().min(1),
  directory: z.string().optional(),
  directories: z.array(z.string()).optional(),
  schedule: scheduleSchema.optional(),
  'open-pull-requests-limit': z.number().int().min(0).optional(),
  ignore: z.array(conditionSchema).optional(),
  allow: z
    .array(z.looseObject({ 'dependency-name': z.string().optional(), 'dependency-type': z.string().optional() }))
    .optional(),
  groups: z.record(z.string(), z.unknown()).optional(),
  'target-branch': z.string().optional(),
  'exclude-paths': z.array(z.string()).optional(),
  'multi-ecosystem-group': z.string().optional(),
});

/** What Dependabot itself insists on; everything else is let through. https://docs.github.com/code-security/reference/supply-chain-security/dependabot-options-reference */
const fileSchema = z.object({
  version: z.literal(2),
  updates: z.array(entrySchema),
  'multi-ecosystem-groups': z.record(z.string(), z.object({ schedule: scheduleSchema.optional() })).optional(),
});

export type Schedule = z.infer<typeof scheduleSchema>;
export type IgnoreCondition = z.infer<typeof conditionSchema>;

/** One entry of `updates`. */
export interface UpdateEntry {
  readonly ecosystem: string;
  /** Posix, relative to the repository, `.` for its top; may hold `*` and `**`. */
  readonly folders: readonly string[];
  readonly schedule: Schedule;
  /** Absent means Dependabot's own limit. */
  readonly limit?: number;
  readonly ignore: readonly IgnoreCondition[];
  /** The dependencies that alone are updated; empty where no name limits them. */
  readonly allows: readonly string[];
  readonly groups: readonly string[];
  readonly excludes: readonly string[];
  /** The line of a key of the entry, or of the entry itself. */
  lineOf(...keys: readonly (string | number)[]): number;
}

/** `refused` holds what makes Dependabot reject the whole file; then there are no entries. */
export type DependabotReading =
  | { readonly status: 'read'; readonly file: string; readonly entries: readonly UpdateEntry[] }
  | { readonly status: 'refused'; readonly file: string; readonly faults: readonly Evidence[] }
  | { readonly status: 'unreadable'; readonly doubt: Evidence }
  | { readonly status: 'missing' };

/** Reads the first of the usual places that holds something. */
export function* readDependabot(): Program<DependabotReading> {
  const files = yield* readFiles(PATHS);
  const file = files.find(({ status }) => status !== 'missing');
  const reading = file === undefined ? { status: 'missing' as const } : readYaml(file);
  if (reading.status !== 'read') return reading;
  return readUpdates(reading.file, reading.document);
}

function readUpdates(file: string, document: YamlDocument): DependabotReading {
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { status: 'unreadable', doubt: noMap(file) };
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    return { status: 'refused', file, faults: parsed.error.issues.map((issue) => refuse(issue, file, document)) };
  const { updates, 'multi-ecosystem-groups': shared = {} } = parsed.data;
  const faults: Evidence[] = [];
  const entries: UpdateEntry[] = [];
  for (const [index, raw] of updates.entries()) {
    const group = raw['multi-ecosystem-group'];
    const schedule =
      raw.schedule ??
      (group === undefined ? undefined : Object.hasOwn(shared, group) ? shared[group]?.schedule : undefined);
    const folders = [...(raw.directory === undefined ? [] : [raw.directory]), ...(raw.directories ?? [])].map(toFolder);
    const line = document.spotOf(['updates', index]).line;
    if (schedule === undefined) faults.push(lacks('schedule.interval', file, line));
    else if (folders.length === 0) faults.push(lacks('directory', file, line));
    else entries.push(toEntry(raw, schedule, folders, (keys) => document.spotOf(['updates', index, ...keys]).line));
  }
  faults.push(...findTwins(entries, updates, file));
  return faults.length > 0 ? { status: 'refused', file, faults } : { status: 'read', file, entries };
}

type RawEntry = z.infer<typeof entrySchema>;

function toEntry(
  raw: RawEntry,
  schedule: Schedule,
  folders: readonly string[],
  lineOf: (keys: readonly (string | number)[]) => number,
): UpdateEntry {
  const limit = raw['open-pull-requests-limit'];
  const group = raw['multi-ecosystem-group'];
  return {
    ecosystem: raw['package-ecosystem'],
    folders,
    schedule,
    ...(limit === undefined ? {} : { limit }),
    ignore: raw.ignore ?? [],
    allows: namesAllowed(raw.allow ?? []),
    groups: [...Object.keys(raw.groups ?? {}), ...(group === undefined ? [] : [group])],
    excludes: raw['exclude-paths'] ?? [],
    lineOf: (...keys) => lineOf(keys),
  };
}

/** What a list of `allow` leaves when it lets not everything through. */
function namesAllowed(list: NonNullable<RawEntry['allow']>): readonly string[] {
  const isOpen = list.some(
    ({ 'dependency-name': name = '*', 'dependency-type': type = 'direct' }) =>
      name === '*' && /^(?:direct|all)$/.test(type),
  );
  return isOpen ? [] : list.map(({ 'dependency-name': name, 'dependency-type': type }) => name ?? type ?? '*');
}

/** `/`, `./` and `` are the top; a leading and a trailing slash mean nothing. */
function toFolder(directory: string): string {
  const path = directory.trim().replace(/^\.?\/+|\/+$/g, '');
  return path === '' || path === '.' ? '.' : path;
}

/** Two entries of one ecosystem, folder and branch are refused together. */
function findTwins(entries: readonly UpdateEntry[], updates: readonly RawEntry[], file: string): readonly Evidence[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const keys = entry.folders.map((folder) =>
      JSON.stringify([entry.ecosystem, folder, updates[index]?.['target-branch'] ?? '']),
    );
    const twin = keys.some((key) => seen.has(key));
    keys.forEach((key) => seen.add(key));
    const what = `${entry.ecosystem} in ${describeFolder(entry.folders[0] ?? '.')}`;
    return twin
      ? [
          broken(
            `${file} names ${excerpt(what)} twice, and Dependabot refuses the file`,
            'Join the two entries into one.',
            { file, line: entry.lineOf() },
          ),
        ]
      : [];
  });
}

function noMap(file: string): Evidence {
  return cannotTell('unreadable', `${file} is no map of keys`, `Write ${file} as Dependabot's documentation shows.`, {
    file,
  });
}

function lacks(key: string, file: string, line: number): Evidence {
  return broken(`an entry of ${file} has no ${key}, and Dependabot refuses the file`, `Add ${key} to the entry.`, {
    file,
    line,
  });
}

function refuse(issue: z.core.$ZodIssue, file: string, document: YamlDocument): Evidence {
  const key = issue.path.map(String).join('.');
  const { line } = document.spotOf(issue.path);
  return broken(
    `${excerpt(key === '' ? 'the file' : key)} of ${file} is nothing Dependabot accepts`,
    `Write ${excerpt(key)} as Dependabot's documentation shows.`,
    { file, line },
  );
}

/** `.` as Dependabot writes it. */
export function describeFolder(folder: string): string {
  return folder === '.' ? '/' : `/${folder}`;
}
