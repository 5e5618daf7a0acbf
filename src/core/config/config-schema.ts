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
  clock: z.enum(['act', 'published', 'introduced', 'first-seen', 'fix-released']).optional(),
  noFix: z.enum(['pause', 'count']).optional(),
  noFixLongestWait: words
    .optional()
    .meta({ description: 'how long a finding without a fix may wait, such as "90 days"' }),
  unknownSeverity: severity.optional(),
  timeZone: timeZone.optional(),
  holidays: z.array(calendarDay).max(1000).optional(),
  knownExploited: window.optional(),
  sprint: words.optional().meta({ description: 'how long a sprint is, such as "2 weeks"' }),
  vague: z.strictObject({ asap: window.optional() }).optional(),
});

const auditSchema = z.strictObject({
  auditors: z.array(name).min(1).max(20).optional(),
  concurrency: z.int().min(1).max(64).optional(),
  timeout: duration.optional(),
  attempts: z.int().min(1).max(10).optional(),
  acceptUnaudited: z
    .array(z.strictObject({ target: relativePath.optional(), package: words, reason: words }))
    .max(1000)
    .optional(),
});

const channel = z
  .strictObject({ name, kind: name })
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
    .strictObject({ include: z.array(glob).max(1000).optional(), exclude: z.array(glob).max(1000).optional() })
    .optional(),
  npm: z
    .strictObject({ registry: httpUrl.optional(), knownRegistries: z.array(httpUrl).max(100).optional() })
    .optional(),
  python: z
    .strictObject({
      index: httpUrl.optional(),
      knownIndexes: z.array(httpUrl).max(100).optional(),
      interpreter: absolutePath.optional(),
    })
    .optional(),
  osv: z.strictObject({ url: osvUrl.optional(), maxAge: duration.optional() }).optional(),
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
    .strictObject({ npm: absolutePath.optional(), pipAudit: absolutePath.optional(), uv: absolutePath.optional() })
    .optional(),
  audit: auditSchema.optional(),
  exceptions: z
    .strictObject({
      maxDays: z
        .strictObject({
          critical: acceptedDays.optional(),
          high: acceptedDays.optional(),
          medium: acceptedDays.optional(),
          low: acceptedDays.optional(),
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
  releases: z.strictObject({ tagPattern: tagPattern.optional() }).optional(),
  schedule: z
    .strictObject({
      every: duration.optional().meta({ description: 'how often a run is expected, such as "24 hours"' }),
    })
    .optional(),
  notify: z.strictObject({ channels: channelList.optional() }).optional(),
  reports: z
    .strictObject({ dir: relativePath.optional(), formats: z.array(name).min(1).max(20).optional() })
    .optional(),
});

/** The file as it is written, once it is known to be valid. */
export type ConfigInput = z.infer<typeof configSchema>;
