/** What is wrong with accepted risks on a day. */
import { describe, expect, it } from 'vitest';
import { checkExceptions } from '../../../src/core/exceptions/check-exceptions.ts';
import type { ExceptionFacts, PastException } from '../../../src/core/exceptions/check-exceptions.ts';
import { limitExceptions } from '../../../src/core/exceptions/limit-exceptions.ts';
import { judgeFinding } from '../../../src/core/judge/judge-finding.ts';
import type { RiskException } from '../../../src/core/model/exception.ts';
import type { DatedFinding } from '../../../src/core/model/finding.ts';
import { makeDated, makePolicy, makeSeverity } from '../../support/judge-values.ts';

const TODAY = '2026-03-10';

function accepted(over: Partial<RiskException> = {}): RiskException {
  const people = { owner: 'ada', approver: 'grace', reason: 'not reachable' };
  return { advisory: 'CVE-2025-1', target: 'web', ...people, expires: '2026-06-30', line: 4, ...over };
}

function check(exception: RiskException, over: Partial<ExceptionFacts> = {}): readonly string[] {
  const problems = checkExceptions({
    exceptions: [exception],
    file: 'exceptions.yaml',
    findings: [makeDated()],
    targets: [
      { path: 'web', ecosystem: 'npm', known: true },
      { path: 'api', ecosystem: 'npm', known: true },
    ],
    past: [],
    today: TODAY,
    unknownAs: 'high',
    ...over,
  });
  return problems.map(({ code, message, blocks }) => {
    expect([message.startsWith('exceptions.yaml:4: the exception for'), blocks]).toEqual([true, false]);
    return code;
  });
}

describe('an exception', () => {
  it.each<[string, Partial<RiskException>, Partial<ExceptionFacts>, readonly string[]]>([
    ['is fine', {}, {}, []],
    ['holds on its last day', { expires: TODAY }, {}, ['exception-expires-soon']],
    ['is warned about seven days before', { expires: '2026-03-17' }, {}, ['exception-expires-soon']],
    ['is not warned about eight days before', { expires: '2026-03-18' }, {}, []],
    ['has expired the day after', { expires: '2026-03-09' }, {}, ['exception-expired']],
    ['has expired and is not needed', { expires: '2026-03-09' }, { findings: [] }, ['exception-expired']],
    ['covers nothing', {}, { findings: [] }, ['exception-unused']],
    ['covers only what was withdrawn', {}, { findings: [withdrawn()] }, ['exception-unused']],
    ['names a folder that is not there', { target: 'gone' }, {}, ['exception-unused']],
    ['may cover what nobody could look at', {}, unknownWeb(), []],
    [
      'covers nothing though another folder could not be looked at',
      { target: 'api' },
      unknownWeb(),
      ['exception-unused'],
    ],
    ['may cover anything where nothing is known', {}, { findings: [], targets: [] }, []],
  ])('%s', (_, exception, facts, expected) => {
    expect(check(accepted(exception), facts)).toEqual(expected);
  });

  it.each<[string, Partial<ExceptionFacts>, readonly string[]]>([
    ['only one of several folders has it', {}, ['exception-wider-than-needed']],
    ['two have it', { findings: [makeDated(), makeDated({ target: 'api' })] }, []],
    ['there is only one', { targets: [{ path: 'web', ecosystem: 'npm', known: true }] }, []],
    [
      'the other one is of another ecosystem',
      {
        targets: [
          { path: 'web', ecosystem: 'npm', known: true },
          { path: 'web', ecosystem: 'PyPI', known: true },
        ],
      },
      [],
    ],
    [
      'the other one could not be looked at',
      {
        targets: [
          { path: 'web', ecosystem: 'npm', known: true },
          { path: 'api', ecosystem: 'npm', known: false },
        ],
      },
      [],
    ],
  ])('without a folder: %s', (_, facts, expected) => {
    const { advisory, reason, owner, approver, expires, line } = accepted();
    expect(check({ advisory, reason, owner, approver, expires, line }, facts)).toEqual(expected);
  });

  const past = (...ends: readonly string[]): { readonly past: readonly PastException[] } => ({
    past: ends.map((expires, index) => ({
      advisory: index === 0 ? 'GHSA-2222-3333-4444' : 'cve-2025-1',
      target: 'web',
      expires,
      addedOn: `2026-0${index + 1}-01`,
    })),
  });

  it.each([
    [['2026-06-30'], []],
    [['2026-02-01', '2026-03-01', '2026-06-30'], []],
    [['2026-01-01', '2026-02-01', '2026-03-01', '2026-06-30'], ['exception-renewed-often']],
    [['2026-06-30', '2026-05-30', '2026-04-30', '2026-03-30'], []],
  ])('was put off: %j', (ends, expected) => {
    expect(check(accepted(), past(...ends))).toEqual(expected);
  });

  it('counts only what was accepted for the same folder', () => {
    const elsewhere = past('2026-01-01', '2026-02-01', '2026-03-01', '2026-06-30').past.map((each) => ({
      ...each,
      target: 'api',
    }));
    expect(check(accepted(), { past: elsewhere })).toEqual([]);
  });
});

function withdrawn(): DatedFinding {
  const dated = makeDated();
  return { ...dated, advisory: { ...dated.advisory, withdrawn: '2026-03-01T00:00:00.000Z' } };
}

function unknownWeb(): Partial<ExceptionFacts> {
  return {
    findings: [],
    targets: [
      { path: 'web', ecosystem: 'npm', known: false },
      { path: 'api', ecosystem: 'npm', known: true },
    ],
  };
}

describe('the longest stay', () => {
  const policy = makePolicy({ kind: 'within', amount: 7, unit: 'days' });
  const limited = (from: string | undefined): RiskException =>
    limitExceptions([accepted()], { critical: 30, high: 60 }, () => from, TODAY)[0] ?? accepted();

  it.each([
    ['critical', '2026-03-01', ['exception-too-long']],
    ['high', '2026-03-01', ['exception-too-long']],
    ['high', '2026-05-01', []],
    ['medium', '2026-03-01', []],
    ['unknown', '2026-03-01', ['exception-too-long']],
    ['critical', undefined, ['exception-too-long']],
  ] as const)('of a %s risk accepted on %s', (level, from, expected) => {
    expect(check(limited(from), { findings: [makeDated({ severity: makeSeverity(level) })] })).toEqual(expected);
  });

  it.each([
    ['2026-03-31', 'accepted'],
    ['2026-04-01', 'overdue'],
  ])('ends what the file would let go on: on %s it is %s', (day, state) => {
    const finding = makeDated({ severity: makeSeverity('critical') });
    const deadline = judgeFinding(finding, {
      policy,
      now: `${day}T12:00:00.000Z`,
      releases: [],
      exceptions: [limited('2026-03-01')],
    });
    expect(deadline.state).toBe(state);
    expect(deadline.reason).toContain('2026-03-31');
  });

  it.each([
    ['2026-04-22', ['exception-too-long']],
    ['2026-04-23', ['exception-expires-soon', 'exception-too-long']],
    ['2026-04-30', ['exception-expires-soon', 'exception-too-long']],
    ['2026-05-01', ['exception-too-long']],
    ['2026-06-25', ['exception-expires-soon', 'exception-too-long']],
  ])('is warned about before its own end, on %s', (today, expected) => {
    expect(check(limited('2026-03-01'), { today })).toEqual(expected);
  });

  it('says that it is over, and what counts then', () => {
    const facts = {
      file: 'exceptions.yaml',
      findings: [makeDated()],
      targets: [],
      past: [],
      unknownAs: 'high',
    } as const;
    const on = (today: string): string =>
      checkExceptions({ ...facts, exceptions: [limited('2026-03-01')], today })
        .map(({ message }) => message)
        .join('\n');
    expect(on('2026-04-30')).toContain('holds for the last time today (2026-04-30)');
    expect(on('2026-05-01')).toContain('it held until 2026-04-30, and the original clock counts again');
  });

  it('says that the file names a day after it', () => {
    const [problem] = checkExceptions({
      exceptions: [limited('2026-03-01')],
      file: 'exceptions.yaml',
      findings: [makeDated()],
      targets: [],
      past: [],
      today: TODAY,
      unknownAs: 'high',
    });
    expect(problem).toEqual({
      target: 'web',
      code: 'exception-too-long',
      message:
        'exceptions.yaml:4: the exception for CVE-2025-1 is to hold until 2026-06-30, longer than a high risk may be accepted; it holds until 2026-04-30.',
      mend: 'Let it expire on 2026-04-30 or before, or change exceptions.maxDays.high in the configuration.',
      blocks: false,
    });
  });
});

describe('a path', () => {
  const through = (path: string, finding: Partial<DatedFinding>): readonly string[] =>
    check(accepted({ path }), { findings: [makeDated(finding)] });

  it.each<[string, Partial<DatedFinding>, boolean]>([
    ['top', { paths: [['top', 'left']] }, true],
    ['top > left', { paths: [['top', 'left']] }, true],
    ['left', { paths: [['top', 'left']] }, false],
    [
      'top',
      {
        paths: [
          ['top', 'left'],
          ['other', 'left'],
        ],
      },
      false,
    ],
    ['top', { paths: [] }, false],
    ['top', { paths: [['top', 'left']], pathsOmitted: 1 }, false],
  ])('%s of %j', (path, finding, isCovered) => {
    expect(through(path, finding)).toEqual(isCovered ? [] : ['exception-unused']);
  });
});

describe('an accepted risk that expired long ago', () => {
  it('is as late as it always was', () => {
    const deadline = judgeFinding(makeDated(), {
      policy: makePolicy({ kind: 'within', amount: 7, unit: 'days' }),
      now: '2025-07-20T12:00:00.000Z',
      releases: [],
      exceptions: [accepted({ expires: '2025-07-01' })],
    });
    expect(deadline).toMatchObject({ state: 'overdue', overdueByDays: 41 });
    expect(deadline.reason).toContain('formerly accepted until 2025-07-01');
  });
});
