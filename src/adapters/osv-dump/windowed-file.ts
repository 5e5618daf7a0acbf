/** Reads a file at any place through one window that moves over it, so that neighbouring reads cost one system call. */
import { readSync } from 'node:fs';
import yauzl from 'yauzl';

const WINDOW = 1024 * 1024;

/** What lies in a zip archive next to each other is asked for next to each other. `file` is an open descriptor. */
export class WindowedFile extends yauzl.RandomAccessReader {
  readonly #file: number;
  readonly #size: number;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  /** The window is as large as what is asked for at least. */
  constructor(file: number, window = WINDOW) {
    super();
    this.#file = file;
    this.#size = window;
  }

  /** The bytes from `position` on, fewer at the end of the file. They are valid until the next call. */
  take(position: number, length: number): Buffer {
    const from = position - this.#start;
    if (from < 0 || from + length > this.#window.length) this.#move(position, length);
    const begin = position - this.#start;
    return this.#window.subarray(begin, begin + length);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    try {
      callback(null, this.take(position, length).copy(buffer, offset));
    } catch (error) {
      callback(error as Error);
    }
  }

  #move(position: number, length: number): void {
    const room = Buffer.allocUnsafe(Math.max(this.#size, length));
    let filled = 0;
    for (let got = 1; got > 0 && filled < room.length; filled += got) {
      got = readSync(this.#file, room, filled, room.length - filled, position + filled);
    }
    this.#window = room.subarray(0, filled);
    this.#start = position;
  }
}
