/** Looks advisories up in an OSV API, with a cache on disk, as the advisories port. */
import pLimit from 'p-limit';
import type { AdvisoryLookup } from '../../core/model/advisory.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Advisories } from '../../ports/advisories.ts';
import { isFresh } from '../lib/cache-file.ts';
import type { Variables } from '../lib/host.ts';
import { isAdvisoryId } from './advisory-id.ts';
import { askSource, type Asking, type SourceAnswer } from './ask-source.ts';
import { openConnection, type ConnectionLimits } from '../lib/connection.ts';
import type { CredentialsFor } from '../lib/npm-credentials.ts';
import { DEFAULT_OSV_URL, describeSource } from './osv-source.ts';
import { openRecordCache, type CachedRecord, type RecordCache } from './record-cache.ts';

export interface AdvisoriesOptions {
  /** Base of an OSV API, without `/v1`; absent means the public one. */
  readonly osvUrl?: string;
  /** Folder of the operator's for caches; never one of the audited repository. */
  readonly cacheDir: string;
  /** Ask nobody: what the cache holds counts, however old. */
  readonly offline?: boolean;
  /** How long a cached record counts without asking; 6 hours unless given. */
  readonly maxAgeMs?: number;
  /** The operator's variables, for proxy and certificates. */
  readonly variables: Variables;
  /** What the operator's npm configuration knows of the server at `osvUrl`: a mirror answers both. */
  readonly credentials?: CredentialsFor;
  /** Now in UTC ISO-8601. */
  readonly now: () => string;
  readonly limits?: Partial<LookUpLimits>;
}

interface LookUpLimits extends ConnectionLimits {
  /** Records asked for at once. */
  readonly concurrency: number;
  /** Largest record taken. */
  readonly maxBytes: number;
  /** For one record, retries included. */
  readonly totalMs: number;
  /** Refusals in a row after which the source counts as down and is not asked again. */
  readonly patience: number;
}

/** What holds unless options say otherwise. */
export const LIMITS: LookUpLimits = {
  concurrency: 8,
  maxBytes: 16 * 1024 * 1024,
  totalMs: 90_000,
  patience: 5,
  timeoutMs: 20_000,
  retries: 3,
  retryDelayMs: 500,
  retryDelayMaxMs: 30_000,
};

/** How old a cached answer may be unless options say otherwise. */
export const SIX_HOURS_MS = 6 * 3_600_000;

/** Everything looking one id up needs, and the one thing that changes: how often in a row the source refused. */
interface Desk {
  readonly source: string;
  readonly cache: RecordCache;
  readonly ask: ((id: string, etag: string | null) => Promise<SourceAnswer>) | null;
  readonly maxAgeMs: number;
  readonly patience: number;
  readonly now: () => string;
  refusals: { inARow: number; detail: string };
}

/** An id is looked up once, however often it is asked for. @throws UsageError for an `osvUrl` that is no address. */
export function createAdvisories(options: AdvisoriesOptions): Advisories {
  const limits = { ...LIMITS, ...options.limits };
  const source = describeSource(options.osvUrl ?? DEFAULT_OSV_URL, options.credentials);
  const asking: Asking = { ...limits, source, connection: openConnection(options.variables, limits) };
  const desk: Desk = {
    source: source.name,
    cache: openRecordCache(options.cacheDir, source.name),
    ask: options.offline === true ? null : (id, etag) => askSource(id, etag, asking),
    maxAgeMs: options.maxAgeMs ?? SIX_HOURS_MS,
    patience: limits.patience,
    now: options.now,
    refusals: { inARow: 0, detail: '' },
  };
  const limit = pLimit(limits.concurrency);
  const lookUps = new Map<string, Promise<AdvisoryLookup>>();
  const lookUpOnce = (id: string): Promise<AdvisoryLookup> => {
    const lookUp = lookUps.get(id) ?? limit(() => lookUpOne(id, desk));
    lookUps.set(id, lookUp);
    return lookUp;
  };
  return {
    source: options.offline === true ? `${source.name} (offline, from the cache)` : source.name,
    lookUp: (ids) => Promise.all(ids.map(lookUpOnce)),
  };
}

async function lookUpOne(id: string, desk: Desk): Promise<AdvisoryLookup> {
  if (!isAdvisoryId(id)) return { status: 'unavailable', id, detail: `${excerpt(id, 60)} is no advisory id` };
  const cached = await desk.cache.read(id);
  if (desk.ask === null) return cached === null ? unavailable(id, 'offline and not in the cache') : found(cached, desk);
  if (cached !== null && isFresh(cached.fetchedAt, desk.now(), desk.maxAgeMs)) return found(cached, desk);
  if (desk.refusals.inARow >= desk.patience)
    return unavailable(id, `${desk.source} was given up: ${desk.refusals.detail}`);
  return settle(id, cached, await desk.ask(id, cached?.etag ?? null), desk);
}

async function settle(
  id: string,
  cached: CachedRecord | null,
  answer: SourceAnswer,
  desk: Desk,
): Promise<AdvisoryLookup> {
  const refused = answer.status === 'refused';
  desk.refusals = refused ? { inARow: desk.refusals.inARow + 1, detail: answer.detail } : { inARow: 0, detail: '' };
  if (answer.status === 'not-found') return { status: 'not-found', id };
  if (answer.status === 'refused' || answer.status === 'invalid')
    return unavailable(id, `${desk.source}: ${answer.detail}`);
  const vouched = answer.status === 'found' ? { id, record: answer.record, etag: answer.etag } : cached;
  if (vouched === null) return unavailable(id, `${desk.source} said that nothing changed, and nothing is known`);
  const entry = { ...vouched, fetchedAt: desk.now() };
  await desk.cache.write(entry);
  return found(entry, desk);
}

function found({ id, record }: CachedRecord, { source }: Desk): AdvisoryLookup {
  return { status: 'found', id, record, source };
}

function unavailable(id: string, detail: string): AdvisoryLookup {
  return { status: 'unavailable', id, detail };
}
