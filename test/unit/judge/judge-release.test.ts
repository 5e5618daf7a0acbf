/** What blocks a release: each reason alone, all of them together, and the agreement with what the tag is judged by later. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeFinding } from '../../../src/core/judge/judge-finding.ts';
import type { JudgeContext } from '../../../src/core/judge/judge-finding.ts';
import { judgeRun } from '../../../src/core/judge/judge-run.ts';
import type { RunFacts } from '../../../src/core/judge/judge-run.ts';
import { planRelease } from '../../../src/core/judge/plan-release.ts';
import type { Audit } from '../../../src/core/model/audit.ts';
import type { RiskException } from '../../../src/core/model/exception.ts';
import type { DatedFinding } from '../../../src/core/model/finding.ts';
import type { JudgedFinding } from '../../../src/core/model/judged-finding.ts';
import type { Policy, Window } from '../../../src/core/model/policy.ts';
import type { Blocker } from '../../../src/core/model/release.ts';
import type { SeverityLevel } from '../../../src/core/model/severity.ts';
import { makeAudit } from '../../support/audit-values.ts';
import { makeDated, makePolicy, makeRelease, makeSeverity, makeTimeline } from '../../support/judge-values.ts';

const NOW = '2025-06-20T12:00:00.000Z';
const LAST = makeRelease('1.2.0', '2025-05-01T00:00:00.000Z');
const WEEK: Window = { kind: 'within', amount: 7, unit: 'days' };
const MONTHS: Window = { kind: 'within', amount: 3, unit: 'months' };
const next = (level: 'any' | 'patch' | 'minor' | 'major'): Window => ({ kind: 'next-release', level });

const policy = makePolicy(
  { kind: 'opportunistic' },
  {},
  { critical: { kind: 'immediate' }, high: MONTHS, medium: next('any'), low: { kind: 'opportunistic' } },
);

const failed: Audit = makeAudit([], [], {
  target: { path: 'api', ecosystem: 'PyPI', sources: [] },
  outcome: { status: 'unavailable', reason: 'timed-out', message: 'It took too long.', mend: 'Try again.' },
});

const exception: RiskException = {
  advisory: 'CVE-2025-1',
  reason: 'not reachable',
  owner: 'ada',
  approver: 'grace',
  expires: '2025-06-19',
  line: 3,
};

interface Case {
  readonly version?: string;
  readonly findings?: readonly DatedFinding[];
  readonly context?: Partial<JudgeContext>;
  readonly audits?: readonly Audit[];
  readonly blockers?: readonly Blocker[];
}

/** Judges the findings, then the release. */
function judge({
  version = '1.2.1',
  findings = [],
  context: change = {},
  audits = [makeAudit([])],
  blockers = [],
}: Case) {
  const context: JudgeContext = { policy, now: NOW, releases: [LAST], ...change };
  const judged = findings.map((finding): JudgedFinding => ({
    ...finding,
    deadline: judgeFinding(finding, context),
    counts: true,
  }));
  const facts: RunFacts = {
    findings: judged,
    audits,
    setAside: [],
    problems: [],
    policy: context.policy,
    rule: { kind: 'release', ...planRelease(version, context.releases) },
    context,
    blockers,
  };
  return judgeRun(facts);
}

const rated = (level: SeverityLevel, over: Partial<DatedFinding> = {}): DatedFinding =>
  makeDated({ severity: makeSeverity(level), key: `npm:web:left:${level}`, ...over });

const codes = (judgement: ReturnType<typeof judge>) => judgement.release?.blockers.map(({ code }) => code);

const noFix = { fix: { available: false } } as const;
const uncommitted: Blocker = {
  code: 'not-committed',
  message: 'web/package-lock.json is not committed.',
  clears: 'Commit it.',
};

const promise: Blocker = {
  code: 'promise-broken',
  message: 'SECURITY.md:7: not kept that updates come weekly.',
  clears: 'Add a configuration.',
};

describe('what blocks a release', () => {
  it.each<[string, Case, readonly Blocker['code'][]]>([
    ['nothing', {}, []],
    ['an overdue finding', { findings: [rated('high')], context: { policy: makePolicy(WEEK) } }, ['overdue']],
    ['a high finding that has time left', { findings: [rated('high')] }, []],
    [
      'a high finding in the last millisecond of its time',
      { findings: [rated('high')], context: { policy: makePolicy(WEEK), now: '2025-06-08T23:59:59.999Z' } },
      [],
    ],
    [
      'a finding that is due at once, seen this moment',
      { findings: [rated('high', { timeline: {} })], context: { policy: makePolicy({ kind: 'immediate' }) } },
      ['window-ends'],
    ],
    ['an opportunistic finding', { findings: [rated('low')] }, []],
    ['a critical finding, overdue at once', { findings: [rated('critical')] }, ['overdue']],
    [
      'a critical finding with time left',
      { findings: [rated('critical')], context: { policy: makePolicy(MONTHS) } },
      ['critical'],
    ],
    ['a critical finding without a fix', { findings: [rated('critical', noFix)] }, ['critical']],
    [
      'a finding of unknown severity where the policy takes it for critical',
      { findings: [rated('unknown')], context: { policy: makePolicy(MONTHS, { unknownAs: 'critical' }) } },
      ['critical'],
    ],
    ['a finding of unknown severity elsewhere', { findings: [rated('unknown')] }, []],
    ['a finding for the next release', { findings: [rated('medium')] }, ['window-ends']],
    ['one for the next release that waits for a fix', { findings: [rated('medium', noFix)] }, []],
    [
      'one that waited for a fix too long',
      {
        findings: [rated('medium', noFix)],
        context: {
          policy: { ...policy, noFix: { rule: 'pause', longestWait: { kind: 'within', amount: 1, unit: 'weeks' } } },
        },
      },
      ['overdue'],
    ],
    ['a withdrawn critical', { findings: [withdrawn()] }, []],
    [
      'an accepted critical',
      { findings: [rated('critical')], context: { exceptions: [{ ...exception, expires: '2025-06-20' }] } },
      [],
    ],
    ['an exception that ran out', { context: { exceptions: [exception] } }, ['exception-expired']],
    [
      'one whose end is no day',
      { context: { exceptions: [{ ...exception, expires: 'never' }] } },
      ['exception-expired'],
    ],
    [
      'one that was renewed',
      { context: { exceptions: [exception, { ...exception, advisory: 'cve-2025-1', expires: '2026-01-01' }] } },
      [],
    ],
    [
      'one that was renewed for another target only',
      { context: { exceptions: [exception, { ...exception, target: 'api', expires: '2026-01-01' }] } },
      ['exception-expired'],
    ],
    [
      'a critical whose acceptance ran out',
      { findings: [rated('critical')], context: { exceptions: [exception] } },
      ['overdue', 'exception-expired'],
    ],
    ['a lock that is not committed', { blockers: [uncommitted] }, ['not-committed']],
    ['a broken promise that counts', { blockers: [promise] }, ['promise-broken']],
    ['a target that was not audited', { audits: [makeAudit([]), failed] }, ['not-audited']],
    ['nothing audited', { audits: [] }, ['not-audited']],
    [
      'everything at once',
      {
        findings: [rated('low'), rated('medium'), rated('critical', { key: 'c', ...noFix }), rated('critical')],
        context: { exceptions: [{ ...exception, target: 'elsewhere' }] },
        audits: [failed],
        blockers: [uncommitted],
      },
      ['overdue', 'window-ends', 'critical', 'exception-expired', 'not-committed', 'not-audited'],
    ],
  ])('%s', (_what, given, expected) => {
    const judgement = judge(given);
    const hard = expected.filter((code) => code !== 'not-audited');
    expect(codes(judgement)).toEqual(expected);
    expect(judgement.verdict).toBe(hard.length > 0 ? 'fail' : expected.length > 0 ? 'inconclusive' : 'pass');
    expect(judgement.broken).toHaveLength(hard.length);
  });

  function withdrawn(): DatedFinding {
    const finding = rated('critical');
    return { ...finding, advisory: { ...finding.advisory, withdrawn: '2025-06-10T00:00:00.000Z' } };
  }

  it('marks the findings that block, and no others', () => {
    expect(judge({ findings: [rated('low'), rated('medium'), rated('critical')] }).brokenKeys).toEqual([
      'npm:web:left:critical',
      'npm:web:left:medium',
    ]);
  });
});

describe('windows that end with a release', () => {
  const rows = [
    ['1.2.1', ['any', 'patch']],
    ['1.3.0', ['any', 'patch', 'minor']],
    ['2.0.0', ['any', 'patch', 'minor', 'major']],
    ['1.2.1-rc.1', []],
    ['2.0.0-rc.1', []],
  ] as const;
  const table = rows.flatMap(([version, ended]) =>
    (['any', 'patch', 'minor', 'major'] as const).map(
      (level) => [version, level, (ended as readonly string[]).includes(level)] as const,
    ),
  );

  it.each(table)('%s after 1.2.0 ends "next %s": %s', (version, level, ends) => {
    const judgement = judge({ version, findings: [rated('high')], context: { policy: makePolicy(next(level)) } });
    expect(codes(judgement)).toEqual(ends ? ['window-ends'] : []);
  });

  it('a pre-release counts where nothing else was ever released', () => {
    const judgement = judge({ version: '1.0.0-rc.1', findings: [rated('medium')], context: { releases: [] } });
    expect(codes(judgement)).toEqual(['window-ends']);
  });

  it('a known exploitation may end with a release what has a date besides', () => {
    const finding = rated('high', {
      timeline: makeTimeline({ published: '2025-06-01T10:00:00.000Z', knownExploited: '2025-06-02T00:00:00.000Z' }),
    });
    const strict: Policy = { ...policy, knownExploited: next('any') };
    const judgement = judge({ findings: [finding], context: { policy: strict } });
    expect(judgement.release?.blockers).toMatchObject([
      { code: 'window-ends', message: expect.stringContaining('its time ends with this release') as string },
    ]);
  });

  it('blocks exactly what the tag would be a breach of, if it were cut now', () => {
    const window = fc.constantFrom<Window>(WEEK, MONTHS, next('any'), next('patch'), next('minor'), next('major'), {
      kind: 'opportunistic',
    });
    const version = fc.constantFrom('1.2.1', '1.3.0', '2.0.0', '1.3.0-rc.1');
    const level = fc.constantFrom<SeverityLevel>('high', 'medium', 'low', 'unknown');
    const fix = fc.constantFrom<DatedFinding['fix']>({ available: false }, { available: true, version: '1.0.1' });
    fc.assert(
      fc.property(window, version, level, fix, (granted, planned, severity, mend) => {
        const finding = rated(severity, { fix: mend });
        const rules = makePolicy(granted);
        const judgement = judge({ version: planned, findings: [finding], context: { policy: rules } });
        const tag = makeRelease(planned, '2025-06-20T12:00:01.000Z');
        const later = judgeFinding(
          { ...finding, carriedBy: [tag.tag] },
          { policy: rules, now: '2025-06-20T12:00:02.000Z', releases: [LAST, tag] },
        );
        expect(judgement.verdict).toBe(later.state === 'overdue' ? 'fail' : 'pass');
      }),
    );
  });
});

describe('the words of a release', () => {
  const clears = (over: Partial<DatedFinding>) =>
    judge({ findings: [rated('medium', over)] }).release?.blockers[0]?.clears;
  const accept = 'or accept it: fixby except add GHSA-2222-3333-4444.';
  const malware = { ...rated('critical').advisory, malware: true };

  it.each<[string, Partial<DatedFinding>, string]>([
    ['an upgrade', {}, `Upgrade left to 1.0.1 in web, ${accept}`],
    ['the root folder', { target: '.' }, `Upgrade left to 1.0.1 in the root folder, ${accept}`],
    [
      'what another package brings in',
      { direct: false, paths: [['top', 'left']] },
      `Upgrade left to 1.0.1 in web (brought in by top), ${accept}`,
    ],
    [
      'a fix without a version',
      { fix: { available: true } },
      `Upgrade left in web to the version its advisory names, ${accept}`,
    ],
    [
      'an older version only',
      { fix: { available: true, version: '0.9.0', kind: 'downgrade' } },
      `Replace left in web with something else, ${accept}`,
    ],
    ['malicious code', { advisory: malware }, 'Remove left in web: it is malicious code.'],
    ['a hostile name', { package: 'a\n\u001b[2Jb' }, `Upgrade a \\u{1b}[2Jb to 1.0.1 in web, ${accept}`],
  ])('%s', (_what, over, expected) => {
    expect(clears(over)).toBe(expected);
  });

  it('names the tag that carried an overdue finding, with its day', () => {
    const carried = makeRelease('1.2.1', '2025-06-10T09:00:00.000Z');
    const finding = rated('medium', { carriedBy: ['v1.2.1'] });
    const { release } = judge({ version: '1.2.2', findings: [finding], context: { releases: [LAST, carried] } });
    expect(release?.blockers.map(({ message }) => message)).toEqual([
      'left@1.0.0 in web: GHSA-2222-3333-4444, medium, overdue by 10 days, carried by v1.2.1 of 2025-06-10.',
    ]);
  });

  it.each<[Case, string]>([
    [{}, '1.2.1 may be tagged: no findings, 1 target audited.'],
    [
      { findings: [rated('low')] },
      '1.2.1 may be tagged: 1 finding goes out with it, none in its way, 1 target audited.',
    ],
    [
      { findings: [rated('low'), rated('high')] },
      '1.2.1 may be tagged: 2 findings go out with it, none in its way, 1 target audited.',
    ],
    [{ audits: [failed] }, 'Whether 1.2.1 may be tagged cannot be said: api could not be checked.'],
    [{ findings: [rated('medium')] }, '1.2.1 may not be tagged: 1 finding has to be gone in it.'],
    [
      {
        findings: [rated('medium'), rated('critical', noFix)],
        context: { exceptions: [exception] },
        blockers: [uncommitted],
      },
      '1.2.1 may not be tagged: 1 finding is critical, 1 finding has to be gone in it, 1 exception has expired and 1 file is not as committed.',
    ],
    [
      { findings: [rated('critical')], audits: [failed] },
      '1.2.1 may not be tagged: 1 finding is overdue; and api could not be checked.',
    ],
  ])('says it in one sentence (%#)', (given, sentence) => {
    expect(judge(given).sentence).toBe(sentence);
  });

  it('names what mends a target that was not audited', () => {
    expect(judge({ audits: [failed] }).release?.blockers).toEqual([
      { code: 'not-audited', message: 'api (npm-audit) could not be checked: It took too long.', clears: 'Try again.' },
    ]);
  });

  it('tells whoever read the exceptions where to look', () => {
    expect(judge({ context: { exceptions: [exception] } }).release?.blockers).toEqual([
      {
        code: 'exception-expired',
        message: 'The exception for CVE-2025-1 (owner ada) expired on 2025-06-19.',
        clears: 'Have the exception for CVE-2025-1 renewed, or take it out of .fixby/exceptions.yaml (line 3).',
      },
    ]);
  });

  it('refuses to judge without what the findings were judged by', () => {
    const rule = { kind: 'release', ...planRelease('1.0.0', []) } as const;
    const facts = { findings: [], audits: [], setAside: [], problems: [], policy, rule };
    expect(() => judgeRun(facts)).toThrow(TypeError);
  });
});
