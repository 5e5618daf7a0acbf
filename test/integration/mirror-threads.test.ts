/** An archive that is large enough for threads comes out as it would without them, and nothing is left of them. */
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMirrorImport } from '../../src/cli/commands/mirror-import.ts';
import { createUnpackThreads } from '../../src/adapters/osv-dump/unpack-threads.ts';
import { runFixby } from '../support/fixby.ts';
import { runInProcess } from '../support/in-process.ts';
import { mirrorIn, temporaryFolder } from '../support/mirror.ts';
import { osvRecord, ranged } from '../support/osv.ts';
import { zip } from '../support/zip.ts';
import type { ZipEntry } from '../support/zip.ts';

const json = (n: number, more: object = {}): string => {
  const record = osvRecord(`GHSA-${n}`, [ranged('npm', `p${n % 40}`, [['introduced', '0'], ['fixed', n % 7 === 0 ? 'soon' : '1.0.0']])]); // prettier-ignore
  return JSON.stringify({ ...record, details: randomBytes(600).toString('base64'), ...more });
};

/** More than a megabyte of them. */
const RECORDS: readonly ZipEntry[] = Array.from({ length: 1500 }, (_, n) => ({
  name: `GHSA-${n}.json`,
  content: json(n, n % 11 === 0 ? { withdrawn: '2026-01-01T00:00:00Z' } : {}),
  stored: n % 3 === 0,
}));

const ODD: readonly ZipEntry[] = [
  { name: 'GHSA-5000.json', content: `\ufeff${json(5000)}\n` },
  { name: 'GHSA-5001.json', content: Buffer.from(`\ufeff${json(5001)}`, 'utf16le') },
  { name: 'GHSA-5002.yaml', content: 'id: GHSA-5002\naffected:\n  - package: {ecosystem: npm, name: p1}\n' },
  { name: 'GHSA-5003.yaml', content: '{"id": "GHSA-5003", "affected": [{"package": {"ecosystem": "npm", "name": "p1"}}]}' },
  { name: 'GHSA-5004.json', content: json(5004, { database_specific: { severity: 7 } }) },
  { name: 'copy/GHSA-1.json', content: json(1, { modified: '2026-02-01T00:00:00Z' }) },
  { name: 'link.json', content: '/etc/passwd', mode: 0o120777, stored: true },
  { name: 'bomb.json', content: ' '.repeat(7_000_000), claimedSize: 900 },
  { name: 'lossy.json', content: Buffer.from([0x7b, 0xff, 0x7d]) },
  { name: 'cut.json', content: json(6000).slice(0, 50) },
  { name: 'future.json', content: json(6001, { schema_version: '2.0.0' }) },
  { name: '../../out.json', content: json(6002) },
]; // prettier-ignore

function lay(entries: readonly ZipEntry[]): { readonly folder: string; readonly archive: string } {
  const folder = temporaryFolder();
  const archive = join(folder, 'npm.zip');
  writeFileSync(archive, zip(entries));
  return { folder, archive };
}

const stateIn = (mirror: string) => {
  const reading = mirrorIn(mirror).current();
  if (reading.status !== 'open') throw new Error(reading.detail);
  const { checksum, summary, sources } = reading.generation.state;
  return { checksum, summary, malformed: sources.npm?.malformed, collisions: sources.npm?.collisions };
};

describe.skipIf(availableParallelism() < 2)('an archive of more than a megabyte', () => {
  it('gives the same mirror and names the same files, the first time and again', async () => {
    const entries = RECORDS.flatMap((record, n) => (n % 100 === 50 ? [record, ...ODD.slice(n / 120, n / 120 + 1)] : [record])); // prettier-ignore
    const { folder, archive } = lay([...entries, ...ODD]);
    const [threaded, plain] = [join(folder, 'threaded'), join(folder, 'plain')];
    const importPlainly = () =>
      runInProcess(folder, (world) => runMirrorImport(world, ['npm'], { mirror: plain, quiet: true, from: [archive] }));
    const importInThreads = () =>
      runFixby(['mirror', 'import', 'npm', '--from', archive, '--mirror', threaded, '--quiet']);
    for (const round of ['first', 'again']) {
      expect([round, await importInThreads()]).toEqual([round, await importPlainly()]);
      expect(stateIn(threaded)).toEqual(stateIn(plain));
    }
    expect(stateIn(threaded)).toMatchObject({ malformed: { count: expect.any(Number) as number } });
    const changed = lay([{ name: 'GHSA-2.json', content: json(2, { modified: '2027-01-01T00:00:00Z' }) }, ...RECORDS.filter((_, n) => n !== 2)]); // prettier-ignore
    const again = ['mirror', 'import', 'npm', '--from', changed.archive, '--mirror', threaded, '--quiet'];
    expect((await runFixby(again)).stdout).toMatch(/^npm {3}1500 records: 0 new, 1 changed, 5 removed, 1498 as before/);
  });

  it('leaves the mirror as it was, and ends, when it is interrupted', async () => {
    const { folder, archive } = lay(RECORDS);
    const mirror = join(folder, 'mirror');
    const begun = join(mirror, 'generations', 'unfinished');
    const ran = await runFixby(['mirror', 'import', 'npm', '--from', archive, '--mirror', mirror], {
      onStart: (child) => {
        const look = setInterval(() => {
          if (!existsSync(begun)) return;
          clearInterval(look);
          child.kill('SIGTERM');
        }, 1);
      },
    });
    expect([ran.code, ran.stderr]).toEqual([3, expect.stringContaining('the mirror is as it was') as string]);
    expect([existsSync(begun), mirrorIn(mirror).current().status]).toEqual([false, 'unavailable']);
  });

  it('that is cut off is an error', async () => {
    const { folder, archive } = lay(RECORDS);
    writeFileSync(archive, zip(RECORDS).subarray(0, 1_200_000));
    const ran = await runFixby(['mirror', 'import', 'npm', '--from', archive, '--mirror', join(folder, 'mirror')]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('cannot be read as advisories') as string]);
  });
});

it('a thread that breaks fails what waits for it', async () => {
  const program = new URL('data:text/javascript,throw new Error("broken")');
  const threads = createUnpackThreads(program, 1);
  const job = { file: -1, places: new Float64Array(), indexes: false };
  await expect(threads.unpack(job)).rejects.toThrow('broken');
  await threads.close();
});
