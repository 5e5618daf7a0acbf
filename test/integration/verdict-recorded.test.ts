/** The verdict of a run, where promises decide it too: report, ledger and the report out of the ledger say the same. */
import { describe, expect, it } from 'vitest';
import type { LedgerBody } from '../../src/core/model/ledger.ts';
import { makeNights } from '../support/nights.ts';
import { npmProject, SECURITY_MD } from '../support/repository.ts';

const PROMISING = `${SECURITY_MD}\n## Automated updates\n\n- Dependabot checks for updates weekly\n`;
const DEPENDABOT =
  'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n';

const on = (day: string): string => `2026-${day}T02:00:00.000Z`;

const recordedVerdicts = (events: readonly LedgerBody[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'run-recorded' ? [event.verdict] : []));

describe('a run that only a promise breaks', () => {
  it('has one verdict wherever it is told, on its day and later', async () => {
    const files = {
      'SECURITY.md': PROMISING,
      '.fixby/config.yaml': 'version: 1\npromises:\n  failOn: broken\n',
      ...npmProject({ ms: '2.1.3' }),
    };
    const nights = makeNights(files, on('03-01'));
    const first = await nights.night(on('03-02'));
    expect(first.verdict).toBe('fail');
    expect(first.broken).toEqual(Array(2).fill(expect.stringMatching(/^SECURITY\.md:12: not kept that /)));

    nights.commit('keep the promise', on('03-02'), { '.github/dependabot.yml': DEPENDABOT });
    const second = await nights.night(on('03-03'));
    expect([second.verdict, second.broken]).toEqual(['pass', []]);

    expect(recordedVerdicts(await nights.events())).toEqual(['fail', 'pass']);
    const { verdict, broken, sentence } = await nights.recalled('2026-03-02T12:00:00.000Z');
    expect({ verdict, broken, sentence }).toEqual({
      verdict: 'fail',
      broken: first.broken,
      sentence: first.sentence,
    });
    expect((await nights.recalled('2026-03-03T12:00:00.000Z')).verdict).toBe('pass');
  });
});
