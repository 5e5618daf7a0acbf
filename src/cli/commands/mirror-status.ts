/** `fixby mirror status`: what a mirror holds, from where, how old, and whether it is what was imported. */
import { staleSources } from '../../core/model/mirror.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { mirrorFolder, nowOf, openMirror, verifyMirror } from '../compose-mirror-store.ts';
import { EXIT } from '../exit-codes.ts';
import { describeMirror } from '../mirror/describe-mirror.ts';
import { readMaxAge } from '../mirror/read-max-age.ts';
import type { World } from '../world.ts';

/** 0 for a fresh mirror, 3 for one that is old, damaged, or not there. `--verify` reads all of it. */
export async function runMirrorStatus(world: World, raw: Readonly<Record<string, unknown>>): Promise<number> {
  const maxAgeMs = readMaxAge(String(raw['maxAge']));
  const named = raw['mirror'];
  const root = mirrorFolder(world, typeof named === 'string' ? named : undefined);
  const mirror = openMirror(root);
  try {
    const reading = mirror.current();
    if (reading.status === 'unavailable') {
      world.stderr.write(`fixby: ${visible(reading.detail)}\n  → ${visible(reading.mend)}\n`);
      return EXIT.inconclusive;
    }
    const { state } = reading.generation;
    const damaged = raw['verify'] === true ? await verifyMirror(root, state) : [];
    const stale = staleSources(state, nowOf(), maxAgeMs);
    if (raw['format'] === 'json') world.stdout.write(`${JSON.stringify({ ...state, stale, damaged }, null, 2)}\n`);
    else world.stdout.write(`${describeMirror(state, nowOf(), stale).map(visible).join('\n')}\n`);
    for (const what of damaged) world.stderr.write(`fixby: not as it was imported: ${excerpt(what)}\n`);
    if (stale.length > 0)
      world.stderr.write(
        `fixby: older than ${String(raw['maxAge'])}: ${stale.join(', ')}\n  → Run \`fixby mirror import ${stale.join(' ')}\`.\n`,
      );
    if (damaged.length > 0) world.stderr.write(`  → Remove ${excerpt(root)} and import again.\n`);
    return stale.length + damaged.length === 0 ? EXIT.pass : EXIT.inconclusive;
  } finally {
    await mirror.close();
  }
}
