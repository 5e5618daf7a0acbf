/** The hash of lines and of bytes. */
import { createHash, hash } from 'node:crypto';

/** SHA-256 in hex of a line, one byte a character, as the bytes lie in the file. */
export function sha256OfLine(line: string): string {
  return hash('sha256', Buffer.from(line, 'latin1'));
}

/** SHA-256 in hex. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

/** How many bytes lines are with their line ends, one byte a character, and the SHA-256 of all of them. */
export function measureLines(lines: readonly string[]): { readonly bytes: number; readonly sha256: string } {
  const sum = createHash('sha256');
  let bytes = 0;
  for (const line of lines) {
    sum.update(`${line}\n`, 'latin1');
    bytes += line.length + 1;
  }
  return { bytes, sha256: sum.digest('hex') };
}
