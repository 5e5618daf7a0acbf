/** The reports in `reports/example/` are what fixby writes today: made anew by its script and compared, file by file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reportFormats } from '../../src/core/report/registry.ts';
import { ROOT } from '../support/fixby.ts';

const kept = join(ROOT, 'reports/example');
const made = mkdtempSync(join(tmpdir(), 'fixby-example-test-'));
const run = spawnSync(process.execPath, ['scripts/example.mjs', '--output', made], { cwd: ROOT, encoding: 'utf8' });

afterAll(() => rmSync(made, { recursive: true, force: true }));

it('can be made', () => {
  expect([run.status, run.stderr]).toStrictEqual([0, '']);
});

const OTHERS = ['explain.txt', 'history.json', 'history.txt', 'mail.html', 'period.txt', 'release.md'];
const names = [...reportFormats.map(({ extension }) => `fixby.${extension}`), ...OTHERS].sort();

it('holds a file of every registered format and of every other report, and none else', () => {
  expect(readdirSync(made).sort()).toStrictEqual(names);
  expect(readdirSync(kept).sort()).toStrictEqual(names);
});

describe('is as it was committed; `npm run example` makes it anew', () => {
  it.each(names)('%s', (name) => {
    expect(readFileSync(join(made, name), 'utf8')).toBe(readFileSync(join(kept, name), 'utf8'));
  });
});

it('tells nothing of the machine it was made on', () => {
  for (const name of readdirSync(made)) {
    const text = readFileSync(join(made, name), 'utf8');
    expect(text).not.toMatch(/127\.0\.0\.1|\/tmp\/|\/root\/|\/home\//);
    expect(text).not.toContain(ROOT);
  }
});
