/** A ledger that lost what git has of it: told of, whatever became of the file, and never written on. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/core/model/report.ts';
import { makeNights } from '../support/nights.ts';
import { npmProject, SECURITY_MD } from '../support/repository.ts';

const on = (day: string): string => `2026-${day}T02:00:00.000Z`;

function makeProject() {
  const nights = makeNights({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) }, on('03-01'));
  const file = join(nights.dir, '.fixby/ledger.jsonl');
  return { nights, read: () => (existsSync(file) ? readFileSync(file, 'utf8') : null), lay: layer(file) };
}

/** Puts a text in place of the ledger; `null` removes it. */
const layer = (file: string) => (text: string | null) => {
  if (text === null) rmSync(file);
  else writeFileSync(file, text);
};

/** Two nights and a commit of what they recorded. */
async function makeCommitted() {
  const project = makeProject();
  await project.nights.night(on('03-02'));
  const first = project.read();
  await project.nights.night(on('03-03'));
  project.nights.commit('Keep the ledger', on('03-03'));
  return { ...project, first, whole: project.read() };
}

const lossesOf = ({ problems }: ReportView): readonly string[] =>
  problems.filter(({ code }) => code === 'ledger-lost-events').map(({ message }) => message);

describe('a ledger that git tracks', () => {
  it.each([
    ['emptied', () => '', /ends after event 0, and what is committed has \d/],
    ['removed', () => null, /is not there/],
    ['cut off', (first: string | null) => first, /ends after event [1-9], and what is committed has \d/],
  ])('and that was %s leaves the verdict open, and is left as it is', async (_what, spoil, why) => {
    const { nights, read, lay, first, whole } = await makeCommitted();
    const left = spoil(first);
    lay(left);
    const report = await nights.night(on('03-04'));
    expect([report.verdict, lossesOf(report)]).toEqual(['inconclusive', [expect.stringMatching(why)]]);
    expect(read()).toBe(left);
    lay(whole);
    const mended = await nights.night(on('03-05'));
    expect([mended.verdict, lossesOf(mended)]).toEqual(['pass', []]);
    expect(read()?.startsWith(whole ?? '?')).toBe(true);
  });

  it('and that was begun anew is another one', async () => {
    const { nights, read, lay } = makeProject();
    await nights.night(on('03-02'));
    const one = read();
    lay(null);
    await nights.night(on('03-03'));
    const other = read();
    lay(one);
    nights.commit('Keep the ledger', on('03-03'));
    lay(other);
    const report = await nights.night(on('03-04'));
    const told = [expect.stringMatching(/is another than the one that is committed with \d events/)];
    expect([report.verdict, lossesOf(report)]).toEqual(['inconclusive', told]);
    expect(read()).toBe(other);
  });

  it('may be ahead of the commit, and be removed by one', async () => {
    const { nights, lay } = await makeCommitted();
    await nights.night(on('03-04'));
    expect(lossesOf(await nights.night(on('03-05')))).toEqual([]);
    lay(null);
    nights.commit('Begin anew', on('03-06'));
    const report = await nights.night(on('03-07'));
    expect([report.verdict, lossesOf(report)]).toEqual(['pass', []]);
  });
});

it('a ledger that git does not track is missed by nobody', async () => {
  const { nights, lay } = makeProject();
  await nights.night(on('03-02'));
  lay(null);
  expect((await nights.night(on('03-03'))).verdict).toBe('pass');
});
