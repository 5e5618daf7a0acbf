/** Looks up when versions were published, with a cache on disk, as the registry port. */
import pLimit from 'p-limit';
import type { Ecosystem } from '../../core/model/ecosystem.ts';
import type { PackageSource, ReleasesLookup } from '../../core/model/package-releases.ts';
import type { Registry } from '../../ports/registry.ts';
import { credentialsIn, plainAddress } from '../lib/address.ts';
import { openConnection, type ConnectionLimits } from '../lib/connection.ts';
import type { Variables } from '../lib/host.ts';
import type { CredentialsFor } from '../lib/npm-credentials.ts';
import type { Asking } from './ask-registry.ts';
import { lookUpReleases, type Desk } from './look-up-releases.ts';
import { npmRegistry } from './npm-registry.ts';
import { pythonIndex } from './python-index.ts';
import type { RegistryKind } from './registry-kind.ts';
import { openReleaseCache } from './release-cache.ts';

export interface RegistryOptions {
  /** Folder of the operator's for caches; never one of the audited repository. */
  readonly cacheDir: string;
  /** Ask nobody: what the cache holds counts, however old. */
  readonly offline?: boolean;
  /** How long cached dates count without asking; 6 hours unless given. */
  readonly maxAgeMs?: number;
  /** The operator's variables, for proxy and certificates. */
  readonly variables: Variables;
  /** The operator's npm credentials. */
  readonly credentials: CredentialsFor;
  /** Now in UTC ISO-8601. */
  readonly now: () => string;
  readonly limits?: Partial<RegistryLimits>;
}

interface RegistryLimits extends ConnectionLimits {
  /** Packages asked for at once. */
  readonly concurrency: number;
  /** Largest answer taken, decoded. */
  readonly maxBytes: number;
  /** For one package, retries included. */
  readonly totalMs: number;
  /** Refusals in a row after which a registry counts as down and is not asked again. */
  readonly patience: number;
}

const LIMITS: RegistryLimits = {
  concurrency: 6,
  maxBytes: 256 * 1024 * 1024,
  totalMs: 120_000,
  patience: 5,
  // A run does not fail for want of these dates, so it does not wait for them as it waits for advisories.
  timeoutMs: 15_000,
  retries: 1,
  retryDelayMs: 500,
  retryDelayMaxMs: 10_000,
};

const SIX_HOURS_MS = 6 * 3_600_000;

const KINDS: Readonly<Record<Ecosystem, RegistryKind>> = { npm: npmRegistry, PyPI: pythonIndex };

/** A package is looked up once, however often it is asked for. */
export function createRegistry(options: RegistryOptions): Registry {
  const limits = { ...LIMITS, ...options.limits };
  const connection = openConnection(options.variables, limits);
  const limit = pLimit(limits.concurrency);
  const desks = new Map<string, Desk>();
  const lookUps = new Map<string, Promise<ReleasesLookup>>();
  return {
    lookUp: (ecosystem, source, names) => {
      const place = JSON.stringify([ecosystem, source.url, source.own]);
      const desk = desks.get(place) ?? openDesk(ecosystem, source, options, { ...limits, connection });
      desks.set(place, desk);
      const lookUp = (name: string): Promise<ReleasesLookup> => {
        const key = JSON.stringify([place, name]);
        const known = lookUps.get(key) ?? limit(() => lookUpReleases(name, desk));
        lookUps.set(key, known);
        return known;
      };
      return Promise.all(names.map(lookUp));
    },
  };
}

function openDesk(
  ecosystem: Ecosystem,
  source: PackageSource,
  options: RegistryOptions,
  asking: Pick<Asking, 'connection'> & RegistryLimits,
): Desk {
  const url = new URL(source.url);
  const name = plainAddress(url);
  const kind = KINDS[ecosystem];
  return {
    name,
    kind,
    cache: openReleaseCache(options.cacheDir, ecosystem, name),
    asking:
      options.offline === true
        ? null
        : { ...asking, kind, base: new URL(`${name}/`), credentials: greet(kind, url, source, options) },
    maxAgeMs: options.maxAgeMs ?? SIX_HOURS_MS,
    patience: asking.patience,
    now: options.now,
    refusals: { inARow: 0, detail: '' },
  };
}

/**
 * Credentials in the address itself, else the operator's npm credentials for an npm registry. Those go out in clear text
 * only to an address that the operator's own tools send them to.
 */
function greet(
  kind: RegistryKind,
  url: URL,
  { own }: PackageSource,
  { credentials }: RegistryOptions,
): Readonly<Record<string, string>> {
  const inAddress = credentialsIn(url);
  if (Object.keys(inAddress).length > 0) return inAddress;
  return kind === npmRegistry && (own || url.protocol === 'https:') ? credentials(url) : {};
}
