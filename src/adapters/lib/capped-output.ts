/** Reads a stream up to a cap and never holds more than that. */
import type { Readable } from 'node:stream';

export interface CappedOutput {
  /** What was read so far, at most the cap. */
  bytes(): Uint8Array;
}

/** Collects `stream` up to `cap` bytes. The first byte beyond it closes the stream and calls `onOverflow` once. */
export function collectOutput(stream: Readable, cap: number, onOverflow: () => void): CappedOutput {
  const chunks: Buffer[] = [];
  let room = cap;
  stream.on('data', (chunk: Buffer) => {
    if (chunk.length > room) {
      stream.destroy();
      onOverflow();
    }
    if (room > 0) chunks.push(chunk.subarray(0, room));
    room = Math.max(0, room - chunk.length);
  });
  // A pipe that breaks is told by how the program ends; without a listener it would end fixby.
  stream.on('error', () => undefined);
  return { bytes: () => Buffer.concat(chunks) };
}
