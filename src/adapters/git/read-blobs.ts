/** Reads what `git cat-file --batch` writes: for each name a header, and the bytes of the object. */
import { isUtf8 } from 'node:buffer';
import { decodeText } from '../../core/model/text.ts';
import type { BlobRead } from '../../ports/history.ts';
import type { GitStream } from './stream-git.ts';

export interface BlobLimits {
  /** Largest object that is read; a larger one is passed over. */
  readonly maxBytes: number;
  /** Of all objects together; what comes later is not read. */
  readonly maxTotalBytes: number;
}

/** One object of the stream: its bytes, or why there are none. */
type Entry = { readonly bytes: Buffer } | { readonly detail: string };

/** One answer for each of `ids`, in order. */
export async function* readBatch(
  stream: GitStream,
  ids: readonly string[],
  limits: BlobLimits,
): AsyncIterable<BlobRead> {
  let room = limits.maxTotalBytes;
  let answered = 0;
  for await (const entry of entriesOf(stream.output, limits.maxBytes)) {
    const id = ids[answered] ?? '';
    room -= 'bytes' in entry ? entry.bytes.length : 0;
    if (room < 0) break;
    answered += 1;
    yield 'bytes' in entry
      ? { status: 'ok', id, text: toText(entry.bytes) }
      : { status: 'unreadable', id, detail: entry.detail };
    if (answered === ids.length) break;
  }
  if (answered === ids.length) return;
  const detail =
    room < 0 ? 'the history holds more than is read.' : ((await stream.ended) ?? 'git said nothing about it.');
  for (const id of ids.slice(answered)) yield { status: 'unreadable', id, detail };
}

/** As every file is decoded; the usual one by the way that is ten times as fast and keeps ASCII at one byte a character. */
function toText(bytes: Buffer): string {
  const isPlain = bytes[0] !== 0xef && isUtf8(bytes);
  return isPlain ? bytes.toString('utf8') : decodeText(bytes).text;
}

// `<object> <type> <size>`, or a name and why there is nothing.
const HEADER = /^[0-9a-f]{40,64} (\w+) (\d+)$/;

async function* entriesOf(output: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Entry> {
  const bytes = new ByteReader(output);
  for (let line = await bytes.line(); line !== null; line = await bytes.line()) {
    const [, type, size] = HEADER.exec(line) ?? [];
    if (type === undefined) yield { detail: 'git has no such object (a partial clone leaves some out).' };
    else {
      // A line end follows the object.
      const body = await bytes.take(Number(size) + 1, Number(size) <= maxBytes && type === 'blob');
      if (body === 'ended') return;
      if (body !== 'skipped') yield { bytes: body.subarray(0, -1) };
      else yield { detail: type === 'blob' ? `it is larger than ${maxBytes} bytes.` : 'it is no file.' };
    }
  }
}

/** Takes lines and counted runs of bytes out of pieces of any size, copying each byte once. */
class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array();

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The text up to the next line end, which is taken too; `null` at the end, and for a last line without one. */
  async line(): Promise<string | null> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const end = this.#piece.indexOf(10);
      parts.push(this.#piece.subarray(0, end === -1 ? undefined : end));
      this.#piece = this.#piece.subarray(end === -1 ? this.#piece.length : end + 1);
      if (end !== -1) return Buffer.concat(parts).toString('utf8');
      if (!(await this.#next())) return null;
    }
  }

  /** Exactly `count` bytes; with `keep` off they are passed over. */
  async take(count: number, keep: boolean): Promise<Buffer | 'skipped' | 'ended'> {
    // Every byte is written before any is read.
    const bytes = keep ? Buffer.allocUnsafe(count) : null;
    for (let at = 0; at < count;) {
      if (this.#piece.length === 0 && !(await this.#next())) return 'ended';
      const part = this.#piece.subarray(0, count - at);
      bytes?.set(part, at);
      at += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
    return bytes ?? 'skipped';
  }

  async #next(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#piece = next.value;
    return true;
  }
}
