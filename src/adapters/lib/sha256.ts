/** The hash of a ledger's lines. */
import { hash } from 'node:crypto';

/** SHA-256 in hex of a line, one byte a character, as the bytes lie in the file. */
export function sha256OfLine(line: string): string {
  return hash('sha256', Buffer.from(line, 'latin1'));
}
