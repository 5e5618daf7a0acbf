/** Looks one package up: the cache first, then the registry; what an outage leaves unknown stays what it was. */
import type { ReleasesLookup } from '../../core/model/package-releases.ts';
import { excerpt } from '../../core/model/text.ts';
import { isFresh } from '../lib/cache-file.ts';
import { askRegistry, type Asking, type RegistryAnswer } from './ask-registry.ts';
import type { RegistryKind } from './registry-kind.ts';
import type { CachedReleases, ReleaseCache } from './release-cache.ts';

/** One registry in one run, and the one thing that changes: how often in a row it refused. */
export interface Desk {
  /** Its address without credentials. */
  readonly name: string;
  readonly kind: RegistryKind;
  readonly cache: ReleaseCache;
  /** `null` when nobody may be asked. */
  readonly asking: Asking | null;
  readonly maxAgeMs: number;
  readonly patience: number;
  readonly now: () => string;
  refusals: { readonly inARow: number; readonly detail: string };
}

/** Never rejects. */
export async function lookUpReleases(name: string, desk: Desk): Promise<ReleasesLookup> {
  if (!desk.kind.isName(name)) return unavailable(name, `${excerpt(name, 60)} is no package name`);
  const cached = await desk.cache.read(name);
  if (cached !== null && isRecent(cached, desk)) return found(cached, desk);
  if (desk.asking === null) return unavailable(name, 'offline and not in the cache');
  if (desk.refusals.inARow >= desk.patience) return withoutAnswer(name, cached, desk.refusals.detail, desk);
  return settle(name, cached, await askRegistry(name, cached?.etag ?? null, desk.asking), desk);
}

function isRecent({ fetchedAt }: CachedReleases, { asking, now, maxAgeMs }: Desk): boolean {
  return asking === null || isFresh(fetchedAt, now(), maxAgeMs);
}

async function settle(
  name: string,
  cached: CachedReleases | null,
  answer: RegistryAnswer,
  desk: Desk,
): Promise<ReleasesLookup> {
  const { inARow } = desk.refusals;
  desk.refusals =
    answer.status === 'refused' ? { inARow: inARow + 1, detail: answer.detail } : { inARow: 0, detail: '' };
  if (answer.status === 'not-found') return { status: 'not-found', name, source: desk.name };
  if (answer.status === 'refused' || answer.status === 'invalid')
    return withoutAnswer(name, cached, answer.detail, desk);
  const known = answer.status === 'unchanged' ? cached : answer;
  if (known === null) return unavailable(name, `${desk.name} said that nothing changed, and nothing is known`);
  const { etag, published, withdrawn } = known;
  const entry = { name, etag, published: [...published], withdrawn: [...withdrawn], fetchedAt: desk.now() };
  await desk.cache.write(entry);
  return found(entry, desk);
}

/** What was published stays published: an outage must not move the start of a clock. */
function withoutAnswer(name: string, cached: CachedReleases | null, detail: string, desk: Desk): ReleasesLookup {
  return cached === null ? unavailable(name, `${desk.name}: ${detail}`) : found(cached, desk);
}

function found({ name, published, withdrawn }: CachedReleases, { name: source }: Desk): ReleasesLookup {
  return { status: 'found', name, source, published, withdrawn };
}

function unavailable(name: string, detail: string): ReleasesLookup {
  return { status: 'unavailable', name, detail };
}
