/** Tells whether what a server sent as a dump is an archive, before anything is made of it. */
import { open } from 'node:fs/promises';
import { excerpt } from '../../core/model/text.ts';

/** A local file header, or the end record of an archive without files. */
const BEGINS = ['PK\u0003\u0004', 'PK\u0005\u0006'];
const ENDS = 'PK\u0005\u0006';
/** The end record and the longest comment that may follow it. */
const TAIL = 22 + 65_535;

/** Why the file is no whole zip archive, as the end of a sentence; `undefined` when it looks like one. */
export async function whyNoArchive(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) return 'it sent nothing';
    const head = await readAt(file, 0, 200);
    if (!BEGINS.some((mark) => head.startsWith(mark)))
      return `what it sent is no zip archive and begins "${excerpt(head, 60)}"`;
    const tail = await readAt(file, Math.max(0, size - TAIL), TAIL);
    return tail.includes(ENDS) ? undefined : 'the archive it sent is cut off';
  } finally {
    await file.close();
  }
}

async function readAt(file: Awaited<ReturnType<typeof open>>, start: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.toString('latin1', 0, bytesRead);
}
