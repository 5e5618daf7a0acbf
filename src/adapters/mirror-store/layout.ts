/** Where the parts of a mirror lie in its folder, and the pointer to the generation in force. */
import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { mirrorStateSchema } from '../../core/model/mirror.ts';
import type { MirrorState } from '../../core/model/mirror.ts';
import { codeOf } from '../lib/message-of.ts';

/** Everything a mirror keeps, by what it is. `root` is absolute. */
export interface Layout {
  readonly root: string;
  /** Names the generation in force; replaced in one step. */
  readonly pointer: string;
  readonly generations: string;
  readonly lock: string;
  generation(number: number): string;
}

/** A generation's own files. */
export const MANIFEST = 'manifest.json';
export const DATA = 'data.mdb';

/** A generation that is being made: readers never look at it. */
export const UNFINISHED = 'unfinished';

export function layoutOf(root: string): Layout {
  const generations = join(root, 'generations');
  return {
    root,
    pointer: join(root, 'current.json'),
    generations,
    lock: join(root, 'import.lock'),
    generation: (number) => join(generations, String(number).padStart(8, '0')),
  };
}

const pointerSchema = z.object({ form: z.literal(1), generation: z.int().min(1) });

/** What points to a generation. */
export function pointTo(generation: number): string {
  return `${JSON.stringify({ form: 1, generation })}\n`;
}

/** The generation in force; `null` when none ever was. Throws for a pointer that cannot be read. */
export function readPointer({ pointer }: Layout): number | null {
  const text = readIfThere(pointer);
  return text === null ? null : pointerSchema.parse(JSON.parse(text)).generation;
}

/** Changes whenever the pointer is replaced; empty when there is none. */
export function pointerMark({ pointer }: Layout): string {
  const found = statSync(pointer, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino}-${found.mtimeNs}-${found.size}`;
}

/** What a generation says of itself. Throws when it cannot be read, or its data file has another size than it says. */
export function readState(folder: string): MirrorState {
  const state = mirrorStateSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
  // A data file that was cut off would end the process: it is mapped into memory.
  const { size } = statSync(join(folder, DATA));
  if (size !== state.bytes) throw new Error(`its data file has ${size} bytes where ${state.bytes} were written`);
  return state;
}

/** Numbers of the finished generations, and the names of everything else that lies beside them. */
export async function listGenerations({ generations }: Layout): Promise<{
  readonly finished: readonly number[];
  readonly rest: readonly string[];
}> {
  const names = await readdir(generations).catch(() => []);
  const isFinished = (name: string): boolean => /^\d{8}$/.test(name);
  return { finished: names.filter(isFinished).map(Number), rest: names.filter((name) => !isFinished(name)) };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
