/** A run asks nobody twice, and a question without an answer stays open. */
import { describe, expect, it } from 'vitest';
import type { AdvisoryLookup, PackageLookup } from '../../../src/core/model/advisory.ts';
import { rememberRecords, shareQuestions } from '../../../src/pipeline/share-questions.ts';

describe('records', () => {
  it('are asked for once, also by who asks before the answer is there', async () => {
    const asked: string[][] = [];
    const records = rememberRecords({
      source: 'the test',
      lookUp: (ids) => {
        asked.push([...ids]);
        return Promise.resolve(ids.map((id): AdvisoryLookup => ({ status: 'not-found', id })));
      },
    });
    const [early, late] = await Promise.all([records.lookUp(['A', 'B']), records.lookUp(['C', 'B', 'A'])]);
    expect(asked).toEqual([['A', 'B'], ['C']]);
    expect(early.map(({ id }) => id)).toEqual(['A', 'B']);
    expect(late.map(({ id }) => id)).toEqual(['C', 'B', 'A']);
  });

  it('that a source forgets to answer for are unavailable, never not found', async () => {
    const records = rememberRecords({ source: 'the test', lookUp: () => Promise.resolve([]) });
    expect(await records.lookUp(['A'])).toEqual([
      { status: 'unavailable', id: 'A', detail: 'it was not answered for' },
    ]);
  });
});

describe('packages', () => {
  it('of two ecosystems are two questions, whatever their names', async () => {
    const asked: string[] = [];
    const { packages } = shareQuestions({
      exec: { run: () => Promise.reject(new Error('no tool is started')) },
      packages: {
        source: 'the test',
        age: () => ({ isMirror: false }),
        forPackages: (ecosystem, names) => {
          asked.push(`${ecosystem} ${names.join()}`);
          return Promise.resolve(names.map((name): PackageLookup => ({ status: 'known', name, records: [] })));
        },
      },
    });
    await packages.forPackages('npm', ['redis']);
    await packages.forPackages('PyPI', ['redis']);
    await packages.forPackages('npm', ['redis', 'ws']);
    expect(asked).toEqual(['npm redis', 'PyPI redis', 'npm ws']);
  });
});
