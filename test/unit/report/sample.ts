/** Facts for the report tests: one rich run with a finding in every state, and small parts to vary it. */
import type { Audit } from '../../../src/core/model/audit.ts';
import { DEADLINE_STATES, type DeadlineState } from '../../../src/core/model/deadline.ts';
import type { JudgedFinding } from '../../../src/core/model/judged-finding.ts';
import type { Policy } from '../../../src/core/model/policy.ts';
import type { SetAside } from '../../../src/core/model/target.ts';
import type { SeverityLevel } from '../../../src/core/model/severity.ts';
import type { ReportInput } from '../../../src/core/report/assemble.ts';

const SHA = 'a'.repeat(64);

export const policy: Policy = {
  source: { file: 'SECURITY.md', line: 40, sha256: SHA },
  windows: [
    {
      severity: 'critical',
      window: { kind: 'immediate' },
      text: 'Critical: patch immediately',
      line: 42,
      file: 'SECURITY.md',
    },
    {
      severity: 'high',
      window: { kind: 'within', amount: 7, unit: 'days' },
      text: 'High: 5-7 days',
      line: 43,
      file: 'SECURITY.md',
      note: '5-7 days: the later bound',
    },
    {
      severity: 'medium',
      window: { kind: 'next-release', level: 'minor' },
      text: 'Medium: next minor release',
      line: 44,
      file: 'SECURITY.md',
    },
    { severity: 'low', window: { kind: 'opportunistic' }, text: 'Low: best effort', line: 45, file: 'SECURITY.md' },
  ],
  clock: 'act',
  unknownAs: 'high',
  timeZone: 'UTC',
  holidays: [],
  noFix: { rule: 'pause' },
};

const levelOf: Readonly<Record<DeadlineState, SeverityLevel>> = {
  overdue: 'critical',
  due: 'high',
  'next-release': 'medium',
  'awaiting-fix': 'unknown',
  opportunistic: 'low',
  accepted: 'high',
  withdrawn: 'medium',
};

/** A finding in `state`, told apart from others by `number`. */
export function findingIn(state: DeadlineState, number: number, change: Partial<JudgedFinding> = {}): JudgedFinding {
  const id = `GHSA-test-0000-${String(number).padStart(4, '0')}`;
  const level = levelOf[state];
  return {
    key: `npm:web:package-${number}:${id}`,
    target: 'web',
    ecosystem: 'npm',
    package: `package-${number}`,
    versions: ['1.0.0'],
    advisory: {
      id,
      aliases: [`CVE-2025-${1000 + number}`],
      summary: `Crafted input number ${number} is trusted`,
      url: `https://github.com/advisories/${id}`,
      malware: false,
      ...(state === 'withdrawn' ? { withdrawn: '2025-11-30T00:00:00.000Z' } : {}),
    },
    severity: {
      level,
      source: level === 'unknown' ? 'none' : `ghsa-label ${id}`,
      disputed: false,
      all: level === 'unknown' ? [] : [{ from: 'ghsa-label', by: id, level }],
    },
    scope: 'prod',
    direct: false,
    paths: [['top', 'middle', `package-${number}`]],
    pathsOmitted: 0,
    fix: state === 'awaiting-fix' ? { available: false } : { available: true, version: '1.0.1', kind: 'patch' },
    location: { file: 'web/package-lock.json', line: 10 + number },
    seenBy: ['npm-audit'],
    fromCompleteAudit: true,
    timeline: { published: { at: '2025-11-20T08:00:00.000Z', source: id } },
    carriedBy: [],
    deadline: deadlineOf(state),
    ...(state === 'accepted' ? { exception } : {}),
    counts: true,
    ...change,
  };
}

const exception = {
  advisory: 'CVE-2025-1005',
  reason: 'only reachable by operators',
  owner: 'ada@example.org',
  approver: 'grace@example.org',
  expires: '2026-01-31',
  ticket: 'SEC-7',
  line: 3,
};

function deadlineOf(state: DeadlineState): JudgedFinding['deadline'] {
  const started = { startedAt: '2025-11-20T08:00:00.000Z', startedBy: 'published' };
  switch (state) {
    case 'overdue':
      return {
        window: { kind: 'immediate' },
        state,
        dueAt: '2025-11-20T08:00:00.000Z',
        overdueByDays: 13,
        ...started,
        reason: 'published 2025-11-20, critical is due immediately',
      };
    case 'due':
      return {
        window: { kind: 'within', amount: 7, unit: 'days' },
        state,
        dueAt: '2025-12-05T23:59:59.999Z',
        ...started,
        reason: 'published 2025-11-28 and 7 days end on 2025-12-05',
      };
    case 'next-release':
      return {
        window: { kind: 'next-release', level: 'minor' },
        state,
        ...started,
        reason: 'no minor release was cut since 2025-11-20; v1.3.0 must not carry it',
      };
    case 'awaiting-fix':
      return {
        window: { kind: 'within', amount: 7, unit: 'days' },
        state,
        reason: 'no source names a fixed version, so the clock has not started',
      };
    default:
      return { window: { kind: 'opportunistic' }, state, reason: `${state}: nothing is asked for a date` };
  }
}

export const webAudit: Audit = {
  target: { path: 'web', ecosystem: 'npm', sources: [{ path: 'web/package-lock.json', kind: 'package-lock' }] },
  auditor: 'npm-audit',
  outcome: { status: 'audited' },
  inventory: {
    packages: [],
    skipped: [],
    problems: [],
    files: [{ path: 'web/package-lock.json', sha256: 'b'.repeat(64) }],
    graphKnown: true,
  },
  coverage: {
    packages: 120,
    audited: 118,
    skipped: [
      { name: 'design-system', version: '0.3.0', reason: 'installed from git' },
      { name: 'tools', reason: 'a link inside the repository' },
    ],
  },
  reported: [],
  problems: [
    {
      target: 'web',
      code: 'registry-override',
      message: '.npmrc asks for another registry, which was not used',
      mend: 'Name it in .fixby/config.yaml if the team uses it.',
      blocks: false,
    },
  ],
  source: 'https://advisories.example.org',
  notes: [],
  runs: [{ tool: 'npm', version: '10.8.2', argv: ['npm', 'audit', '--json'], exitCode: 1, durationMs: 900 }],
  durationMs: 1000,
};

export const apiAudit: Audit = {
  ...webAudit,
  target: { path: 'api', ecosystem: 'PyPI', sources: [{ path: 'api/requirements.txt', kind: 'requirements' }] },
  auditor: 'pip-audit',
  outcome: {
    status: 'unavailable',
    reason: 'source-blind',
    message: 'the advisory source answered without the advisory it must have',
    mend: 'Point --osv-url at a complete OSV source.',
  },
  inventory: { ...webAudit.inventory, files: [{ path: 'api/requirements.txt', sha256: 'c'.repeat(64) }] },
  coverage: { packages: 40, audited: 0, skipped: [] },
  problems: [
    {
      target: 'api',
      code: 'source-blind',
      message: 'the canary was not reported',
      mend: 'Point --osv-url at a complete OSV source.',
      blocks: true,
    },
  ],
  source: 'https://osv.example.org',
  notes: ['resolved for Python 3.12, as of today and not as deployed'],
  runs: [
    { tool: 'uv', version: '0.9.5', argv: ['uv', 'pip', 'compile'], exitCode: 0, durationMs: 500 },
    { tool: 'pip-audit', version: '2.9.0', argv: ['pip-audit', '--locked'], exitCode: 0, durationMs: 700 },
  ],
};

export const docsAside: SetAside = {
  path: 'docs',
  ecosystem: 'npm',
  sources: [{ path: 'docs/yarn.lock', kind: 'yarn-lock' }],
  outcome: 'not-applicable',
  reason: 'excluded',
  message: 'the configuration leaves this folder out',
  mend: '',
};

/** A failed run over three targets with a finding in each state. */
export const richInput: ReportInput = {
  command: 'audit',
  asOf: '2025-12-03T10:00:00.000Z',
  generatedAt: '2025-12-03T10:00:02.000Z',
  version: '0.1.0',
  repository: { commit: '0123456789abcdef0123456789abcdef01234567', branch: 'main' },
  policy,
  releases: [
    { tag: 'v1.1.0', version: '1.1.0', at: '2025-09-01T00:00:00.000Z', commit: 'd'.repeat(40) },
    { tag: 'v1.2.0', version: '1.2.0', at: '2025-10-01T00:00:00.000Z', commit: 'e'.repeat(40) },
  ],
  audits: [webAudit, apiAudit],
  setAside: [docsAside],
  findings: DEADLINE_STATES.map((state, index) => findingIn(state, index)),
  judgement: {
    verdict: 'fail',
    broken: ['package-0 in web is 13 days overdue'],
    open: ['api (pip-audit) could not be checked: the advisory source answered without the advisory it must have'],
    sentence: '1 finding is overdue, and 1 of 3 targets could not be checked.',
  },
  problems: [],
};

/** The run of a repository in which nothing was found to audit. */
export const emptyInput: ReportInput = {
  ...richInput,
  repository: {},
  releases: [],
  audits: [],
  setAside: [],
  findings: [],
  judgement: {
    verdict: 'inconclusive',
    broken: [],
    open: ['no target was found'],
    sentence: 'No target was found, so nothing was checked.',
  },
};

/** The same run asked whether 1.2.1 may be tagged some months later, with a tag that was a breach. */
export const releaseInput: ReportInput = {
  ...richInput,
  command: 'release',
  asOf: '2026-03-01T12:00:00.000Z',
  findings: richInput.findings.map((finding) =>
    finding.key.includes('package-0') ? { ...finding, carriedBy: ['v1.2.0'] } : finding,
  ),
  judgement: {
    verdict: 'fail',
    sentence: '1.2.1 may not be tagged: 1 finding is overdue, 1 exception has expired and 1 file is not as committed.',
    broken: [
      'package-0@1.0.0 in web: GHSA-test-0000-0000, critical, overdue by 13 days.',
      'The exception for CVE-2025-9 (owner ada@example.org) expired on 2025-12-01.',
      'web/package-lock.json is not committed, and a tag holds what is committed.',
    ],
    brokenKeys: ['npm:web:package-0:GHSA-test-0000-0000'],
    open: richInput.judgement.open,
    release: {
      version: '1.2.1',
      tag: 'v1.2.1',
      level: 'patch',
      previous: 'v1.2.0',
      blockers: [
        {
          code: 'overdue',
          message: 'package-0@1.0.0 in web: GHSA-test-0000-0000, critical, overdue by 13 days.',
          clears:
            'Upgrade package-0 to 1.0.1 in web (brought in by top), or accept it: fixby except add GHSA-test-0000-0000.',
        },
        {
          code: 'exception-expired',
          message: 'The exception for CVE-2025-9 (owner ada@example.org) expired on 2025-12-01.',
          clears: 'Have the exception for CVE-2025-9 renewed, or take it out of .fixby/exceptions.yaml (line 9).',
        },
        {
          code: 'not-committed',
          message: 'web/package-lock.json is not committed, and a tag holds what is committed.',
          clears: 'Commit web/package-lock.json as it is meant to be, or restore it, then run this again.',
        },
        {
          code: 'not-audited',
          message: richInput.judgement.open[0] ?? '',
          clears: 'Point --osv-url at a complete OSV source.',
        },
      ],
    },
  },
};
