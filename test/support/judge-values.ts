/** Small valid findings, policies and releases for tests of judging: each test states only what it is about. */
import type { DatedFinding, Timeline, TimelineDate } from '../../src/core/model/finding.ts';
import type { Policy, PolicySeverity, Window } from '../../src/core/model/policy.ts';
import { POLICY_SEVERITIES } from '../../src/core/model/policy.ts';
import type { Release } from '../../src/core/model/release.ts';
import type { SeverityLevel } from '../../src/core/model/severity.ts';

/** A high flaw of `left` in `web`, published on 1 June 2025 at ten and fixable, unless told otherwise. */
export function makeDated(over: Partial<DatedFinding> = {}): DatedFinding {
  return {
    key: 'npm:web:left:GHSA-2222-3333-4444',
    target: 'web',
    ecosystem: 'npm',
    package: 'left',
    versions: ['1.0.0'],
    advisory: {
      id: 'GHSA-2222-3333-4444',
      aliases: ['CVE-2025-1'],
      summary: 'Left falls over',
      url: 'https://github.com/advisories/GHSA-2222-3333-4444',
      malware: false,
    },
    severity: makeSeverity('high'),
    scope: 'prod',
    direct: true,
    paths: [['left']],
    pathsOmitted: 0,
    fix: { available: true, version: '1.0.1', kind: 'patch' },
    location: { file: 'web/package-lock.json' },
    seenBy: ['npm-audit'],
    fromCompleteAudit: true,
    timeline: makeTimeline({ published: '2025-06-01T10:00:00.000Z' }),
    carriedBy: [],
    ...over,
  };
}

export function makeSeverity(level: SeverityLevel): DatedFinding['severity'] {
  return { level, source: level === 'unknown' ? 'none' : 'tool npm-audit', all: [], disputed: false };
}

export function makeTimeline(dates: Readonly<Partial<Record<TimelineDate, string>>>): Timeline {
  return Object.fromEntries(Object.entries(dates).map(([name, at]) => [name, { at, source: 'a test' }]));
}

/** A policy that grants every severity the same window, unless one is told for a severity. */
export function makePolicy(
  window: Window,
  over: Partial<Policy> = {},
  bySeverity: Readonly<Partial<Record<PolicySeverity, Window>>> = {},
): Policy {
  const file = 'SECURITY.md';
  return {
    source: { file, line: 1, sha256: '00' },
    windows: POLICY_SEVERITIES.map((severity, at) => ({
      severity,
      window: bySeverity[severity] ?? window,
      text: `${severity} as written`,
      line: at + 10,
      file,
    })),
    clock: 'act',
    unknownAs: 'high',
    timeZone: 'UTC',
    holidays: [],
    noFix: { rule: 'pause' },
    ...over,
  };
}

export function makeRelease(version: string, at: string): Release {
  return { tag: `v${version}`, version, at, commit: '0'.repeat(40) };
}
