/** What an imported mirror says of itself: what it holds, from where, and as of when. */
import * as z from 'zod';
import type { Ecosystem } from './ecosystem.ts';

/** What a mirror can hold: the records of an ecosystem, or a feed about exploited flaws. */
export const MIRROR_SOURCES = ['npm', 'PyPI', 'kev', 'epss'] as const;

export type MirrorSource = (typeof MIRROR_SOURCES)[number];

/** Whether a source brings the records of an ecosystem; the others are feeds about exploited flaws. */
export function isEcosystem(source: MirrorSource): source is Ecosystem {
  return source !== 'kev' && source !== 'epss';
}

const count = z.int().min(0);

const named = z.object({
  count,
  /** The first of them, safe to show. */
  examples: z.array(z.string()),
});

const sourceSchema = z.object({
  /** Addresses without credentials, or paths. */
  from: z.array(z.string()),
  /** SHA-256 of each archive or file; absent for a folder. */
  sha256: z.array(z.string()),
  /** Strong entity tag of what a server sent; a server that still has it need not send it again. */
  etag: z.string().nullable(),
  /** The moment whose knowledge it is: the answer of a server, or the last change of a file. UTC ISO-8601. */
  asOf: z.iso.datetime(),
  importedAt: z.iso.datetime(),
  /** Records of an ecosystem, rows of a feed. */
  entries: count,
  /** Files that should have been a record and were none. */
  malformed: named,
  /** Ids that several files of one import claimed with different texts; the one modified last counts. */
  collisions: named,
});

/** `manifest.json` of a generation. */
export const mirrorStateSchema = z.object({
  form: z.literal(1),
  generation: z.int().min(1),
  createdAt: z.iso.datetime(),
  /** SHA-256 over the ids and texts of all records and the rows of all feeds: equal for equal content, on any machine. */
  checksum: z.string(),
  /** Size of the data file; a file of another size is not opened. */
  bytes: count,
  summary: z.object({
    records: count,
    withdrawn: count,
    byEcosystem: z.object({ npm: count, PyPI: count }),
    unreadable: z.array(z.string()),
  }),
  sources: z.object({
    npm: sourceSchema.optional(),
    PyPI: sourceSchema.optional(),
    kev: sourceSchema.optional(),
    epss: sourceSchema.optional(),
  }),
});

/** One generation of a mirror, described. */
export type MirrorState = z.infer<typeof mirrorStateSchema>;

/** What a generation holds of one source; absent from `sources` when it was never imported. */
export type MirroredSource = z.infer<typeof sourceSchema>;

/** Files or ids that were met and could not be taken as they are. */
export type NamedCount = z.infer<typeof named>;

/** The sources a generation holds, in the order they are listed everywhere. */
export function heldSources({
  sources,
}: Pick<MirrorState, 'sources'>): readonly (readonly [MirrorSource, MirroredSource])[] {
  return MIRROR_SOURCES.flatMap((name) => {
    const source = sources[name];
    return source === undefined ? [] : [[name, source] as const];
  });
}

/** How old the knowledge of a source is at `now`, in milliseconds; never negative. */
export function ageOf({ asOf }: Pick<MirroredSource, 'asOf'>, now: string): number {
  return Math.max(0, Date.parse(now) - Date.parse(asOf));
}

/** How old a mirror may be unless the configuration says otherwise: a published dump is renewed many times a day. */
export const DEFAULT_MAX_AGE_MS = 48 * 3_600_000;

/** The sources whose knowledge is older than `maxAgeMs`. */
export function staleSources(
  state: Pick<MirrorState, 'sources'>,
  now: string,
  maxAgeMs: number,
): readonly MirrorSource[] {
  return heldSources(state).flatMap(([name, source]) => (ageOf(source, now) > maxAgeMs ? [name] : []));
}
