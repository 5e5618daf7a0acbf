/** Half a year of an invented shop: a ledger of nightly runs, and the reports it gives. What pictures are made and looked at with. */
import { judgeFinding } from '../../src/core/judge/judge-finding.ts';
import type { Audit } from '../../src/core/model/audit.ts';
import type { DatedFinding } from '../../src/core/model/finding.ts';
import type { Policy } from '../../src/core/model/policy.ts';
import { readPeriod } from '../../src/core/model/period.ts';
import type { PeriodReport } from '../../src/core/model/period-report.ts';
import type { ReportView, RunChanges } from '../../src/core/model/report.ts';
import { changesOf } from '../../src/core/reconcile/changes-of-run.ts';
import type { SeverityLevel } from '../../src/core/model/severity.ts';
import { reportFromLedger } from '../../src/pipeline/report-from-ledger.ts';
import { reportPeriod } from '../../src/pipeline/report-period.ts';
import { makeAudit, makeEntry, makeInventory } from './audit-values.ts';
import { makePolicy } from './judge-values.ts';
import { createTestLedger, observed } from './observed.ts';
import type { TestLedger } from './observed.ts';

const DAY_MS = 86_400_000;
const BEGIN = Date.parse('2025-10-06T02:00:00.000Z');
const DAYS = 182;

/** The moment all reports of the shop are of. */
export const SHOP_NOW = new Date(BEGIN + DAYS * DAY_MS).toISOString();

const SHOP_POLICY: Policy = {
  ...makePolicy(
    { kind: 'within', amount: 30, unit: 'days' },
    {},
    {
      critical: { kind: 'within', amount: 48, unit: 'hours' },
      high: { kind: 'within', amount: 7, unit: 'days' },
      low: { kind: 'opportunistic' },
    },
  ),
  source: { file: 'SECURITY.md', line: 40, sha256: '5e'.repeat(32) },
};

const WORDS: Readonly<Record<string, string>> = {
  critical: 'Critical: patched within 48 hours of a fix',
  high: 'High: within 7 days',
  medium: 'Medium: within 30 days',
  low: 'Low: best effort, with the next regular upgrade',
};

const policy: Policy = {
  ...SHOP_POLICY,
  windows: SHOP_POLICY.windows.map((window, index) => ({
    ...window,
    text: WORDS[window.severity] ?? '',
    line: 42 + index,
  })),
};

const NAMES =
  'paper-router tiny-template yaml-lite cookie-crumbs socket-lantern image-press form-weaver query-spoon cache-barrel mail-stamp'.split(
    ' ',
  );
const FLAWS = [
  'Prototype pollution when merging crafted options',
  'Regular expression that takes exponential time on long input',
  'Path traversal in archive extraction',
  'Request smuggling through duplicate length headers',
  'Cross-site scripting in error pages',
  'Secrets written to the debug log',
];
const LEVELS: readonly SeverityLevel[] = ['high', 'medium', 'low', 'high', 'medium', 'critical', 'medium', 'unknown'];
const FOLDERS = ['web', 'admin', 'services/mail'];

/** A flaw of the shop: there from one day on, and mended so many days after its publication. */
interface Flaw {
  readonly finding: DatedFinding;
  readonly from: number;
  /** Absent while it is open. */
  readonly to?: number;
}

function makeFlaw(number: number, publishedAt: number, daysToFix: number | null): Flaw {
  const level = LEVELS[(number * 5 + 3) % LEVELS.length] ?? 'medium';
  const name = `${NAMES[(number * 7) % NAMES.length] ?? 'paper'}${number > 20 ? `-${number}` : ''}`;
  const target = FOLDERS[(number * 3 + (number >> 2)) % FOLDERS.length] ?? 'web';
  const id = `GHSA-shop-${String(number).padStart(4, '0')}-demo`;
  const aliases = [`CVE-2025-${40_000 + number}`];
  const published = new Date(publishedAt).toISOString();
  const hasFix = daysToFix !== null || number % 5 !== 0;
  const finding: DatedFinding = {
    key: `npm:${target}:${name}:${[...aliases, id].sort().join('+')}`,
    target,
    ecosystem: 'npm',
    package: name,
    versions: [`${1 + (number % 4)}.${number % 9}.0`],
    advisory: {
      id,
      aliases,
      summary: FLAWS[number % FLAWS.length] ?? '',
      url: `https://github.com/advisories/${id}`,
      malware: false,
    },
    severity: {
      level,
      source: level === 'unknown' ? 'none' : `ghsa-label ${id}`,
      disputed: number % 6 === 1,
      all:
        level === 'unknown'
          ? []
          : [
              { from: 'ghsa-label', by: id, level },
              { from: 'cvss-v3', by: aliases[0] ?? '', level: number % 6 === 1 ? 'critical' : level, score: 7.4 },
            ],
    },
    scope: number % 3 === 0 ? 'dev' : 'prod',
    direct: number % 2 === 0,
    paths: number % 2 === 0 ? [[name]] : [['shop-kit', 'shop-core', name]],
    pathsOmitted: 0,
    fix: hasFix
      ? { available: true, version: `${1 + (number % 4)}.${number % 9}.${1 + (number % 3)}`, kind: 'patch' }
      : { available: false },
    location: { file: `${target}/package-lock.json`, line: 120 + number * 31 },
    seenBy: ['npm-audit'],
    fromCompleteAudit: true,
    timeline: {
      introduced: { at: '2025-03-01T10:00:00.000Z', source: 'commit 3f9c2d71a0b8' },
      published: { at: published, source: id },
      ...(hasFix ? { fixReleased: { at: published, source: 'npm registry' } } : {}),
    },
    carriedBy: [],
  };
  if (daysToFix === null) return { finding, from: publishedAt };
  // What is critical is seen to first.
  const days = level === 'critical' ? 0.4 + (number % 5) * 0.5 : daysToFix;
  return { finding, from: publishedAt, to: publishedAt + days * DAY_MS };
}

// Days it took, as teams take them: mostly in time, a few far too late.
const PACE = [1, 2, 3, 5, 4, 9, 2, 12, 6, 25, 1, 3, 41, 5, 7, 18, 2, 66];

function allFlaws(open: number): readonly Flaw[] {
  const mended = Array.from({ length: 58 }, (_, index) => {
    return makeFlaw(index, BEGIN + index * 2.9 * DAY_MS, (PACE[index % PACE.length] ?? 3) + (index % 4));
  });
  const standing = Array.from({ length: open }, (_, index) => {
    return makeFlaw(100 + index, BEGIN + (DAYS - 1 - ((index * 3.7) % 55)) * DAY_MS, null);
  });
  return [...mended, ...standing];
}

const INSTALLED = [142, 86, 31];

/** Locks that name a flawed version while the flaw is there. */
function auditsAt(present: readonly Flaw[], all: readonly Flaw[]): readonly Audit[] {
  return FOLDERS.map((path, index) => {
    const here = all.filter(({ finding }) => finding.target === path);
    const entries = here.map((flaw) => {
      const { package: name, versions } = flaw.finding;
      return makeEntry(name, { version: present.includes(flaw) ? (versions[0] ?? '1.0.0') : '99.0.0' });
    });
    const packages = entries.length + (INSTALLED[index] ?? 40);
    const skipped = index === 1 ? [{ name: 'design-system', version: '0.3.0', reason: 'installed from git' }] : [];
    return makeAudit([], entries, {
      target: { path, ecosystem: 'npm', sources: [{ path: `${path}/package-lock.json`, kind: 'package-lock' }] },
      inventory: { ...makeInventory(entries), files: [{ path: `${path}/package-lock.json`, sha256: 'b7'.repeat(32) }] },
      coverage: { packages, audited: packages - skipped.length, skipped },
      source: 'https://api.osv.dev',
      runs: [{ tool: 'npm', version: '10.8.2', argv: ['npm', 'audit', '--json'], exitCode: 1, durationMs: 900 }],
      durationMs: 1000,
    });
  });
}

const blindAudit: Audit = {
  ...makeAudit([], []),
  target: { path: 'backend', ecosystem: 'PyPI', sources: [{ path: 'backend/requirements.txt', kind: 'requirements' }] },
  auditor: 'pip-audit',
  outcome: {
    status: 'unavailable',
    reason: 'source-blind',
    message: 'the advisory source answered without the advisory it must have',
    mend: 'Point --osv-url at a complete OSV source.',
  },
  coverage: { packages: 64, audited: 0, skipped: [] },
};

const EXCEPTION = {
  advisory: 'CVE-2025-40103',
  reason: 'the archive is only ever built by ourselves',
  owner: 'ada@shop.example',
  approver: 'grace@shop.example',
  expires: '2026-06-30',
  ticket: 'SEC-7',
  line: 1,
};

export interface ShopHow {
  /** Findings that stand at the end. */
  readonly open?: number;
  /** Whether the backend could not be looked at in the last run. */
  readonly blind?: boolean;
}

/** The ledger of the nights, and what the last of them changed. */
export function shopLedger({ open = 16, blind = false }: ShopHow = {}): {
  readonly ledger: TestLedger;
  readonly changes: RunChanges;
} {
  const flaws = allFlaws(open);
  const ledger = createTestLedger();
  let changes: RunChanges = { opened: [], back: [], cleared: [] };
  for (let night = 0; night <= DAYS; night += 1) {
    const isLast = night === DAYS;
    const now = BEGIN + night * DAY_MS;
    const present = flaws.filter(({ from, to }) => from <= now && (to === undefined || to > now));
    const audits = [...auditsAt(present, flaws), ...(blind && isLast ? [blindAudit] : [])];
    const sightings = present.map(({ finding }) => ({ finding, answered: true }));
    const at = new Date(now).toISOString();
    const run = observed(sightings, { audits, policy, exceptions: [EXCEPTION] });
    const whole = {
      ...run.run,
      verdict: verdictOn(present, at, isLast && blind),
      tool: '0.1.0',
      asOf: at,
      generatedAt: at,
      commit: '3f9c2d71a0b84e55c6d1'.repeat(2),
      branch: 'main',
    };
    const before = isLast ? ledger.state() : null;
    const events = ledger.record({ ...run, run: whole }, at);
    const seen = present.map(({ finding }) => finding);
    if (before !== null) changes = changesOf(before, events, seen);
  }
  return { ledger, changes };
}

/** What the run of a night said. */
function verdictOn(present: readonly Flaw[], now: string, blind: boolean): 'pass' | 'fail' | 'inconclusive' {
  const context = { policy, now, releases: [], exceptions: [EXCEPTION] };
  const isLate = present.some(({ finding }) => judgeFinding(finding, context).state === 'overdue');
  return isLate ? 'fail' : blind ? 'inconclusive' : 'pass';
}

/** The report of the last night. */
export function shopReport(how: ShopHow = {}): ReportView {
  const { ledger, changes } = shopLedger(how);
  const view = reportFromLedger({ state: ledger.state(), now: SHOP_NOW, problems: [] });
  return { ...view, command: 'audit', changes };
}

/** The report of its first quarter of 2026. */
export function shopPeriod(): PeriodReport {
  const { ledger } = shopLedger();
  const period = readPeriod('2026-Q1');
  if (period === null) throw new TypeError('the period of the shop cannot be read');
  const head = { seq: ledger.events.length, hash: 'c1'.repeat(32) };
  return reportPeriod({
    events: ledger.events,
    ledger: { place: '.fixby/ledger.jsonl', head },
    period,
    now: SHOP_NOW,
    schedule: { everyMs: DAY_MS },
    version: '0.1.0',
  });
}

/** The same report with `number` findings: those of the shop again and again, each under a name of its own. */
export function manyFindings(view: ReportView, number: number): ReportView {
  const findings = Array.from({ length: number }, (_, index): ReportView['findings'][number] => {
    const finding = view.findings[index % view.findings.length];
    if (finding === undefined) throw new TypeError('a report without findings has none to repeat');
    const { advisory, key } = finding;
    const id = `${advisory.id}-${index}`;
    return {
      ...finding,
      key: `${key}-${index}`,
      package: `${finding.package}-${index}`,
      advisory: { ...advisory, id },
    };
  });
  return { ...view, findings };
}
