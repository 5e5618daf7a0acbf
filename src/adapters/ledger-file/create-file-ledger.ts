/** A ledger in one JSON Lines file of the repository: appended under a lock, in whole batches, and synced before it is said to be. */
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChainReading, LedgerFormat, LedgerPrefix } from '../../core/model/ledger-format.ts';
import { GENESIS } from '../../core/model/ledger.ts';
import type { LedgerHead } from '../../core/model/ledger.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Ledger, LedgerAdopt, LedgerAppend, LedgerRead } from '../../ports/ledger.ts';
import type { Host } from '../lib/host.ts';
import { appendDurably, createDurably, makeFolder, syncFolder } from '../lib/durable.ts';
import { ledgerProblem, readProblem, writeProblem } from './file-problems.ts';
import { withLock } from '../lib/lock.ts';
import { LEDGER_FILE, placeIn, refuseLinks } from './place.ts';
import { readFileLines, readFileLinesAfter, readLines, readLinesAfter } from './read-lines.ts';
import type { FileLines } from './read-lines.ts';
import { leftInPlace, setAside } from './set-aside.ts';

export interface FileLedgerOptions {
  /** The repository. */
  readonly root: string;
  /** What it is called in the first event; later events take the name from there. */
  readonly repository: string;
  /** `read` never writes anything, not even to set a torn end aside. */
  readonly access: 'append' | 'read';
  readonly format: LedgerFormat;
  readonly host: Host;
  /** How long to wait for another writer; 10 seconds when absent. */
  readonly lockWaitMs?: number;
}

type SoundRead = Extract<LedgerRead, { status: 'sound' }>;

/** A file nobody is writing to; absent where there is none. */
interface Settled {
  readonly chain: ChainReading;
  readonly file?: FileLines;
}

/** What is done to the file under the lock: `size` is its end after a torn end was set aside. */
interface LockedFile {
  readonly file: FileHandle;
  readonly chain: ChainReading;
  readonly size: number;
  readonly problems: readonly Problem[];
}

export function createFileLedger(options: FileLedgerOptions): Ledger {
  const { root, repository, access, format, host, lockWaitMs = 10_000 } = options;
  const place = placeIn(root);
  /** What the last reading found sound. */
  let seen: LedgerPrefix | undefined;

  async function read(known?: LedgerPrefix): Promise<LedgerRead> {
    const refused = await refuseLinks(root, place);
    if (refused !== undefined) return { status: 'unreadable', problem: refused };
    const tail = known === undefined ? undefined : await readTail(known);
    const read = tail ?? (await readWhole());
    seen = read.status === 'sound' ? read.prefix : undefined;
    return read;
  }

  /** What follows `known`; `undefined` where the file begins otherwise, and where anything at all is odd about the rest. */
  async function readTail(known: LedgerPrefix): Promise<LedgerRead | undefined> {
    const found = await readLinesAfter(place.file, known);
    return found.status === 'read' ? soundTail(found, known) : undefined;
  }

  function soundTail(found: FileLines, known: LedgerPrefix): SoundRead | undefined {
    const chain = format.readChain(found.lines, found.rest, known);
    return chain.problem === undefined && chain.torn === '' ? toSound(chain, [], found, known.head) : undefined;
  }

  async function readWhole(): Promise<LedgerRead> {
    const found = await readSettled();
    if ('status' in found) return found;
    const { chain, file } = found;
    if (chain.problem !== undefined || chain.torn === '') return toRead(chain, [], file);
    if (access === 'read') return toRead(chain, [leftInPlace(chain)]);
    const mended = await locked(({ chain: left, problems }) => Promise.resolve(toRead(left, problems)));
    return 'code' in mended ? toRead(chain, [leftInPlace(chain)]) : mended;
  }

  /** A writer at work looks like a torn end for a moment; a second look tells. */
  async function readSettled(): Promise<Settled | Extract<LedgerRead, { status: 'unreadable' }>> {
    for (let look = 1; ; look += 1) {
      const found = await readLines(place.file);
      if (found.status === 'unreadable') {
        return { status: 'unreadable', problem: readProblem(LEDGER_FILE, found.detail) };
      }
      if (found.status === 'missing') return { chain: format.readChain([], '') };
      const chain = format.readChain(found.lines, found.rest);
      if (chain.torn === '' || look === LOOKS) return { chain, file: found };
      await wait(LOOK_AGAIN_MS);
    }
  }

  /** Opens the file under the lock with its torn end set aside; a problem when that, or `work`, could not be done. */
  async function locked<T>(work: (opened: LockedFile) => Promise<T>): Promise<T | Problem> {
    try {
      await makeFolder(place.folder);
      const refused = await refuseLinks(root, place);
      if (refused !== undefined) return refused;
      return await withLock({ path: place.lock, host, waitMs: lockWaitMs }, async () => {
        const file = await openLedger(place.file);
        try {
          const { chain, size } = await readLocked(file);
          if (size === 0) await syncFolder(place.folder);
          const isTorn = chain.torn !== '' && chain.problem === undefined;
          const problems = isTorn ? [await setAside(file, size, chain, place)] : [];
          return await work({ file, chain, size: isTorn ? size - chain.torn.length : size, problems });
        } finally {
          await file.close();
        }
      });
    } catch (error) {
      return writeProblem(LEDGER_FILE, error);
    }
  }

  /** Only what was appended since the last reading, where the rest is as it was then. */
  async function readLocked(file: FileHandle): Promise<Pick<LockedFile, 'chain' | 'size'>> {
    const found = seen === undefined ? undefined : await readFileLinesAfter(file, seen);
    const chain = found === undefined ? undefined : format.readChain(found.lines, found.rest, seen);
    if (found !== undefined && chain?.problem === undefined && chain?.torn === '') return { chain, size: found.size };
    const { lines, rest, size } = await readFileLines(file);
    return { chain: format.readChain(lines, rest), size };
  }

  async function append(bodies: Parameters<Ledger['append']>[0], at: string, after: LedgerHead): Promise<LedgerAppend> {
    // Bodies that are no events are the caller's bug, found before anything is touched.
    format.writeBatch(bodies, { repository, at, after });
    if (bodies.length === 0) return { status: 'appended', head: after, lines: [], problems: [] };
    const result = await locked(async ({ file, chain, size, problems }): Promise<LedgerAppend> => {
      if (chain.problem !== undefined) return { status: 'failed', problem: chain.problem };
      if (!isSame(chain.head, after)) return { status: 'conflict', head: chain.head };
      const batch = format.writeBatch(bodies, { repository: chain.repository ?? repository, at, after });
      await appendDurably(file, Buffer.from(textOf(batch.lines), 'latin1'), size);
      return { status: 'appended', head: batch.head, lines: batch.lines, problems };
    });
    return 'code' in result ? { status: 'failed', problem: result } : result;
  }

  async function adopt(lines: readonly string[]): Promise<LedgerAdopt> {
    const foreign = format.examineChain(lines);
    if (foreign.problem !== undefined) return { status: 'failed', problem: foreign.problem };
    const result = await locked(async ({ chain, problems }): Promise<LedgerAdopt> => {
      if (chain.problem !== undefined) return { status: 'failed', problem: chain.problem };
      if (!isSame(chain.head, GENESIS)) return { status: 'failed', problem: notEmpty(chain.head.seq) };
      await replaceWhole(place.file, `${place.file}.import`, textOf(lines));
      return { status: 'appended', head: foreign.head, lines, problems };
    });
    return 'code' in result ? { status: 'failed', problem: result } : result;
  }

  return { place: LEDGER_FILE, read, append, adopt, close: () => Promise.resolve() };
}

const LOOKS = 4;
const LOOK_AGAIN_MS = 25;

function openLedger(path: string): Promise<FileHandle> {
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  return open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
}

/** An import is there in full or not at all. */
async function replaceWhole(path: string, temporary: string, text: string): Promise<void> {
  await rm(temporary, { force: true });
  await createDurably(temporary, text);
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** `file` is what `chain` was read from, where every byte of it counts. */
function toRead(chain: ChainReading, problems: readonly Problem[], file?: FileLines): LedgerRead {
  const { lines, faults, problem } = chain;
  return problem === undefined ? toSound(chain, problems, file) : { status: 'doubtful', lines, faults, problem };
}

function toSound(
  { lines, head, repository }: ChainReading,
  problems: readonly Problem[],
  file?: FileLines,
  after: LedgerHead = GENESIS,
): SoundRead {
  const bytes = file === undefined ? undefined : { bytes: file.size, sha256: file.sha256 };
  const prefix = bytes === undefined || repository === undefined ? {} : { prefix: { repository, head, ...bytes } };
  return { status: 'sound', lines, after, head, problems, ...prefix };
}

function notEmpty(events: number): Problem {
  const message = `The ledger already holds ${events} events; an import goes into an empty one.`;
  return ledgerProblem('ledger-not-empty', message, 'Move the ledger away if the imported one is to take its place.');
}

function isSame(a: LedgerHead, b: LedgerHead): boolean {
  return a.seq === b.seq && a.hash === b.hash;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
