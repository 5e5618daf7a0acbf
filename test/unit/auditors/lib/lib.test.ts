/** What both auditors lean on: retries, counts, and what an unfinished run means. */
import { describe, expect, it } from 'vitest';
import { countCoverage, unacceptedSkips } from '../../../../src/core/auditors/lib/coverage.ts';
import { runWithRetry } from '../../../../src/core/auditors/lib/run-with-retry.ts';
import { explainToolFailure } from '../../../../src/core/auditors/lib/tool-failure.ts';
import type { Invocation, InvocationResult } from '../../../../src/core/model/program.ts';
import { answerProgram, exited } from '../../../support/answer-program.ts';

const ASK: Invocation = {
  tool: 'npm',
  args: ['audit'],
  files: {},
  env: {},
  collect: [],
  timeoutMs: 1,
  maxOutputBytes: 1,
  delayMs: 0,
};

const failed = (result: InvocationResult): boolean => result.exitCode === 1;

describe('runWithRetry', () => {
  it.each([
    { attempts: 3, failures: 0, delays: [0] },
    { attempts: 3, failures: 1, delays: [0, 500] },
    { attempts: 3, failures: 9, delays: [0, 500, 1000] },
    { attempts: 1, failures: 9, delays: [0] },
    { attempts: 0, failures: 9, delays: [0] },
    { attempts: 9, failures: 9, delays: [0, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000] },
  ])('$attempts attempts, $failures failures → pauses $delays', ({ attempts, failures, delays }) => {
    const run = answerProgram(runWithRetry(ASK, attempts, failed), {}, (_, index) => ({
      exitCode: index < failures ? 1 : 0,
    }));
    expect(run.invocations.map((invocation) => invocation.delayMs)).toEqual(delays);
    expect(run.value.exitCode).toBe(failures >= delays.length ? 1 : 0);
  });
});

describe('coverage', () => {
  const skipped = [{ name: 'Left_Pad', reason: 'a link' }];
  const target = { path: 'backend', ecosystem: 'PyPI', sources: [] } as const;

  it('counts skipped packages as packages of the lock', () => {
    const inventory = { packages: [], skipped, problems: [], files: [], graphKnown: true };
    expect(countCoverage(inventory, 0)).toEqual({ packages: 1, audited: 0, skipped });
  });

  it.each([
    { accepted: [], left: 1 },
    { accepted: [{ package: 'left-pad', reason: 'ours' }], left: 0 },
    { accepted: [{ package: 'left-pad', target: 'backend', reason: 'ours' }], left: 0 },
    { accepted: [{ package: 'left-pad', target: 'frontend', reason: 'ours' }], left: 1 },
    { accepted: [{ package: 'left', reason: 'ours' }], left: 1 },
  ])('$accepted leaves $left', ({ accepted, left }) => {
    expect(unacceptedSkips(target, skipped, accepted)).toHaveLength(left);
  });
});

describe('explainToolFailure', () => {
  it('says nothing of a run that exited, whatever its code', () => {
    expect(explainToolFailure('npm', exited({ exitCode: 1 }))).toBeUndefined();
  });

  it.each([
    ['tool-missing', 'tool-missing'],
    ['not-started', 'tool-failed'],
    ['signaled', 'tool-failed'],
    ['timed-out', 'timed-out'],
    ['output-too-large', 'output-too-large'],
    ['interrupted', 'interrupted'],
  ] as const)('%s → unavailable(%s)', (status, reason) => {
    expect(explainToolFailure('npm', exited({ status, exitCode: null }))).toMatchObject({
      status: 'unavailable',
      reason,
    });
  });
});
