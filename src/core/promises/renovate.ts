/** Reads a Renovate configuration and holds it against the manifests and the rhythm that were promised. */
import * as z from 'zod';
import { readFiles } from '../model/program.ts';
import { excerpt } from '../model/text.ts';
import { broken, cannotTell, kept } from './evidence.ts';
import { matchesGlob } from './glob.ts';
import { manifestsOf, type Manifest } from './manifests.ts';
import type { Period } from './period.ts';
import type { FileRead } from '../model/file.ts';
import type { Program } from '../model/program.ts';
import type { Evidence, PromiseFacts } from '../model/promise.ts';

const PATHS = [
  'renovate.json',
  'renovate.json5',
  '.github/renovate.json',
  '.github/renovate.json5',
  '.gitlab/renovate.json',
  '.gitlab/renovate.json5',
  '.renovaterc',
  '.renovaterc.json',
  '.renovaterc.json5',
];

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

/** https://docs.renovatebot.com/configuration-options/ */
const configSchema = z.object({
  enabled: z.boolean().optional(),
  extends: z.array(z.string()).default([]),
  enabledManagers: z.array(z.string()).optional(),
  ignorePaths: z.array(z.string()).optional(),
  includePaths: z.array(z.string()).optional(),
  schedule: texts.optional(),
  groupName: z.string().optional(),
  packageRules: z
    .array(z.looseObject({ enabled: z.boolean().optional(), groupName: z.string().nullish() }))
    .default([]),
});

type RenovateConfig = z.infer<typeof configSchema>;

export type RenovateReading =
  | { readonly status: 'read'; readonly file: string; readonly config: RenovateConfig }
  | { readonly status: 'unreadable'; readonly doubt: Evidence }
  | { readonly status: 'missing' };

/** Reads the first of the usual places that holds something, `package.json` last. */
export function* readRenovate(): Program<RenovateReading> {
  const files = yield* readFiles([...PATHS, 'package.json']);
  const file = files.slice(0, -1).find(({ status }) => status !== 'missing');
  if (file !== undefined) return readConfig(file, (value) => value);
  const manifest = files.at(-1);
  if (manifest?.status !== 'ok' || !manifest.text.includes('"renovate"')) return { status: 'missing' };
  return readConfig(manifest, (value) =>
    isRecord(value) && Object.hasOwn(value, 'renovate') ? value['renovate'] : null,
  );
}

function readConfig(file: FileRead, pick: (value: unknown) => unknown): RenovateReading {
  const path = file.path;
  const unreadable = (detail: string): RenovateReading => ({
    status: 'unreadable',
    doubt: cannotTell('unreadable', `${path} cannot be read: ${excerpt(detail)}`, `Write ${path} as plain JSON.`, {
      file: path,
    }),
  });
  if (file.status !== 'ok') return unreadable(file.detail);
  try {
    const parsed = configSchema.safeParse(pick(JSON.parse(file.text)));
    return parsed.success
      ? { status: 'read', file: path, config: parsed.data }
      : unreadable('it is no Renovate configuration');
  } catch {
    return unreadable('it is no JSON (JSON5 is not read)');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const MANAGERS: Readonly<Record<Manifest['ecosystem'], readonly string[]>> = {
  npm: ['npm', 'bun'],
  PyPI: ['pip_requirements', 'pip_setup', 'pep621', 'poetry', 'pipenv', 'setup-cfg', 'pip-compile'],
};

/** Presets of Renovate itself, none of which switches updates off. https://docs.renovatebot.com/presets-config/ */
const OWN_PRESET =
  /^(?:(?:config|schedule|group|helpers|packages|replacements|workarounds|monorepo|mergeConfidence|security|docker|npm|customManagers|abandonments|preview):\w+|:(?!only|disable(?:Renovate|PeerDependencies)?$)\w+)(?:\(.*\))?$/;
/** Those among them that leave folders of tests and examples out, unless the file says itself which. */
const LEAVES_TESTS_OUT = /^(?:config:(?:recommended|base|best-practices|js-app|js-lib)|:ignoreModulesAndTests)$/;
const TEST_FOLDER = /(?:^|\/)(?:node_modules|bower_components|vendor|examples|__tests__|tests?|__fixtures__)(?:\/|$)/;

/** What another repository or package holds is not known here: it may switch anything off, and set any rhythm. */
function foreignPresets(file: string, { extends: presets }: RenovateConfig): readonly Evidence[] {
  const foreign = presets.filter((name) => !OWN_PRESET.test(name));
  if (foreign.length === 0) return [];
  const text = `${file} extends ${excerpt(foreign.join(', '))}, which lies elsewhere and is not read`;
  return [cannotTell('unclear', text, 'Look at the preset, or state here what it sets.', { file })];
}

/** Whether updates are grouped: by a rule, or by a preset that is known to. */
export function judgeRenovateGroups(file: string, config: RenovateConfig): readonly Evidence[] {
  const rules = [config.groupName, ...config.packageRules.map(({ groupName }) => groupName)].filter(
    (name) => typeof name === 'string',
  );
  const presets = config.extends.filter((name) => /^group:|^config:(?:recommended|base|best-practices)$/.test(name));
  const [first] = [...rules, ...presets];
  if (first !== undefined) return [kept(`${file} groups updates: ${excerpt(first)}`, { file })];
  const foreign = foreignPresets(file, config);
  return foreign.length > 0
    ? foreign
    : [broken(`${file} groups nothing`, 'Add a groupName to a package rule.', { file })];
}

/** Renovate finds manifests by itself; only what is switched off is not covered. */
export function judgeRenovate(file: string, config: RenovateConfig, facts: PromiseFacts): readonly Evidence[] {
  if (config.enabled === false)
    return [broken(`${file} switches Renovate off (enabled: false)`, 'Set enabled to true.', { file })];
  const off = config.packageRules.some(({ enabled }) => enabled === false);
  return [
    ...manifestsOf(facts).map((manifest) => judgeManifest(file, config, manifest)),
    kept(`${file} configures Renovate`, { file }),
    ...foreignPresets(file, config),
    ...(off
      ? [
          cannotTell(
            'unclear',
            `a package rule of ${file} switches updates off for some packages`,
            'Say in SECURITY.md which.',
            { file },
          ),
        ]
      : []),
  ];
}

function judgeManifest(file: string, config: RenovateConfig, { path, ecosystem, sources }: Manifest): Evidence {
  const { enabledManagers, ignorePaths, includePaths } = config;
  const what = `${ecosystem} in ${excerpt(path)}`;
  if (enabledManagers !== undefined && !enabledManagers.some((name) => MANAGERS[ecosystem].includes(name)))
    return broken(
      `${what} is not among the enabledManagers`,
      `Add ${MANAGERS[ecosystem][0] ?? ''} to enabledManagers.`,
      { file },
    );
  const files = sources.map((source) => source.path);
  const hits = (patterns: readonly string[]): boolean =>
    files.every((each) =>
      patterns.some((pattern) => each.startsWith(`${pattern}/`) || matchesGlob(pattern, each) === true),
    );
  const preset = config.extends.find((name) => LEAVES_TESTS_OUT.test(name));
  if (preset !== undefined && ignorePaths === undefined && TEST_FOLDER.test(path))
    return broken(`${what} lies in a folder that ${preset} leaves out`, 'Set ignorePaths to what is meant.', { file });
  if (hits(ignorePaths ?? [])) return broken(`${what} lies in ignorePaths`, `Take it out of ignorePaths.`, { file });
  if (includePaths !== undefined && !hits(includePaths))
    return broken(`${what} lies outside includePaths`, `Add it to includePaths.`, { file });
  return kept(`${what} is found by Renovate`, { file });
}

const PRESET_DAYS: readonly (readonly [RegExp, number])[] = [
  [/^schedule:(?:daily|nightly|nonOfficeHours|officeHours|automergeDaily)$/, 1],
  [/^schedule:(?:weekly|weekends|weekdays|earlyMondays)$/, 7],
  [/^schedule:monthly$/, 31],
  [/^schedule:quarterly$/, 92],
  [/^schedule:yearly$/, 366],
];

const WORD_DAYS: readonly (readonly [RegExp, number])[] = [
  [/month|first day of/i, 31],
  [/weekend|sunday|monday|tuesday|wednesday|thursday|friday|saturday/i, 7],
  [/every weekday|at any time|before|after|between|day/i, 1],
];

/** Without a schedule Renovate works at any time. */
export function judgeRenovateRhythm(
  file: string,
  config: RenovateConfig,
  { days: promised, words }: Period,
): readonly Evidence[] {
  const foreign = config.schedule === undefined ? foreignPresets(file, config) : [];
  if (foreign.length > 0) return foreign;
  const presets = config.extends.filter((name) => name.startsWith('schedule:'));
  const stated = [...presets, ...(config.schedule ?? [])];
  const read = stated.map(
    (text) => [...PRESET_DAYS, ...WORD_DAYS].find(([pattern]) => pattern.test(text))?.[1] ?? null,
  );
  if (read.includes(null))
    return [
      cannotTell(
        'unclear',
        `the schedule of ${file} cannot be read: ${excerpt(stated.join(', '))}`,
        'Use a schedule preset.',
        { file },
      ),
    ];
  const days = Math.max(1, ...read.map((each) => each ?? 1));
  const is =
    stated.length === 0
      ? `${file} sets no schedule, so Renovate works at any time`
      : `${file} says ${excerpt(stated.join(', '))}`;
  return [
    days > promised
      ? broken(`${is}, less often than ${words}`, `Make the schedule ${words}.`, { file })
      : kept(is, { file }),
  ];
}
