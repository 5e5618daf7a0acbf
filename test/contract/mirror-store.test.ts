/** Generations of the imported mirror: what an import changes, and what it never does to those who read meanwhile. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importEcosystems } from '../../src/mirror/import/import-ecosystems.ts';
import { indexEntries } from '../../src/mirror/import/index-record.ts';
import type { DumpEntry } from '../../src/ports/advisory-dump.ts';
import type { StoredAdvisory } from '../../src/ports/advisory-store.ts';
import type { Mirror } from '../../src/ports/mirror.ts';
import { bundle } from '../support/bundle.ts';
import { dumpEntry, dumpOf } from '../support/dump-entries.ts';
import { importDump, importShared, mirrorIn, temporaryFolder, toAsync, writerFor } from '../support/mirror.ts';
import { osvRecord, ranged, stored } from '../support/osv.ts';

const record = (id: string, modified: string, name = 'p', ecosystem = 'npm'): StoredAdvisory =>
  stored(osvRecord(id, [ranged(ecosystem, name, [['introduced', '0']])], { modified }));

const [JAN, FEB, MAR] = ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z'];

function opened(mirror: Mirror) {
  const reading = mirror.current();
  if (reading.status !== 'open') throw new Error(reading.detail);
  return reading.generation;
}

const idsOf = (mirror: Mirror, name = 'p'): readonly string[] =>
  opened(mirror)
    .store.byPackage('npm', name)
    .map(({ record: { id } }) => id);

describe('a second import', () => {
  it('takes what is new and newer, keeps what is not, and removes what is gone', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN), record('B', FEB), record('C', FEB), record('D', JAN)]));
    const done = await importDump(
      folder,
      'npm',
      dumpOf([record('A', JAN), record('B', MAR, 'q'), record('C', JAN, 'q'), record('E', JAN)]),
    );
    expect(done).toMatchObject({
      entries: 4,
      added: 1,
      updated: 1,
      unchanged: 1,
      removed: 1,
      older: { count: 1, examples: ['C'] },
    });
    const mirror = mirrorIn(folder);
    expect(idsOf(mirror)).toEqual(['A', 'C', 'E']);
    expect(idsOf(mirror, 'q')).toEqual(['B']);
    expect(opened(mirror).store.byId('D')).toBeUndefined();
    expect(opened(mirror).state.summary.records).toBe(4);
  });

  it('keeps a record that another ecosystem still brings', async () => {
    const folder = temporaryFolder();
    const both = stored(
      osvRecord('X', [ranged('npm', 'p', [['introduced', '0']]), ranged('PyPI', 'p', [['introduced', '0']])]),
    );
    await importDump(folder, 'npm', dumpOf([both, record('A', JAN)]));
    await importDump(folder, 'PyPI', dumpOf([both]));
    expect(await importDump(folder, 'npm', dumpOf([record('A', JAN)]))).toMatchObject({ removed: 0 });
    expect(idsOf(mirrorIn(folder))).toEqual(['A', 'X']);
    expect(await importDump(folder, 'PyPI', dumpOf([record('P', JAN, 'p', 'PyPI')]))).toMatchObject({ removed: 1 });
    expect(idsOf(mirrorIn(folder))).toEqual(['A']);
  });

  it('marks a record that is withdrawn meanwhile', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    const withdrawn = stored(
      osvRecord('A', [ranged('npm', 'p', [['introduced', '0']])], { modified: FEB, withdrawn: FEB }),
    );
    await importDump(folder, 'npm', dumpOf([withdrawn]));
    expect(opened(mirrorIn(folder)).state.summary).toMatchObject({ records: 1, withdrawn: 1 });
  });

  it('leaves a record as it was whose file has become unreadable', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN), record('B', JAN)]));
    const done = await importDump(folder, 'npm', [dumpEntry('A.json', '{"id":"A"'), ...dumpOf([record('B', JAN)])]);
    expect(done).toMatchObject({
      entries: 2,
      removed: 0,
      malformed: { count: 1, examples: ['A.json: it is not JSON'] },
    });
    expect(idsOf(mirrorIn(folder))).toEqual(['A', 'B']);
  });

  it('gives the same checksum for the same content, however it came about', async () => {
    const [once, twice] = [temporaryFolder(), temporaryFolder()];
    const all = [record('A', FEB), record('B', JAN), record('C', JAN)];
    await importDump(once, 'npm', dumpOf(all));
    await importDump(twice, 'npm', dumpOf([record('C', JAN), record('A', JAN), record('Z', JAN)]));
    await importDump(twice, 'npm', dumpOf([...all].reverse()));
    expect(opened(mirrorIn(twice)).state.checksum).toBe(opened(mirrorIn(once)).state.checksum);
  });
});

describe('two files of one id', () => {
  it.each([
    ['the one modified last counts', FEB, JAN, 'first'],
    ['in either order', JAN, FEB, 'second'],
  ])('are a collision: %s', async (_title, one, two, winner) => {
    const folder = temporaryFolder();
    const done = await importDump(folder, 'npm', [
      dumpEntry('A.json', record('A', one, 'first').text),
      dumpEntry('copy/A.json', record('A', two, 'second').text),
    ]);
    expect(done).toMatchObject({ entries: 1, collisions: { count: 1, examples: ['A'] } });
    expect(idsOf(mirrorIn(folder), winner)).toEqual(['A']);
    expect(opened(mirrorIn(folder)).state.summary.records).toBe(1);
  });

  it('give the same result in any order when their dates are equal', async () => {
    const files = [record('A', JAN, 'first'), record('A', JAN, 'second')].map(({ text }, n) =>
      dumpEntry(`${n}/A.json`, text),
    );
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    await importDump(one, 'npm', files);
    await importDump(two, 'npm', [...files].reverse());
    expect(opened(mirrorIn(two)).state.checksum).toBe(opened(mirrorIn(one)).state.checksum);
  });

  it('that are the same bytes are no collision', async () => {
    const { text } = record('A', JAN);
    const done = await importDump(temporaryFolder(), 'npm', [
      dumpEntry('A.json', text),
      dumpEntry('copy/A.json', text),
    ]);
    expect(done).toMatchObject({ entries: 1, added: 1, collisions: { count: 0 } });
  });
});

describe('one dump of two ecosystems', () => {
  const both = (id: string, modified: string): StoredAdvisory =>
    stored(
      osvRecord(id, [ranged('npm', 'p', [['introduced', '0']]), ranged('PyPI', 'p', [['introduced', '0']])], {
        modified,
      }),
    );
  const dump = [
    ...dumpOf([record('N', JAN), both('B', JAN), record('P', JAN, 'p', 'PyPI'), record('G', JAN, 'p', 'Go')]),
    dumpEntry('N2.json', '{'),
    ...['again/B.json', 'once/B.json'].map((name, n) => dumpEntry(name, both('B', [FEB, MAR][n] ?? '').text)),
  ];

  it('is to each what it would be alone, in any order', async () => {
    const [shared, apart, turned] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    const done = await importShared(shared, ['npm', 'PyPI'], dump);
    await importDump(apart, 'npm', dump);
    await importDump(apart, 'PyPI', dump);
    const turnedDone = await importShared(turned, ['PyPI', 'npm'], dump.toReversed());
    const [sum, ...sums] = [shared, apart, turned].map((folder) => opened(mirrorIn(folder)).state.checksum);
    expect(sums).toEqual([sum, sum]);
    const told = { entries: 2, usable: 2, added: 2, removed: 0, foreign: 2, malformed: { count: 1 } };
    for (const each of [done.npm, done.PyPI]) expect(each).toMatchObject({ ...told, collisions: { count: 2 } });
    for (const each of [turnedDone.npm, turnedDone.PyPI]) expect(each).toMatchObject(told);
    expect(opened(mirrorIn(shared)).store.byId('B')?.record.modified).toBe(MAR);
  });

  it('that name one id and not one ecosystem are decided between in any order', async () => {
    const texts = [record('T', JAN).text, record('T', JAN, 'p', 'PyPI').text];
    const files = texts.map((text, n) => dumpEntry(`${n}/T.json`, text));
    const kept = [files, files.toReversed()].map(async (each) => {
      const folder = temporaryFolder();
      await importShared(folder, ['npm', 'PyPI'], each);
      return opened(mirrorIn(folder)).store.byId('T')?.text;
    });
    const [one, other] = await Promise.all(kept);
    expect(one).toBe(other);
  });

  it('is read no more when it is as it was, not even for an ecosystem that was not asked for then', async () => {
    const folder = temporaryFolder();
    const plain = dumpOf([record('N', JAN), both('B', JAN), record('P', JAN, 'p', 'PyPI')]);
    const unread = plain.map(({ name, digest }): DumpEntry => ({
      ...{ name, digest },
      read: () => {
        throw new Error(`${name} was read again`);
      },
    }));
    await importDump(folder, 'npm', plain);
    // Of what was never taken in nothing is known.
    const done = await importShared(folder, ['npm', 'PyPI'], [...unread.slice(0, 2), ...plain.slice(2)]);
    expect(done.npm).toMatchObject({ entries: 2, unchanged: 2, removed: 0, foreign: 1 });
    expect(done.PyPI).toMatchObject({ entries: 2, unchanged: 1, added: 1, foreign: 1 });
    expect(await importShared(folder, ['npm', 'PyPI'], unread)).toMatchObject({
      npm: { entries: 2, unchanged: 2, foreign: 1 },
      PyPI: { entries: 2, unchanged: 2, foreign: 1 },
    });
    await importDump(folder, 'npm', plain.slice(0, 1));
    expect(opened(mirrorIn(folder)).store.byPackage('PyPI', 'p')).toHaveLength(2);
  });
});

describe('a reader', () => {
  it('keeps its generation, and sees the next one when it looks again', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    const mirror = mirrorIn(folder);
    const before = opened(mirror);
    await importDump(folder, 'npm', dumpOf([record('B', JAN)]));
    expect(before.store.byPackage('npm', 'p').map(({ record: { id } }) => id)).toEqual(['A']);
    expect(idsOf(mirror)).toEqual(['B']);
    expect(opened(mirror).state.generation).toBe(before.state.generation + 1);
    expect(opened(mirror)).toBe(opened(mirror));
  });

  it('sees nothing of a draft that is not committed', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    await writerFor(folder).draft(async (draft) => {
      const dump = indexEntries(toAsync(dumpOf([record('B', JAN)])));
      await importEcosystems(['npm'], dump, draft, () => undefined);
      expect(idsOf(mirrorIn(folder))).toEqual(['A']);
    });
    expect(idsOf(mirrorIn(folder))).toEqual(['A']);
    expect(readdirSync(join(folder, 'generations'))).toEqual(['00000001']);
  });

  it('is told what is wrong with a mirror', async () => {
    const folder = temporaryFolder();
    const mirror = mirrorIn(folder);
    const detail = (): string => {
      const reading = mirror.current();
      return reading.status === 'open' ? 'open' : `${reading.detail} ${reading.mend}`;
    };
    expect(detail()).toMatch(/there is no mirror in .* Run `fixby mirror import/);
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    expect(detail()).toBe('open');
    writeFileSync(join(folder, 'current.json'), '{"form":1,"generation":9}');
    expect(detail()).toMatch(/cannot be read: .*ENOENT.* Import again/);
    writeFileSync(join(folder, 'current.json'), 'garbage');
    expect(detail()).toMatch(/cannot be read/);
  });

  it.each([
    ['a data file that was cut off', (generation: string) => truncateSync(join(generation, 'data.mdb'), 5000)],
    ['a data file that is gone', (generation: string) => rmSync(join(generation, 'data.mdb'))],
    [
      'a manifest of another form',
      (generation: string) => writeFileSync(join(generation, 'manifest.json'), '{"form":2}'),
    ],
  ])('does not open %s', async (_title, damage) => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    damage(join(folder, 'generations/00000001'));
    expect(mirrorIn(folder).current()).toMatchObject({
      status: 'unavailable',
      mend: expect.stringContaining('Import') as string,
    });
    await importDump(folder, 'npm', dumpOf([record('B', JAN)]));
    expect(idsOf(mirrorIn(folder))).toEqual(['B']);
  });
});

describe('a writer', () => {
  it('keeps the generation in force and the one before', async () => {
    const folder = temporaryFolder();
    for (const id of ['A', 'B', 'C', 'D']) await importDump(folder, 'npm', dumpOf([record(id, JAN)]));
    expect(readdirSync(join(folder, 'generations'))).toEqual(['00000003', '00000004']);
    expect(idsOf(mirrorIn(folder))).toEqual(['D']);
  });

  it('is alone', async () => {
    const folder = temporaryFolder();
    await writerFor(folder).draft(async () => {
      await expect(writerFor(folder).draft(() => Promise.resolve())).rejects.toMatchObject({ code: 'mirror-busy' });
    });
  });

  it('says where it cannot write', async () => {
    const folder = join(temporaryFolder(), 'file');
    writeFileSync(folder, '');
    await expect(writerFor(join(folder, 'mirror')).draft(() => Promise.resolve())).rejects.toMatchObject({
      code: 'mirror-not-writable',
    });
  });

  it('on a disk that is full says so, and leaves the mirror as it was', async ({ skip }) => {
    const folder = temporaryFolder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { encoding: 'utf8' });
    if (mounted.status !== 0)
      return skip(`skipped: no file system of a fixed size can be made (${mounted.stderr.trim()})`);
    onTestFinished(() => void spawnSync('umount', ['-l', folder]));
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    const large = stored(
      osvRecord('B', [ranged('npm', 'p', [['introduced', '0']])], {
        modified: FEB,
        details: 'x'.repeat(4 * 1024 * 1024),
      }),
    );
    await expect(importDump(folder, 'npm', dumpOf([record('A', JAN), large]))).rejects.toMatchObject({
      code: 'mirror-disk-full',
      message: expect.stringMatching(/MiB are free.*The mirror is as it was/) as string,
    });
    expect(readdirSync(join(folder, 'generations'))).toEqual(['00000001']);
    expect(idsOf(mirrorIn(folder))).toEqual(['A']);
    await importDump(folder, 'npm', dumpOf([record('A', JAN), record('C', JAN)]));
    expect(idsOf(mirrorIn(folder))).toEqual(['A', 'C']);
  });

  it('that was killed half-way leaves the old generation, and the next one cleans up', async () => {
    const folder = temporaryFolder();
    await importDump(folder, 'npm', dumpOf([record('A', JAN)]));
    // Below the project, where what it imports is installed.
    const program = resolve('.cache', `half-import-${process.pid}.mjs`);
    onTestFinished(() => rmSync(program, { force: true }));
    await bundle('test/support/half-import.ts', program);
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(readdirSync(join(folder, 'generations'))).toContain('unfinished');
    expect(idsOf(mirrorIn(folder))).toEqual(['A']);
    const done = await importDump(folder, 'npm', dumpOf([record('A', JAN), record('C', JAN)]));
    expect(done).toMatchObject({ unchanged: 1, added: 1 });
    expect(readdirSync(join(folder, 'generations'))).toEqual(['00000001', '00000002']);
    expect(idsOf(mirrorIn(folder))).toEqual(['A', 'C']);
  });
});
