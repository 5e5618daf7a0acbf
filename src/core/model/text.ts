/** Turns bytes from a tool or a file into text, and foreign text into something safe to show. */
import type { TextEncoding } from './file.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8, or UTF-16 with a byte order mark (as Windows shells redirect). The mark itself is dropped. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeUtf16(bytes, true), encoding: 'utf-16le' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeUtf16(bytes, false), encoding: 'utf-16be' };
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = bytes.subarray(start);
  try {
    return { text: STRICT_UTF8.decode(body), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body), encoding: 'lossy' };
  }
}

function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(bytes.subarray(2));
}

// C0, DEL, C1, bidirectional and other invisible format controls: what could move a cursor, hide or reorder text.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

// Most texts: nothing to make visible, and no need to look for it character by character.
const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Foreign text on one line with every control, bidirectional or invisible character made visible as `\u{XX}`;
 * white space runs become one blank. Safe for a terminal, and the first step for every other medium.
 */
export function visible(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.trim();
  return text
    .replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, ' ')
    .replace(UNSAFE, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
    .trim();
}

/** At most `limit` characters of `text`, made visible; a cut is marked with an ellipsis. */
export function excerpt(text: string, limit = 160): string {
  const clean = visible(text.slice(0, limit * 4));
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}

/** `text` as a sentence: with a full stop, unless it ends as one or was cut. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
