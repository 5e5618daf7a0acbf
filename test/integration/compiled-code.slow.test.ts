/** The compiled code that is kept beside the program, as real processes leave and find it. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../support/fixby.ts';

const folder = mkdtempSync(join(tmpdir(), 'fixby-test-'));
const program = join(folder, 'dist');
const kept = join(program, '.compiled');

beforeAll(() => cpSync(join(ROOT, 'dist'), program, { recursive: true }));
beforeEach(() => rmSync(kept, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command that loads much of the program and asks nobody. */
function start(): SpawnSyncReturns<string> {
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, [join(program, 'main.js'), 'policy', ROOT], { encoding: 'utf8', env });
}

function run(): string {
  const { status, stdout, stderr } = start();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

function keptFiles(): readonly string[] {
  return readdirSync(kept, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Files are replaced by renaming, never written into. */
function identities(): readonly string[] {
  return keptFiles().map((path) => `${path} ${statSync(path).ino}`);
}

describe('compiled code', () => {
  it('is kept by the first run and used as it is by the next', () => {
    const first = run();
    const before = identities();
    expect(before.length).toBeGreaterThan(5);
    expect(run()).toBe(first);
    expect(identities()).toEqual(before);
  });

  it.each([
    ['a bit of it is turned', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)))],
    ['it is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is something else', () => Buffer.from('<html>not found</html>')],
  ])('is made again when %s', (_, damage) => {
    const first = run();
    const sound = keptFiles();
    for (const path of keptFiles()) writeFileSync(path, damage(readFileSync(path)));
    expect(run()).toBe(first);
    expect(run()).toBe(first);
    expect(keptFiles()).toEqual(sound);
    expect(keptFiles().every((path) => readFileSync(path).length > 100)).toBe(true);
  });

  it('is not missed where nothing can be written', () => {
    // A file stands where the folder is to be.
    writeFileSync(kept, '');
    expect(run()).toContain('immediately');
    expect(readFileSync(kept, 'utf8')).toBe('');
  });

  it('is not believed of a program that changed, though not in length', () => {
    run();
    for (const name of readdirSync(program).filter((each) => each.endsWith('.js'))) {
      const path = join(program, name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('opportunistically', 'oppprtunisticclly'));
    }
    expect(start().stderr).toContain('gives low vulnerabilities no window');
  });
});
