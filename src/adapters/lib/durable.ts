/** Writes that are on the disk when they return, or did not happen. */
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Appends `bytes` at `end`, the present end of the file; when that fails the file is cut back to it, as far as the disk allows. */
export async function appendDurably(file: FileHandle, bytes: Uint8Array, end: number): Promise<void> {
  try {
    await writeAll(file, bytes);
    await file.sync();
  } catch (error) {
    await file.truncate(end).catch(() => undefined);
    await file.sync().catch(() => undefined);
    throw error;
  }
}

/** One write as a rule; a second one is needed only to learn why the first was short. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done);
    done += bytesWritten;
  }
}

/** A new file with `text`. Rejects with EEXIST when there is one. */
export async function createDurably(path: string, text: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const file = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
  try {
    await writeAll(file, Buffer.from(text, 'latin1'));
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
}

/** Makes the folder, and its name durable in the folder above. */
export async function makeFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined) await syncFolder(dirname(made));
}

/** A new name in a folder survives a power failure only when the folder itself was synced. Windows cannot, and need not. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
