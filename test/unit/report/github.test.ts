/** The job summary: short, and never longer than GitHub shows. */
import { expect, it } from 'vitest';
import { githubFormat } from '../../../src/core/report/github.ts';
import { manyView, plainOptions, releaseView, richView, viewOf } from './views.ts';

const MIB = 1024 * 1024;

it('says what is due, what was not checked and what to do, and stops there', () => {
  const text = githubFormat.render(richView, plainOptions);
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toStrictEqual(['✖ FAIL', 'Due first', 'Could not be checked', 'Next', 'Summary', 'Problems']);
});

it('names what stands in the way of a release', () => {
  expect(githubFormat.render(releaseView, plainOptions)).toContain('## What stands in its way');
});

it('is as short for many findings', () => {
  expect(githubFormat.render(manyView, plainOptions).length).toBeLessThan(10_000);
});

it('leaves out what GitHub would refuse the whole summary for, and says so', () => {
  const [problem] = richView.problems;
  if (problem === undefined) throw new Error('no problem');
  const problems = Array.from({ length: 5000 }, (_, index) => ({
    ...problem,
    message: `${index} ${'漢'.repeat(200)}`,
  }));
  const text = githubFormat.render({ ...viewOf(10), problems }, plainOptions);
  expect(Buffer.byteLength(text)).toBeLessThan(MIB);
  expect(text).toContain('## Due first');
  expect(text).toContain('longer than GitHub shows');
});
