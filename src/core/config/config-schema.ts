/** The keys of `.fixby/config.yaml`. Published as `schema/config.v1.schema.json`; what each key means is in docs/configuration.md. */
import * as z from 'zod';
import { calendarDay, relativePath, words } from '../document/text-values.ts';
import {
  absolutePath,
  duration,
  feedPlace,
  glob,
  httpUrl,
  ledgerUrl,
  name,
  osvUrl,
  repositoryName,
  tagPattern,
  timeZone,
} from './config-values.ts';

const severity = z.enum(['critical', 'high', 'medium', 'low']);
const window = words.meta({
  description: 'a window in words: "immediate", "7 days", "next minor release", "opportunistically"',
});

const acceptedDays = z.int().min(1).max(3650);

const policySchema = z.strictObject({
  file: relativePath.optional().meta({ description: 'the file to read the policy from' }),
  windows: z
    .strictObject({
      critical: window.optional(),
      high: window.optional(),
      medium: window.optional(),
      low: window.optional(),
    })
    .optional(),
  clock: z
    .enum(['act', 'published', 'introduced', 'first-seen', 'fix-released'])
    .optional()
    .meta({ description: 'the date a clock starts at; `act` unless given: when a person could have acted' }),
  noFix: z
    .enum(['pause', 'count'])
    .optional()
    .meta({ description: 'whether a clock waits while there is no fixed version; `pause` unless given' }),
  noFixLongestWait: words
    .optional()
    .meta({ description: 'how long a finding without a fix may wait, such as "90 days"' }),
  unknownSeverity: severity
    .optional()
    .meta({ description: 'what an unknown severity is judged as; `high` unless given' }),
  timeZone: timeZone.optional().meta({ description: 'the IANA name of the zone days end in; `UTC` unless given' }),
  holidays: z
    .array(calendarDay)
    .max(1000)
    .optional()
    .meta({ description: 'days such as 2026-12-25 that are no business days' }),
  knownExploited: window
    .optional()
    .meta({ description: 'the window of known-exploited findings, where it is tighter than their own' }),
  sprint: words.optional().meta({ description: 'how long a sprint is, such as "2 weeks"' }),
  vague: z
    .strictObject({ asap: window.optional().meta({ description: 'the window that "as soon as possible" stands for' }) })
    .optional(),
});

const auditSchema = z.strictObject({
  auditors: z
    .array(name)
    .min(1)
    .max(20)
    .optional()
    .meta({ description: 'who is asked, by name; everybody unless given' }),
  concurrency: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'how many tools run at once; processors + 1, at most 8, unless given' }),
  timeout: duration.optional().meta({ description: 'how long one run of one tool may take; "5 minutes" unless given' }),
  attempts: z
    .int()
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'how often a question is asked that may be answered later; 3 unless given' }),
  acceptUnaudited: z
    .array(
      z.strictObject({
        target: relativePath.optional().meta({ description: 'the folder it is accepted in; every one unless given' }),
        package: words.meta({ description: 'a package no auditor can answer for' }),
        reason: words.meta({ description: 'why that is accepted' }),
      }),
    )
    .max(1000)
    .optional(),
});

const channel = z
  .strictObject({
    name: name.meta({
      description: 'what the channel is called; its address and secrets are in FIXBY_NOTIFY_NAME_… variables',
    }),
    kind: name.meta({ description: 'what is spoken there: `github-issue`, `mail`, `slack`, `teams` or `webhook`' }),
  })
  .meta({ description: 'Addresses and secrets are read from FIXBY_NOTIFY_… variables: docs/nightly.md.' });

const channelList = z
  .array(channel)
  .max(20)
  .refine((list) => new Set(list.map((each) => each.name)).size === list.length, 'must hold each name once');

/** What the file may hold. Every key may be left out; an unknown one is refused. */
export const configSchema = z.strictObject({
  version: z.literal(1).optional().meta({ description: 'the version of this format' }),
  policy: policySchema.optional(),
  discover: z
    .strictObject({
      include: z
        .array(glob)
        .max(1000)
        .optional()
        .meta({ description: 'folders that are looked at; every one unless given' }),
      exclude: z.array(glob).max(1000).optional().meta({ description: 'folders that are not' }),
    })
    .optional(),
  npm: z
    .strictObject({
      registry: httpUrl
        .optional()
        .meta({ description: "the registry npm asks; that of npm's own trusted configuration unless given" }),
      knownRegistries: z
        .array(httpUrl)
        .max(100)
        .optional()
        .meta({ description: 'registries an .npmrc of the repository may name without a problem' }),
    })
    .optional(),
  python: z
    .strictObject({
      index: httpUrl
        .optional()
        .meta({ description: "the Python index; that of uv's own trusted configuration unless given" }),
      knownIndexes: z
        .array(httpUrl)
        .max(100)
        .optional()
        .meta({ description: 'indexes that files of the repository may name without a problem' }),
      interpreter: absolutePath.optional().meta({ description: 'the Python that is used; found on PATH unless given' }),
    })
    .optional(),
  osv: z
    .strictObject({
      url: osvUrl.optional().meta({ description: 'the base of an OSV API, without /v1; the public one unless given' }),
      maxAge: duration.optional().meta({ description: 'how old a kept advisory may be; "6 hours" unless given' }),
    })
    .optional(),
  mirror: z
    .strictObject({
      path: absolutePath.optional().meta({ description: 'folder of an imported mirror' }),
      maxAge: duration.optional().meta({ description: 'how old its records may be; "48 hours" unless given' }),
    })
    .optional(),
  exploited: z
    .strictObject({
      kev: feedPlace
        .optional()
        .meta({ description: "CISA's catalog of known exploited vulnerabilities: an address, or an absolute path" }),
      epss: feedPlace
        .optional()
        .meta({ description: "FIRST's EPSS scores, plain or gzip: an address, or an absolute path" }),
      maxAge: duration.optional().meta({ description: 'how old a fetched feed may be; "12 hours" unless given' }),
    })
    .optional(),
  tools: z
    .strictObject({
      npm: absolutePath.optional().meta({ description: 'the npm that is run; found on PATH unless given' }),
      pipAudit: absolutePath.optional().meta({ description: 'the pip-audit that is run; found on PATH unless given' }),
      uv: absolutePath.optional().meta({ description: 'the uv that is run; found on PATH unless given' }),
    })
    .optional(),
  audit: auditSchema.optional(),
  exceptions: z
    .strictObject({
      maxDays: z
        .strictObject({
          critical: acceptedDays
            .optional()
            .meta({ description: 'the most days for which a critical risk may be accepted at once' }),
          high: acceptedDays
            .optional()
            .meta({ description: 'the most days for which a high risk may be accepted at once' }),
          medium: acceptedDays
            .optional()
            .meta({ description: 'the most days for which a medium risk may be accepted at once' }),
          low: acceptedDays
            .optional()
            .meta({ description: 'the most days for which a low risk may be accepted at once' }),
        })
        .optional()
        .meta({ description: 'for how many days a risk of a severity may be accepted at once' }),
    })
    .optional(),
  ledger: z
    .strictObject({
      url: ledgerUrl.optional().meta({ description: 'a PostgreSQL database, without password' }),
      repository: repositoryName.optional().meta({ description: 'what the ledger calls this repository' }),
    })
    .optional(),
  promises: z
    .strictObject({
      failOn: z.literal('broken').optional().meta({
        description: 'a broken promise of SECURITY.md makes audit, gate and release fail; default: it is only shown',
      }),
    })
    .optional(),
  releases: z
    .strictObject({
      tagPattern: tagPattern.optional().meta({
        description: 'which tags are releases, with one * for the version; every tag that reads as semver unless given',
      }),
    })
    .optional(),
  schedule: z
    .strictObject({
      every: duration.optional().meta({ description: 'how often a run is expected, such as "24 hours"' }),
    })
    .optional(),
  notify: z.strictObject({ channels: channelList.optional() }).optional(),
  reports: z
    .strictObject({
      dir: relativePath
        .optional()
        .meta({ description: 'where reports are written, inside the repository; `reports` unless given' }),
      formats: z
        .array(name)
        .min(1)
        .max(20)
        .optional()
        .meta({ description: 'the formats reports are written in; json and markdown unless given' }),
    })
    .optional(),
});

/** The file as it is written, once it is known to be valid. */
export type ConfigInput = z.infer<typeof configSchema>;
