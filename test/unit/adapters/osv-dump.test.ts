import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDump } from '../../../src/adapters/osv-dump/load-dump.ts';
import type { Dump } from '../../../src/adapters/osv-dump/dump.ts';
import { zip } from '../../support/zip.ts';

const RECORD =
  '{"id":"PYSEC-1","affected":[{"package":{"ecosystem":"PyPI","name":"p"},"versions":["1.0"]}],"extra":{"kept":1}}';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixby-dump-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(path: string, content: string | Uint8Array): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

function idsOf({ records }: Dump): readonly string[] {
  return records.map(({ record }) => record.id);
}

function withId(id: string): string {
  return RECORD.replace('PYSEC-1', id);
}

const MALFORMED: readonly (readonly [name: string, content: string | Uint8Array, why: string])[] = [
  ['empty.json', '', 'it is not JSON'],
  ['truncated.json', RECORD.slice(0, 40), 'it is not JSON'],
  ['list.json', `[${RECORD}]`, 'it is no OSV record: document'],
  ['no-id.json', '{"affected":[]}', 'it is no OSV record: id'],
  ['wrong-shape.json', '{"id":"X-1","affected":[{"ranges":[{"type":"SEMVER","events":"all"}]}]}', 'it is no OSV record: affected.0.ranges.0.events'], // prettier-ignore
  ['not-text.json', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), 'its text is not valid UTF-8'],
  ['deep.json', '['.repeat(200_000), 'it is not JSON'],
];

describe('a folder', () => {
  it('is read at any depth, records kept as they were written', async () => {
    lay('a/b/c/PYSEC-3.json', `\ufeff${withId('PYSEC-3')}\n`);
    lay('PYSEC-2.json', Buffer.from(`\ufeff${withId('PYSEC-2')}`, 'utf16le'));
    lay('PYSEC-1.json', RECORD);
    lay('README.md', 'not asked');
    lay('.git/config.json', 'not asked');
    lay('.github/dependabot.yml', 'not asked');
    const dump = await loadDump([folder]);
    expect(idsOf(dump)).toEqual(['PYSEC-1', 'PYSEC-2', 'PYSEC-3']);
    expect(dump.records.map(({ text }) => text)).toEqual([RECORD, withId('PYSEC-2'), withId('PYSEC-3')]);
    expect(dump.rejected).toEqual([]);
  });

  it.each(MALFORMED)('names %s and goes on', async (name, content, why) => {
    lay(`d/${name}`, content);
    lay('z.json', RECORD);
    const { records, rejected } = await loadDump([join(folder, 'd'), folder]);
    expect(records).toHaveLength(1);
    expect(rejected[0]).toEqual({ name: `d/${name}`, why: expect.stringContaining(why) as string });
  });

  it('follows no link and reads no giant', async () => {
    const outside = lay('outside/secret.json', RECORD);
    lay('dump/big.json', `${RECORD}${' '.repeat(8 * 1024 * 1024)}`);
    symlinkSync(outside, join(folder, 'dump/link.json'));
    symlinkSync(dirname(outside), join(folder, 'dump/link-folder'));
    mkdirSync(join(folder, 'dump/folder.json'));
    const { records, rejected } = await loadDump([join(folder, 'dump')]);
    expect(records).toEqual([]);
    expect(rejected).toEqual([
      { name: 'dump/big.json', why: 'it is larger than 8388608 bytes' },
      { name: 'dump/link-folder', why: 'it is a link' },
      { name: 'dump/link.json', why: 'it is a link' },
    ]);
  });

  it('tolerates fields nobody needs, whatever is in them', async () => {
    lay(
      'odd.json',
      '{"id":"X-1","details":null,"database_specific":{"severity":7,"__proto__":{"a":1}},"credits":"many"}',
    );
    expect(idsOf(await loadDump([folder]))).toEqual(['X-1']);
  });
});

describe('an archive', () => {
  const load = async (...entries: Parameters<typeof zip>[0]): Promise<Dump> =>
    await loadDump([lay('dump.zip', zip(entries))]);

  it('is read flat or nested, deflated or stored', async () => {
    const dump = await load(
      { name: 'PYSEC-1.json', content: RECORD },
      { name: 'a/b/PYSEC-2.json', content: withId('PYSEC-2'), stored: true },
      { name: 'a/', content: '' },
      { name: 'README.md', content: 'not asked' },
    );
    expect(idsOf(dump)).toEqual(['PYSEC-1', 'PYSEC-2']);
    expect(dump.records[0]?.text).toBe(RECORD);
    expect(dump.rejected).toEqual([]);
  });

  it.each(MALFORMED)('names %s and goes on', async (name, content, why) => {
    const { records, rejected } = await load({ name, content, stored: true }, { name: 'z.json', content: RECORD });
    expect(records).toHaveLength(1);
    expect(rejected).toEqual([{ name: `dump.zip/${name}`, why: expect.stringContaining(why) as string }]);
  });

  it.each([
    ['a name that climbs', { name: '../../etc/x.json', content: RECORD }, 'its name leads out of the archive'],
    ['an absolute name', { name: '/etc/x.json', content: RECORD }, 'its name leads out of the archive'],
    ['a link', { name: 'x.json', content: '/etc/passwd', mode: 0o120777 }, 'it is a link'],
    ['an encrypted entry', { name: 'x.json', content: RECORD, encrypted: true }, 'it is encrypted'],
    ['a giant', { name: 'x.json', content: ' '.repeat(9 * 1024 * 1024) }, 'it is larger than 8388608 bytes'],
    ['a bomb', { name: 'x.json', content: ' '.repeat(4 * 1024 * 1024) }, 'its sizes are not believable'],
    ['a bomb that lies', { name: 'x.json', content: ' '.repeat(4 * 1024 * 1024), claimedSize: 100 }, 'larger than'],
    [
      'a size that is too big',
      { name: 'x.json', content: RECORD, claimedSize: 200 },
      'its size is not the one announced',
    ],
  ] as const)('refuses %s alone', async (_title, entry, why) => {
    const { records, rejected } = await load(entry, { name: 'z.json', content: RECORD });
    expect(records).toHaveLength(1);
    expect(rejected).toEqual([{ name: `dump.zip/${entry.name}`, why: expect.stringContaining(why) as string }]);
  });

  it('is refused as a whole when it is cut off or no archive', async () => {
    const whole = zip([{ name: 'x.json', content: RECORD }]);
    for (const content of [whole.subarray(0, whole.length - 30), Buffer.from('<html>'), Buffer.alloc(0)]) {
      await expect(loadDump([lay('dump.zip', content)])).rejects.toMatchObject({ code: 'advisories-unreadable' });
    }
  });
});

describe('the paths', () => {
  it('may be several, and a single record', async () => {
    const paths = [lay('one.json', RECORD), lay('two.zip', zip([{ name: 'x.json', content: withId('PYSEC-2') }]))];
    expect(idsOf(await loadDump(paths))).toEqual(['PYSEC-1', 'PYSEC-2']);
  });

  it('must exist', async () => {
    await expect(loadDump([join(folder, 'nowhere')])).rejects.toMatchObject({
      name: 'UsageError',
      code: 'advisories-unreadable',
    });
  });
});
