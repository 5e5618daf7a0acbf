/** The sink port on a real file system: whole files, in the place that was asked for and in no other. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSink } from '../../src/adapters/sink/create-sink.ts';
import { makeRepository } from '../support/repository.ts';

const open = (dir: string) => createSink({ base: dir, repositoryRoot: dir });

function refusing(code: string) {
  return expect.objectContaining({ name: 'UsageError', code }) as Error;
}

it('writes each file whole, makes folders, and names the paths', async () => {
  const { dir } = makeRepository({ 'reports/a.json': 'old and longer' });
  const written = await open(dir).write([
    { path: 'reports/a.json', text: '{"ä":1}' },
    { path: 'reports/deep/b.md', text: '' },
  ]);
  expect(written).toEqual([join(dir, 'reports/a.json'), join(dir, 'reports/deep/b.md')]);
  expect(readFileSync(join(dir, 'reports/a.json'), 'utf8')).toBe('{"ä":1}');
  expect(readFileSync(join(dir, 'reports/deep/b.md'), 'utf8')).toBe('');
  expect(readdirSync(join(dir, 'reports'))).toEqual(['a.json', 'deep']);
});

it('writes where the operator says, outside the repository too, through a link of theirs', async () => {
  const [{ dir }, other] = [makeRepository(), makeRepository({ 'real.json': 'old' })];
  symlinkSync(join(other.dir, 'real.json'), join(other.dir, 'link.json'));
  await open(dir).write([{ path: join(other.dir, 'link.json'), text: 'new' }]);
  expect(readFileSync(join(other.dir, 'real.json'), 'utf8')).toBe('new');
});

it('writes into a device instead of replacing it', async () => {
  await open(makeRepository().dir).write([{ path: '/dev/null', text: 'x' }]);
  expect(execFileSync('stat', ['-c', '%F', '/dev/null'], { encoding: 'utf8' })).toBe('character special file\n');
});

it.each<[string, (dir: string, outside: string) => void]>([
  ['the file is a link', (dir, outside) => symlinkSync(join(outside, 'victim'), join(dir, 'reports/report.json'))],
  [
    'the file is a link to nothing',
    (dir, outside) => symlinkSync(join(outside, 'new'), join(dir, 'reports/report.json')),
  ],
  ['the file is a folder', (dir) => mkdirSync(join(dir, 'reports/report.json'))],
  ['the file is a pipe', (dir) => void execFileSync('mkfifo', [join(dir, 'reports/report.json')])],
])('refuses what the audited repository laid in its way, and writes nothing: %s', async (_, lay) => {
  const [{ dir }, outside] = [makeRepository({ 'reports/x': '' }), makeRepository({ victim: 'precious' })];
  lay(dir, outside.dir);
  const files = [
    { path: 'first.json', text: '1' },
    { path: 'reports/report.json', text: 'evil' },
  ];
  await expect(open(dir).write(files)).rejects.toThrow(refusing('output-refused'));
  expect([readdirSync(outside.dir), readFileSync(join(outside.dir, 'victim'), 'utf8')]).toEqual([
    ['victim'],
    'precious',
  ]);
  expect(readdirSync(dir)).toEqual(['reports']);
});

it('refuses a folder of the repository that is a link to elsewhere', async () => {
  const [{ dir }, outside] = [makeRepository(), makeRepository()];
  symlinkSync(outside.dir, join(dir, 'reports'));
  await expect(open(dir).write([{ path: 'reports/deep/a', text: '' }])).rejects.toThrow(refusing('output-refused'));
  expect(readdirSync(outside.dir)).toEqual([]);
});

it('says what stands in the way, and what to do', async () => {
  const { dir } = makeRepository();
  writeFileSync(join(dir, 'file'), '');
  await expect(open(dir).write([{ path: 'file/below.json', text: '' }])).rejects.toThrow(refusing('output-unwritable'));
});
