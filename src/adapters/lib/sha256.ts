/** The hash of lines and of bytes. */
import { hash } from 'node:crypto';

/** SHA-256 in hex of a line, one byte a character, as the bytes lie in the file. */
export function sha256OfLine(line: string): string {
  return hash('sha256', Buffer.from(line, 'latin1'));
}

/** SHA-256 in hex. */
export function sha256OfBytes(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}
