/** Archives of evidence: written as a whole and the same for the same content; read without trusting anything in them. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchiveReader } from '../../src/adapters/evidence/read-archive.ts';
import { createArchiveWriter } from '../../src/adapters/evidence/write-archive.ts';
import type { ArchiveEntry } from '../../src/core/model/evidence.ts';
import { makeRepository } from '../support/repository.ts';
import { zip } from '../support/zip.ts';
import type { ZipEntry } from '../support/zip.ts';

const reader = createArchiveReader();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function makePlace(): { readonly dir: string; readonly path: string } {
  const { dir } = makeRepository({ 'spool/1': 'kept outside of memory\n' });
  return { dir, path: join(dir, 'out', 'evidence.zip') };
}

function entriesIn(dir: string): readonly ArchiveEntry[] {
  return [
    { path: 'manifest.json', text: '{"é":1}' },
    { path: 'runs/0001-npm/stdout.txt', spooled: join(dir, 'spool/1') },
    { path: 'runs/0001-npm/stderr.txt', text: '' },
  ];
}

describe('writing', () => {
  it('gives back every entry in its order, and holds only what is asked for', async () => {
    const { dir, path } = makePlace();
    await createArchiveWriter({ repositoryRoot: dir, pid: 1 }).write(path, entriesIn(dir));
    const read = await reader.read(path, ['manifest.json', 'nowhere.json']);
    expect(read).toEqual({
      status: 'read',
      entries: [
        { path: 'manifest.json', bytes: 8, sha256: sha256('{"é":1}') },
        { path: 'runs/0001-npm/stdout.txt', bytes: 23, sha256: sha256('kept outside of memory\n') },
        { path: 'runs/0001-npm/stderr.txt', bytes: 0, sha256: sha256('') },
      ],
      texts: new Map([['manifest.json', '{"é":1}']]),
    });
    expect(readdirSync(join(dir, 'out'))).toEqual(['evidence.zip']);
  });

  it('gives the same bytes in every time zone, whenever it is done', async () => {
    const { dir, path } = makePlace();
    const zone = process.env['TZ'];
    const hashes: string[] = [];
    try {
      for (const name of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles']) {
        process.env['TZ'] = name;
        await createArchiveWriter({ repositoryRoot: dir, pid: 1 }).write(path, entriesIn(dir));
        hashes.push(createHash('sha256').update(readFileSync(path)).digest('hex'));
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
    expect(new Set(hashes).size).toBe(1);
  });

  it('replaces an older archive, and nothing when it fails', async () => {
    const { dir, path } = makePlace();
    const writer = createArchiveWriter({ repositoryRoot: dir, pid: 1 });
    await writer.write(path, [{ path: 'a.txt', text: 'old' }]);
    const old = readFileSync(path);
    const missing = writer.write(path, [{ path: 'a.txt', spooled: join(dir, 'nowhere') }]);
    await expect(missing).rejects.toMatchObject({ code: 'evidence-unwritable' });
    expect(readFileSync(path)).toEqual(old);
    expect(readdirSync(join(dir, 'out'))).toEqual(['evidence.zip']);
    await writer.write(path, [{ path: 'a.txt', text: 'new' }]);
    expect(readFileSync(path)).not.toEqual(old);
  });

  it('follows no link of the audited repository, and writes over no folder', async () => {
    const { dir } = makePlace();
    const { dir: outside } = makeRepository();
    symlinkSync(outside, join(dir, 'link'));
    mkdirSync(join(dir, 'folder'));
    const writer = createArchiveWriter({ repositoryRoot: dir, pid: 1 });
    for (const name of ['link/evidence.zip', 'folder'])
      await expect(writer.write(join(dir, name), [])).rejects.toMatchObject({ code: 'output-refused' });
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('reading', () => {
  async function read(bytes: Uint8Array | string): Promise<unknown> {
    const { dir } = makeRepository({ 'a.zip': bytes });
    const before = readdirSync(dir);
    const answer = await reader.read(join(dir, 'a.zip'), ['manifest.json']);
    expect(readdirSync(dir)).toEqual(before);
    return answer;
  }

  const good = zip([{ name: 'manifest.json', content: 'x'.repeat(5000) }]);
  const lie = (entry: Partial<ZipEntry>): Buffer =>
    zip([{ name: 'manifest.json', content: 'y'.repeat(100), ...entry }]);

  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'End of central directory record signature not found'],
    ['garbage', 'PK\u0003\u0004 and then nothing of the kind', 'End of central directory'],
    ['a text', '{"schema":"fixby.evidence/v1"}', 'End of central directory'],
    ['an archive without its end', good.subarray(0, good.length - 30), 'End of central directory'],
    ['an archive without its beginning', good.subarray(40), ''],
    ['a name that leads out', lie({ name: '../manifest.json' }), 'invalid relative path'],
    ['a name from the root', lie({ name: '/etc/passwd' }), 'absolute path'],
    ['a name of Windows', lie({ name: 'a\\b' }), 'invalid characters'],
    ['a link', lie({ name: 'link', mode: 0o120777 }), 'is no plain file'],
    ['a folder', lie({ name: 'folder/', mode: 0o040755 }), 'is no plain file'],
    ['a device', lie({ name: 'dev', mode: 0o020666 }), 'is no plain file'],
    ['an encrypted entry', lie({ encrypted: true }), 'encrypted'],
    ['an entry longer than it claims', lie({ claimedSize: 10 }), 'too many bytes'],
    ['an entry shorter than it claims', lie({ claimedSize: 1000 }), 'not enough bytes'],
  ])('says what it met instead of evidence: %s', async (_, bytes, detail) => {
    expect(await read(bytes)).toEqual({ status: 'unusable', detail: expect.stringContaining(detail) as string });
    expect(await read(bytes)).not.toMatchObject({ detail: expect.stringMatching(/\.$/) as string });
  });

  it('has a limit for everything', async () => {
    const { dir } = makeRepository({
      'bomb.zip': zip([{ name: 'a.txt', content: Buffer.alloc(4_000_000) }]),
      'text.zip': zip([{ name: 'manifest.json', content: Buffer.alloc(3000) }]),
      'many.zip': zip(Array.from({ length: 30 }, (_, index) => ({ name: `${index}.txt`, content: '' }))),
    });
    const limits = { archiveBytes: 5000, entries: 20, textBytes: 2000, unpackedBytes: 1_000_000 };
    const small = createArchiveReader(limits);
    const detail = async (name: string, limited = small): Promise<unknown> => {
      const answer = await limited.read(join(dir, name), ['manifest.json']);
      return answer.status === 'unusable' ? answer.detail : answer.status;
    };
    expect(await detail('bomb.zip')).toContain('unpacks to more than 1000000 bytes');
    expect(await detail('text.zip')).toContain('unpacks to more than 2000 bytes');
    expect(await detail('many.zip')).toContain('more than 20 files');
    expect(await detail('many.zip', createArchiveReader({ ...limits, archiveBytes: 10 }))).toContain('larger than 10');
  });

  it('says so where there is nothing to read', async () => {
    const { dir } = makeRepository();
    expect(await reader.read(join(dir, 'nowhere.zip'), [])).toMatchObject({ status: 'unusable' });
    expect(await reader.read(dir, [])).toMatchObject({ status: 'unusable', detail: 'it is no regular file' });
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [join(dir, 'pipe')]);
      expect(await reader.read(join(dir, 'pipe'), [])).toMatchObject({ status: 'unusable' });
    }
    expect(existsSync(join(dir, 'manifest.json'))).toBe(false);
  });

  it('names an entry that is there twice as often as it is there', async () => {
    const answer = await read(zip(['one', 'two'].map((content) => ({ name: 'manifest.json', content }))));
    expect(answer).toMatchObject({ status: 'read', entries: [{ bytes: 3 }, { bytes: 3 }] });
  });

  it('survives an archive that changed anywhere', async () => {
    const { dir, path } = makePlace();
    await createArchiveWriter({ repositoryRoot: dir, pid: 1 }).write(path, entriesIn(dir));
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 3) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      writeFileSync(join(dir, 'changed.zip'), changed);
      const answer = await reader.read(join(dir, 'changed.zip'), ['manifest.json']);
      expect(['read', 'unusable']).toContain(answer.status);
    }
  });
});
