/** Writes zip archives for tests, honest ones and lying ones. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Unix mode; 0o120777 is a link. */
  readonly mode?: number;
  /** Kept as it is instead of deflated. */
  readonly stored?: boolean;
  /** The size the archive announces instead of the real one. */
  readonly claimedSize?: number;
  readonly encrypted?: boolean;
}

/** The bytes of an archive with these entries. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data, fields } = prepare(entry);
    const local = Buffer.concat([bytes([0x04034b50, 4], [20, 2]), fields, bytes([name.length, 2], [0, 2]), name, data]);
    const mode = ((entry.mode ?? 0o100644) << 16) >>> 0;
    const tail = bytes([name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [mode, 4], [offset, 4]);
    centrals.push(Buffer.concat([bytes([0x02014b50, 4], [0x0314, 2], [20, 2]), fields, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const count = entries.length;
  const end = bytes(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...locals, directory, end]);
}

function prepare({ name, content, stored = false, claimedSize, encrypted = false }: ZipEntry) {
  const raw = Buffer.from(content as string);
  const data = stored ? raw : deflateRawSync(raw);
  const size = claimedSize ?? raw.length;
  const flags = 0x0800 | (encrypted ? 1 : 0);
  const fields = bytes(
    [flags, 2],
    [stored ? 0 : 8, 2],
    [0, 2],
    [0x21, 2],
    [crc32(raw), 4],
    [data.length, 4],
    [size, 4],
  );
  return { name: Buffer.from(name), data, fields };
}

/** Little-endian numbers, each with its width. */
function bytes(...numbers: readonly (readonly [value: number, width: 2 | 4])[]): Buffer {
  return Buffer.concat(
    numbers.map(([value, width]) => {
      const part = Buffer.alloc(width);
      if (width === 2) part.writeUInt16LE(value);
      else part.writeUInt32LE(value);
      return part;
    }),
  );
}
