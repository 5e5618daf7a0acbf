/** `fixby mirror serve`: loads advisories and answers npm, pip-audit and OSV clients until it is told to stop. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { checkHealth } from '../../mirror/health.ts';
import { createMirror } from '../../mirror/mirror.ts';
import { createStore, publishedBefore } from '../../mirror/store.ts';
import { createUpstream, loadDump, serveMirror } from '../compose-mirror.ts';
import { EXIT } from '../exit-codes.ts';
import { readInstant } from '../run-options.ts';
import type { World } from '../world.ts';

/** Prints the address on stdout once it listens; everything else goes to stderr. Ends with the interruption of the world. */
export async function runMirrorServe(world: World, options: Readonly<Record<string, unknown>>): Promise<number> {
  const paths = (options['advisories'] as readonly string[]).map((path) => resolve(world.cwd, path));
  const { records, rejected } = await loadDump(paths);
  const before = options['publishedBefore'];
  const cut = typeof before === 'string' ? readInstant(before) : undefined;
  const served = cut === undefined ? records : publishedBefore(records, cut);
  const store = createStore(served);
  for (const { name, why } of rejected.slice(0, 20))
    world.stderr.write(`fixby: ${visible(name)} was left out: ${visible(why)}\n`);
  if (rejected.length > 20) world.stderr.write(`fixby: ${rejected.length - 20} more files were left out\n`);
  warnIfBlind(world, store, rejected.length);

  const upstream = options['upstream'];
  const server = await serveMirror({
    host: String(options['host']),
    port: readPort(String(options['port'])),
    handle: createMirror({
      store,
      rejected: rejected.length,
      ...(typeof upstream === 'string' ? { upstream: createUpstream(upstream) } : {}),
    }),
    onError: (error) => world.stderr.write(`fixby: a request failed: ${excerpt(String(error))}\n`),
  });
  world.stdout.write(`serving ${served.length} advisories on ${server.url}\n`);
  if (!world.interrupted.aborted) await once(world.interrupted, 'abort');
  await server.close();
  return EXIT.pass;
}

function warnIfBlind(world: World, store: ReturnType<typeof createStore>, rejected: number): void {
  for (const { ecosystem, package: name, found } of checkHealth(store, rejected).canaries) {
    if (found) continue;
    world.stderr.write(
      `fixby: these advisories do not know ${name} (${ecosystem}): audits against this mirror will be called source-blind\n`,
    );
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError('bad-port', `"${excerpt(text)}" is no port.`, 'Name a number from 0 to 65535.');
}
