/** Fills in the defaults. */
import { durationMs } from './length-of-time.ts';
import { sortedUnique } from '../model/order.ts';
import type { ConfigInput } from './config-schema.ts';
import type { KeyPath } from '../document/yaml-document.ts';
import type { Config, ConfiguredWords, PolicyConfig } from '../model/config.ts';
import type { ClockStart, PolicySeverity } from '../model/policy.ts';

const DEFAULTS = {
  osvMaxAge: '6 hours',
  mirrorMaxAge: '48 hours',
  feedMaxAge: '12 hours',
  timeout: '5 minutes',
  attempts: 3,
  reportsDir: 'reports',
  formats: ['json', 'markdown'],
} as const;

const CLOCKS: Readonly<Record<NonNullable<NonNullable<ConfigInput['policy']>['clock']>, ClockStart>> = {
  act: 'act',
  published: 'published',
  introduced: 'introduced',
  'first-seen': 'firstSeen',
  'fix-released': 'fixReleased',
};

/** Where a configuration stands: its file, and the line of any value in it. */
export interface Origin {
  readonly file: string;
  readonly sha256: string;
  lineOf(path: KeyPath): number;
}

/** The configuration with every default; `origin` is null when there is no file. */
export function toConfig(input: ConfigInput, origin: Origin | null): Config {
  const {
    discover = {},
    npm = {},
    python = {},
    osv = {},
    mirror = {},
    exploited = {},
    tools = {},
    audit = {},
    exceptions = {},
    ledger = {},
    promises = {},
    releases = {},
    schedule = {},
    notify = {},
    reports = {},
  } = input;
  return {
    policy: toPolicyConfig(input.policy ?? {}, origin),
    discover: { include: discover.include ?? [], exclude: discover.exclude ?? [] },
    npm: { ...given({ registry: npm.registry }), knownRegistries: npm.knownRegistries ?? [] },
    python: {
      ...given({ index: python.index, interpreter: python.interpreter }),
      knownIndexes: python.knownIndexes ?? [],
    },
    osv: { ...given({ url: osv.url }), maxAgeMs: durationMs(osv.maxAge ?? DEFAULTS.osvMaxAge) },
    mirror: { ...given({ path: mirror.path }), maxAgeMs: durationMs(mirror.maxAge ?? DEFAULTS.mirrorMaxAge) },
    exploited: {
      ...given({ kev: exploited.kev, epss: exploited.epss }),
      maxAgeMs: durationMs(exploited.maxAge ?? DEFAULTS.feedMaxAge),
    },
    tools: given({ npm: tools.npm, 'pip-audit': tools.pipAudit, uv: tools.uv }),
    audit: {
      ...given({ auditors: audit.auditors }),
      ...(audit.concurrency === undefined ? {} : { concurrency: audit.concurrency }),
      timeoutMs: durationMs(audit.timeout ?? DEFAULTS.timeout),
      attempts: audit.attempts ?? DEFAULTS.attempts,
      acceptUnaudited: (audit.acceptUnaudited ?? []).map(({ target, ...accepted }) => ({
        ...accepted,
        ...given({ target }),
      })),
    },
    exceptions: { maxDays: given({ ...exceptions.maxDays }) },
    ledger: given({ url: ledger.url, repository: ledger.repository }),
    promises: given({ failOn: promises.failOn }),
    releases: given({ tagPattern: releases.tagPattern }),
    schedule: given({ everyMs: schedule.every === undefined ? undefined : durationMs(schedule.every) }),
    notify: { channels: notify.channels ?? [] },
    reports: { dir: reports.dir ?? DEFAULTS.reportsDir, formats: reports.formats ?? DEFAULTS.formats },
  };
}

function toPolicyConfig(policy: NonNullable<ConfigInput['policy']>, origin: Origin | null): PolicyConfig {
  const words = (text: string | undefined, ...path: KeyPath): ConfiguredWords | undefined =>
    text === undefined ? undefined : { text, file: origin?.file ?? '', line: origin?.lineOf(['policy', ...path]) ?? 1 };
  const windowOf = (severity: PolicySeverity) => words(policy.windows?.[severity], 'windows', severity);
  return {
    ...given({
      file: policy.file,
      asap: words(policy.vague?.asap, 'vague', 'asap'),
      sprint: words(policy.sprint, 'sprint'),
      knownExploited: words(policy.knownExploited, 'knownExploited'),
      noFixLongestWait: words(policy.noFixLongestWait, 'noFixLongestWait'),
    }),
    windows: given({
      critical: windowOf('critical'),
      high: windowOf('high'),
      medium: windowOf('medium'),
      low: windowOf('low'),
    }),
    noFix: policy.noFix ?? 'pause',
    clock: CLOCKS[policy.clock ?? 'act'],
    unknownSeverity: policy.unknownSeverity ?? 'high',
    timeZone: policy.timeZone ?? 'UTC',
    holidays: sortedUnique(policy.holidays ?? []),
    source: origin === null ? null : { file: origin.file, sha256: origin.sha256 },
  };
}

/** `values` without the absent ones. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
