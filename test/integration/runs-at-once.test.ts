/** Two runs that overlap: the one that began first and recorded last accuses nobody's clock. */
import { describe, expect, it } from 'vitest';
import { createFileLedger } from '../../src/adapters/ledger-file/create-file-ledger.ts';
import { clockProblems } from '../../src/core/reconcile/clock-problems.ts';
import { recall } from '../../src/pipeline/recall.ts';
import { record } from '../../src/pipeline/remember.ts';
import { format } from '../support/ledger-values.ts';
import { digest, observed, sighting } from '../support/observed.ts';
import { makeRepository } from '../support/repository.ts';

const minute = (n: number): string => `2026-03-01T02:0${n}:00.000Z`;

/** What the ledger says after a run that began at minute 0 and ended when it was `now`, over one of minute 1. */
async function overlap(now: string): ReturnType<typeof recall> {
  const { dir } = makeRepository();
  const ledger = createFileLedger({ root: dir, repository: 'acme/shop', access: 'append', format, host: process });
  const before = await recall(ledger);
  const run = async (memory: typeof before, began: string, end: string): Promise<void> => {
    const { problems } = await record(
      ledger,
      memory,
      observed([sighting()]),
      { began, clock: { now: () => end } },
      digest,
    );
    expect(problems).toEqual([]);
  };
  await run(before, minute(1), minute(2));
  await run(before, minute(0), now);
  return recall(ledger);
}

describe('a run that began before another one recorded', () => {
  it('is dated with what was known when it was recorded', async () => {
    const { state } = await overlap(minute(3));
    expect([state.runs, state.misdated, state.began, state.ended]).toEqual([2, [], minute(1), minute(1)]);
    expect(clockProblems(state, minute(4))).toEqual([]);
    expect([...state.findings.values()].map(({ firstSeen }) => firstSeen.at)).toEqual([minute(1)]);
  });

  it('on a machine whose clock is behind is told so', async () => {
    const { state } = await overlap(minute(0));
    expect([state.runs, state.misdated.length > 0, state.ended]).toEqual([2, true, minute(0)]);
  });
});
