/** `fixby mirror import`: makes the next generation of the mirror out of published dumps, or of files brought along. */
import { setImmediate as turn } from 'node:timers/promises';
import { MIRROR_SOURCES } from '../../core/model/mirror.ts';
import type { MirrorSource } from '../../core/model/mirror.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { importSupplies } from '../../mirror/import/import-supplies.ts';
import type { ImportResult } from '../../mirror/import/import-supplies.ts';
import { mirrorFolder, nowOf } from '../compose-mirror-store.ts';
import { createMirrorWriter, obtain, openThreads } from '../compose-mirror.ts';
import type { Obtained, SupplyHow } from '../compose-mirror.ts';
import { EXIT } from '../exit-codes.ts';
import { describeDoubts, describeImport } from '../mirror/describe-import.ts';
import { startMeter } from '../mirror/meter.ts';
import type { Meter } from '../mirror/meter.ts';
import type { MirrorDraft } from '../../ports/mirror.ts';
import type { World } from '../world.ts';

type Raw = Readonly<Record<string, unknown>>;

/**
 * 0 when everything named was imported, 3 when something could not be had (the rest was imported). Throws a UsageError for
 * what cannot be used; the mirror is as it was then.
 */
export async function runMirrorImport(world: World, names: readonly string[], raw: Raw): Promise<number> {
  const sources = readSources(names);
  const root = mirrorFolder(world, text(raw['mirror']));
  const meter = startMeter(world, raw['quiet'] === true);
  const threads = openThreads(world);
  try {
    const { result, failed } = await createMirrorWriter(root, world).draft((draft) =>
      importInto(draft, world, { sources, root, raw, meter, threads }),
    );
    meter.finish();
    if (result !== null) print(world, result, raw['format'] === 'json');
    for (const { source, detail, mend } of failed) {
      world.stderr.write(`fixby: ${source} was not imported: ${visible(detail)}\n  → ${visible(mend)}\n`);
    }
    return failed.length === 0 ? EXIT.pass : EXIT.inconclusive;
  } catch (error) {
    meter.finish();
    if (!world.interrupted.aborted) throw error;
    world.stderr.write(
      'fixby: stopped; the mirror is as it was, and the next import goes on with what was downloaded.\n',
    );
    return EXIT.inconclusive;
  } finally {
    await threads?.close();
  }
}

interface Job {
  readonly sources: readonly MirrorSource[];
  readonly root: string;
  readonly raw: Raw;
  readonly meter: Meter;
  readonly threads: SupplyHow['threads'];
}

async function importInto(draft: MirrorDraft, world: World, job: Job) {
  const obtained = await obtainAll(draft, world, job);
  const supplies = obtained.map(({ supply }) => supply);
  const failed = supplies.filter((supply) => supply.status === 'failed');
  if (failed.length === supplies.length) return { result: null, failed };
  const result = await importSupplies(supplies, draft, {
    now: nowOf(),
    acceptLoss: job.raw['acceptLoss'] === true,
    onEntry: (ecosystems, files) =>
      files % 256 === 0 ? breathe(world, job.meter, ecosystems.join(' and '), files) : undefined,
  }).catch(async (error: unknown) => {
    // A download that cannot be used is not gone on with.
    if (!world.interrupted.aborted) await Promise.all(obtained.map((each) => each.drop()));
    throw error;
  });
  await Promise.all(obtained.map((each) => each.drop()));
  return { result, failed };
}

function obtainAll(
  draft: MirrorDraft,
  world: World,
  { sources, root, raw, meter, threads }: Job,
): Promise<readonly Obtained[]> {
  const base = text(raw['baseUrl']);
  return obtain(world, sources, {
    from: (raw['from'] as readonly string[] | undefined) ?? [],
    ...(base === undefined ? {} : { baseUrl: readBase(base) }),
    root,
    before: draft.before,
    threads,
    onBytes: (source, received, total) =>
      meter.show(
        `downloading ${source}: ${mib(received)}${total === null ? '' : ` of ${mib(total)}`}`,
        total === null ? undefined : received / total,
      ),
  });
}

/** Reading is synchronous: now and then a signal must get through. */
async function breathe(world: World, meter: Meter, what: string, files: number): Promise<void> {
  meter.show(`importing ${what}: ${files} records`);
  await turn();
  world.interrupted.throwIfAborted();
}

function print(world: World, result: ImportResult, asJson: boolean): void {
  const lines = asJson ? [JSON.stringify(result, null, 2)] : describeImport(result);
  world.stdout.write(`${lines.join('\n')}\n`);
  for (const line of describeDoubts(result)) world.stderr.write(`fixby: ${line}\n`);
}

function readSources(names: readonly string[]): readonly MirrorSource[] {
  const wanted = new Set(names.map(readSource));
  return MIRROR_SOURCES.filter((source) => wanted.has(source));
}

function readSource(name: string): MirrorSource {
  const source = MIRROR_SOURCES.find((each) => each.toLowerCase() === name.toLowerCase());
  if (source !== undefined) return source;
  throw new UsageError(
    'unknown-source',
    `"${excerpt(name)}" is nothing a mirror can hold.`,
    `Choose from ${MIRROR_SOURCES.join(', ')}.`,
  );
}

function readBase(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new UsageError(
    'bad-base-url',
    `"${excerpt(url)}" is no http or https address.`,
    'Name the address below which npm/all.zip lies.',
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
