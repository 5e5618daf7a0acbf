import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Audit, AuditOutcome } from '../../../src/core/model/audit.ts';
import type { Deadline } from '../../../src/core/model/deadline.ts';
import { DEADLINE_STATES } from '../../../src/core/model/deadline.ts';
import type { JudgedFinding } from '../../../src/core/model/judged-finding.ts';
import type { Problem } from '../../../src/core/model/problem.ts';
import type { Blocker } from '../../../src/core/model/release.ts';
import type { SeverityLevel } from '../../../src/core/model/severity.ts';
import type { SetAside } from '../../../src/core/model/target.ts';
import type { Judgement } from '../../../src/core/model/verdict.ts';
import type { RunFacts, RunRule } from '../../../src/core/judge/judge-run.ts';
import { judgeRun } from '../../../src/core/judge/judge-run.ts';
import { makeAudit } from '../../support/audit-values.ts';
import { makeDated, makeSeverity } from '../../support/judge-values.ts';

const audited = makeAudit([]);
const gate = (failOn: Extract<RunRule, { kind: 'gate' }>['failOn']): RunRule => ({ kind: 'gate', failOn });

function auditOf(path: string, outcome: AuditOutcome): Audit {
  return makeAudit([], [], { target: { path, ecosystem: 'npm', sources: [] }, outcome });
}

const failed = (path: string): Audit =>
  auditOf(path, { status: 'unavailable', reason: 'timed-out', message: 'It took too long.', mend: 'Try again.' });
const skipped = (path: string): Audit =>
  auditOf(path, { status: 'not-applicable', reason: 'empty', message: 'It has no packages.' });

function found(
  state: Deadline['state'],
  level: SeverityLevel = 'high',
  over: Partial<JudgedFinding> & { readonly overdueByDays?: number; readonly dueAt?: string } = {},
): JudgedFinding {
  const { overdueByDays, dueAt, ...rest } = over;
  const deadline: Deadline = {
    window: { kind: 'opportunistic' },
    state,
    reason: 'A test.',
    ...(overdueByDays === undefined ? {} : { overdueByDays }),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
  return { ...makeDated(), severity: makeSeverity(level), deadline, counts: true, ...rest };
}

function problem(over: Partial<Problem> = {}): Problem {
  return { target: null, code: 'odd', message: 'Something is odd.', mend: 'Look.', blocks: true, ...over };
}

function judge(over: Partial<RunFacts>): Judgement {
  const run: RunFacts = {
    findings: [],
    audits: [audited],
    setAside: [],
    problems: [],
    policy: { unknownAs: 'high', timeZone: 'UTC' },
    rule: { kind: 'audit' },
    ...over,
  };
  return judgeRun(run);
}

const uncovered = problem({ code: 'not-covered', message: 'Nobody looked at Go.', blocks: false });

const aside = (outcome: SetAside['outcome']): SetAside => ({
  path: 'shop',
  ecosystem: 'npm',
  sources: [{ path: 'shop/yarn.lock', kind: 'yarn-lock' }],
  outcome,
  reason: 'lockfile-not-covered',
  message: 'No auditor reads yarn.lock.',
  mend: 'Add a package-lock.json.',
});

describe('judgeRun: verdicts', () => {
  it.each<[string, Partial<RunFacts>, Judgement['verdict']]>([
    ['everything was looked at and nothing was found', {}, 'pass'],
    ['nothing is overdue', { findings: [found('due'), found('awaiting-fix'), found('opportunistic')] }, 'pass'],
    ['something is overdue', { findings: [found('overdue')] }, 'fail'],
    ['what is overdue does not count', { findings: [found('overdue', 'high', { counts: false })] }, 'pass'],
    ['what is critical is accepted', { findings: [found('accepted', 'critical')], rule: gate('low') }, 'pass'],
    ['what is critical is withdrawn', { findings: [found('withdrawn', 'critical')], rule: gate('low') }, 'pass'],
    ['a target could not be audited', { audits: [audited, failed('api')] }, 'inconclusive'],
    ['a folder could not be audited at all', { setAside: [aside('unavailable')] }, 'inconclusive'],
    ['a folder has nothing to audit', { setAside: [aside('not-applicable')] }, 'pass'],
    ['an ecosystem nobody covers lies beside what was audited', { problems: [uncovered] }, 'pass'],
    ['there is nothing but ecosystems nobody covers', { audits: [], problems: [uncovered] }, 'inconclusive'],
    ['nothing was found', { audits: [] }, 'inconclusive'],
    [
      'nothing that was found applies',
      { audits: [skipped('api')], setAside: [aside('not-applicable')] },
      'inconclusive',
    ],
    ['a problem of the run blocks', { problems: [problem()] }, 'inconclusive'],
    ['a problem does not block', { problems: [problem({ blocks: false })] }, 'pass'],
    ['a problem of an audit blocks', { audits: [{ ...audited, problems: [problem()] }] }, 'inconclusive'],
    [
      'a problem of a lock blocks',
      { audits: [{ ...audited, inventory: { ...audited.inventory, problems: [problem()] } }] },
      'inconclusive',
    ],
    [
      'an audit answered for too few',
      { audits: [{ ...audited, coverage: { packages: 3, audited: 1, skipped: [{ name: 'x', reason: 'a link' }] } }] },
      'inconclusive',
    ],
    [
      'an audit accounted for all',
      { audits: [{ ...audited, coverage: { packages: 2, audited: 1, skipped: [{ name: 'x', reason: 'a link' }] } }] },
      'pass',
    ],
    ['overdue and not looked at', { findings: [found('overdue')], audits: [failed('api')] }, 'fail'],
  ])('%s', (_, run, verdict) => {
    expect(judge(run).verdict).toBe(verdict);
  });

  it.each<[SeverityLevel, RunRule, Judgement['verdict']]>([
    ['critical', gate('critical'), 'fail'],
    ['high', gate('critical'), 'pass'],
    ['high', gate('high'), 'fail'],
    ['critical', gate('low'), 'fail'],
    ['low', gate('medium'), 'pass'],
    ['low', gate('low'), 'fail'],
    ['unknown', gate('high'), 'fail'],
    ['unknown', gate('critical'), 'pass'],
    ['critical', gate('overdue'), 'pass'],
    ['critical', { kind: 'audit' }, 'pass'],
  ])('a %s finding that is not overdue, under %j', (level, rule, verdict) => {
    expect(judge({ findings: [found('due', level)], rule }).verdict).toBe(verdict);
  });

  it('judges an unknown severity as the policy says', () => {
    const run = { findings: [found('due', 'unknown')], rule: gate('critical') };
    expect(judge({ ...run, policy: { unknownAs: 'critical', timeZone: 'UTC' } }).verdict).toBe('fail');
  });

  it('fails a gate on overdue like an audit', () => {
    expect(judge({ findings: [found('overdue', 'low')], rule: gate('overdue') }).verdict).toBe('fail');
  });
});

describe('judgeRun: words', () => {
  const late = [3, 41, 0].map((overdueByDays, at) =>
    found('overdue', 'high', {
      overdueByDays,
      dueAt: `2025-06-0${9 - (overdueByDays % 9)}T00:00:00.000Z`,
      key: `k${at}`,
    }),
  );

  it.each<[Partial<RunFacts>, string]>([
    [{}, 'The policy is kept: no findings, 1 target audited.'],
    [
      { findings: [found('due', 'high', { dueAt: '2025-06-08T23:59:59.999Z' }), found('opportunistic')] },
      'The policy is kept: 2 findings, none overdue, the next is due on 2025-06-08, 1 target audited.',
    ],
    [
      { findings: [found('overdue', 'high', { overdueByDays: 0 })] },
      'The policy is broken: 1 finding is overdue since less than a day.',
    ],
    [
      { findings: [found('overdue', 'high', { overdueByDays: 1 })] },
      'The policy is broken: 1 finding is overdue by 1 day.',
    ],
    [
      { findings: late, audits: [audited, failed('backend')] },
      'The policy is broken: 3 findings are overdue, the oldest by 41 days; and backend could not be checked.',
    ],
    [
      { audits: [], problems: [uncovered] },
      'Whether the policy is kept cannot be said: Nothing was found to audit. Nobody looked at Go.',
    ],
    [{ audits: [] }, 'Whether the policy is kept cannot be said: Nothing was found to audit.'],
    [
      { audits: [failed('.'), failed('api'), failed('web')] },
      'Whether the policy is kept cannot be said: the root folder, api and web could not be checked.',
    ],
    [
      { audits: ['a', 'b', 'c', 'd'].map(failed), problems: [problem()] },
      'Whether the policy is kept cannot be said: a, b and 2 more could not be checked; Something is odd.',
    ],
    [
      { problems: [problem(), problem({ message: 'Something else.', target: 'web' })] },
      'Whether the policy is kept cannot be said: 2 questions are open.',
    ],
    [{ rule: gate('high'), findings: [found('due', 'critical')] }, 'The gate is shut: 1 finding is high or worse.'],
    [
      { rule: gate('critical'), findings: [found('due')] },
      'The gate is open: no finding that counts is critical, 1 target audited.',
    ],
    [
      { rule: gate('critical'), audits: [failed('web')] },
      'Whether the gate may open cannot be said: web could not be checked.',
    ],
  ])('says it in one sentence (%#)', (run, sentence) => {
    expect(judge(run).sentence).toBe(sentence);
  });

  it('names the day as it is called where the policy lives', () => {
    const findings = [found('due', 'high', { dueAt: '2025-06-09T06:59:59.999Z' })];
    const policy = { unknownAs: 'high', timeZone: 'America/Los_Angeles' } as const;
    expect(judge({ findings, policy }).sentence).toContain('the next is due on 2025-06-08');
  });

  it('lists what breaks the rule, the longest overdue first, and what is open', () => {
    const { broken, open } = judge({ findings: late, audits: [failed('.')], setAside: [aside('unavailable')] });
    expect(broken).toEqual([
      'left@1.0.0 in web: GHSA-2222-3333-4444, high, overdue by 41 days.',
      'left@1.0.0 in web: GHSA-2222-3333-4444, high, overdue by 3 days.',
      'left@1.0.0 in web: GHSA-2222-3333-4444, high, overdue since less than a day.',
    ]);
    expect(open).toEqual([
      'the root folder (npm-audit) could not be checked: It took too long.',
      'shop (npm) could not be checked: No auditor reads yarn.lock.',
    ]);
  });

  it('names an open question once', () => {
    expect(
      judge({ problems: [problem(), problem()], audits: [{ ...audited, problems: [problem()] }] }).open,
    ).toHaveLength(1);
  });
});

describe('judgeRun: laws', () => {
  const state = fc.constantFrom(...DEADLINE_STATES);
  const level = fc.constantFrom<SeverityLevel>('critical', 'high', 'medium', 'low', 'unknown');
  const finding = fc.tuple(state, level, fc.boolean()).map(([a, b, counts]) => found(a, b, { counts }));
  const audit = fc.constantFrom(audited, failed('api'), skipped('docs'));
  const run = fc.record({
    findings: fc.array(finding, { maxLength: 5 }),
    audits: fc.array(audit, { maxLength: 3 }),
    problems: fc.array(
      fc.boolean().map((blocks) => problem({ blocks })),
      { maxLength: 2 },
    ),
    setAside: fc.array(fc.constantFrom(aside('unavailable'), aside('not-applicable')), { maxLength: 2 }),
    rule: fc.constantFrom<RunRule>(
      { kind: 'audit' },
      gate('critical'),
      gate('high'),
      gate('medium'),
      gate('low'),
      gate('overdue'),
    ),
  });

  it('never passes with anything open or broken, and never without an audited target', () => {
    fc.assert(
      fc.property(run, (facts) => {
        const { verdict, broken, open, sentence } = judge(facts);
        expect(verdict === 'fail').toBe(broken.length > 0);
        expect(verdict === 'pass').toBe(broken.length === 0 && open.length === 0);
        if (verdict === 'pass') expect(facts.audits).toContain(audited);
        expect(sentence).toMatch(/^[A-Z][^\n]+\.$/);
      }),
    );
  });

  it('does not mind the order of anything', () => {
    fc.assert(
      fc.property(run, (facts) => {
        const turned = {
          ...facts,
          findings: facts.findings.toReversed(),
          audits: facts.audits.toReversed(),
          problems: facts.problems.toReversed(),
          setAside: facts.setAside.toReversed(),
        };
        expect(judge(turned)).toEqual(judge(facts));
      }),
    );
  });
});

describe('promises that count', () => {
  const promise: Blocker = {
    code: 'promise-broken',
    message: 'SECURITY.md:7: not kept that updates come weekly.',
    clears: 'Add a configuration.',
  };

  it('break a run that nothing else breaks, and are named', () => {
    expect(judge({ blockers: [promise] })).toMatchObject({
      verdict: 'fail',
      broken: ['SECURITY.md:7: not kept that updates come weekly.'],
      brokenKeys: [],
      sentence: 'The policy is broken: 1 promise of the security policy is broken.',
    });
  });

  it('stand beside findings and what is open', () => {
    const { sentence, broken } = judge({
      findings: [found('overdue', 'high', { overdueByDays: 3 })],
      audits: [audited, failed('web')],
      blockers: [promise, promise],
      rule: gate('overdue'),
    });
    expect(broken).toHaveLength(3);
    expect(sentence).toContain(
      'The gate is shut: 1 finding is overdue by 3 days and 2 promises of the security policy are broken; and ',
    );
  });
});
