/** Turns the bytes of a feed into text: feeds come plain or as gzip, whatever they are called. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { decodeText } from '../../../core/model/text.ts';

const inflate = promisify(gunzip);

/** Rejects for gzip that is damaged or holds more than `maxBytes`. */
export async function unpack(bytes: Uint8Array, maxBytes: number): Promise<string> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return decodeText(isGzip ? await inflate(bytes, { maxOutputLength: maxBytes }) : bytes).text;
}
