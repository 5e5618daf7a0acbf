/** `fixby mirror serve`: answers npm, yarn, pnpm, pip-audit and OSV clients until it is told to stop. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { countMalformed, followMirror } from '../../mirror/follow-mirror.ts';
import { checkHealth } from '../../mirror/health.ts';
import type { MirrorHealth } from '../../mirror/health.ts';
import { createMirror } from '../../mirror/mirror.ts';
import type { MirrorOptions } from '../../mirror/mirror.ts';
import { createStore, publishedBefore } from '../../mirror/store.ts';
import type { HttpHandler } from '../../ports/http.ts';
import { mirrorFolder, nowOf, openMirror } from '../compose-mirror-store.ts';
import { createUpstream, loadDump, serveMirror } from '../compose-mirror-serve.ts';
import { EXIT } from '../exit-codes.ts';
import { readExposure } from '../mirror/exposure.ts';
import { readInstant } from '../run-options.ts';
import type { World } from '../world.ts';

type Raw = Readonly<Record<string, unknown>>;

/** Prints the address on stdout once it listens; everything else goes to stderr. Ends with the interruption of the world. */
export async function runMirrorServe(world: World, raw: Raw): Promise<number> {
  const host = String(raw['host']);
  const port = readPort(String(raw['port']));
  const exposure = await readExposure(host, filesOf(world, raw));
  const served = await openServed(world, raw);
  const { handle, health } = served;
  warn(world, health);
  const server = await serveMirror({
    host,
    port,
    handle,
    ...exposure,
    onError: (error) => world.stderr.write(`fixby: a request failed: ${excerpt(String(error))}\n`),
  });
  const generation = health.generation === undefined ? '' : ` of generation ${health.generation}`;
  world.stdout.write(`serving ${health.records} advisories${generation} on ${server.url}\n`);
  if (!world.interrupted.aborted) await once(world.interrupted, 'abort');
  await server.close();
  await served.close();
  return EXIT.pass;
}

/** What is served, and what can be said of it at the start. */
interface Served {
  readonly handle: HttpHandler;
  readonly health: MirrorHealth;
  close(): Promise<void>;
}

function openServed(world: World, raw: Raw): Served | Promise<Served> {
  const upstream = raw['upstream'];
  const options = {
    now: nowOf,
    ...(typeof upstream === 'string' ? { upstream: createUpstream(upstream, world.env) } : {}),
  };
  const paths = (raw['advisories'] as readonly string[] | undefined) ?? [];
  return paths.length > 0 ? serveFiles(world, raw, paths, options) : serveImported(world, raw, options);
}

async function serveFiles(
  world: World,
  raw: Raw,
  paths: readonly string[],
  options: Partial<MirrorOptions>,
): Promise<Served> {
  const { records, rejected } = await loadDump(paths.map((path) => resolve(world.cwd, path)));
  const before = raw['publishedBefore'];
  const served = typeof before === 'string' ? publishedBefore(records, readInstant(before)) : records;
  const store = createStore(served);
  for (const { name, why } of rejected.slice(0, 20))
    world.stderr.write(`fixby: ${visible(name)} was left out: ${visible(why)}\n`);
  if (rejected.length > 20) world.stderr.write(`fixby: ${rejected.length - 20} more files were left out\n`);
  return {
    handle: createMirror({ ...options, store, rejected: rejected.length }),
    health: checkHealth(store, rejected.length),
    close: () => Promise.resolve(),
  };
}

function serveImported(world: World, raw: Raw, options: Partial<MirrorOptions>): Served {
  if (raw['publishedBefore'] !== undefined) {
    throw new UsageError(
      'past-needs-files',
      'An imported mirror knows the present only.',
      'Name the records with --advisories to serve what was published before a day.',
    );
  }
  const named = raw['mirror'];
  const mirror = openMirror(mirrorFolder(world, typeof named === 'string' ? named : undefined));
  const reading = mirror.current();
  if (reading.status === 'unavailable') {
    throw new UsageError('no-mirror', `Nothing can be served: ${reading.detail}.`, reading.mend);
  }
  const { store, state } = reading.generation;
  return {
    handle: followMirror(mirror, options),
    health: checkHealth(store, countMalformed(reading.generation), { state, now: nowOf() }),
    close: () => mirror.close(),
  };
}

function warn(world: World, { canaries, unreadable, rejected, status, generation }: MirrorHealth): void {
  const say = (text: string): unknown => world.stderr.write(`fixby: ${text}\n`);
  for (const { ecosystem, package: name, found } of canaries) {
    if (found) continue;
    say(`these advisories do not know ${name} (${ecosystem}): audits against this mirror will be called source-blind`);
  }
  if (unreadable.length > 0) {
    const some = unreadable
      .slice(0, 5)
      .map((id) => excerpt(id, 60))
      .join(', ');
    say(
      `${unreadable.length} records have a range that cannot be read, and find less than they mean to: ${some}${unreadable.length > 5 ? ', …' : ''} (all of them: /healthz)`,
    );
  }
  if (generation !== undefined && rejected > 0) say(`${rejected} files of the last import were no usable record`);
  if (status === 'stale') say('this mirror is old: run `fixby mirror import` (`fixby mirror status` tells more)');
}

function filesOf({ cwd }: World, raw: Raw): Parameters<typeof readExposure>[1] {
  const path = (key: string): string | undefined => (typeof raw[key] === 'string' ? resolve(cwd, raw[key]) : undefined);
  const [token, cert, key] = [path('tokenFile'), path('tlsCert'), path('tlsKey')];
  return {
    ...(token === undefined ? {} : { token }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError('bad-port', `"${excerpt(text)}" is no port.`, 'Name a number from 0 to 65535.');
}
