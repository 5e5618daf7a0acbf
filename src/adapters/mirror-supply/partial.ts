/** A download that is under way: its bytes so far, and what the server has to confirm before more are added to them. */
import { readFileSync, statSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';

const notesSchema = z.object({ address: z.string(), etag: z.string() });

export interface Partial {
  /** Where the bytes go. */
  readonly path: string;
  /** Bytes that are there and belong to `etag`; 0 begins anew. */
  readonly size: number;
  readonly etag: string | null;
}

/** Strong validators only: a weak one does not promise the same bytes. https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5 */
export function isStrong(etag: string | null): etag is string {
  return etag !== null && etag.startsWith('"');
}

/** What an earlier run left of `address`. A file that belongs to another address, or to nobody, counts for nothing. */
export function findPartial(path: string, address: string): Partial {
  try {
    const notes = notesSchema.parse(JSON.parse(readFileSync(notesOf(path), 'utf8')));
    const { size } = statSync(path);
    if (notes.address === address && size > 0) return { path, size, etag: notes.etag };
  } catch {
    // Nothing that could be gone on with.
  }
  return { path, size: 0, etag: null };
}

/** Notes whose bytes follow; without a strong validator there is nothing to go on with later. */
export async function notePartial(path: string, address: string, etag: string | null): Promise<void> {
  await rm(path, { force: true });
  if (isStrong(etag)) await writeFile(notesOf(path), JSON.stringify({ address, etag }));
  else await rm(notesOf(path), { force: true });
}

/** Turns a complete download into the file at `target`. */
export async function finishPartial(path: string, target: string): Promise<void> {
  await rename(path, target);
  await rm(notesOf(path), { force: true });
}

/** Forgets a download, begun or complete. */
export async function dropPartial(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(notesOf(path), { force: true });
}

function notesOf(path: string): string {
  return `${path}.json`;
}
