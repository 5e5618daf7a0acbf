/** Asks an imported mirror about locks and packages directly: no policy, no history, no tool. */
import { auditTarget } from '../core/auditors/osv/audit.ts';
import type { InstalledReader } from '../core/auditors/lib/ecosystem-reader.ts';
import type { Audit, AuditAnswer, AuditOutcome } from '../core/model/audit.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import { heldSources, staleSources } from '../core/model/mirror.ts';
import type { MatchAsked, MatchFinding, MatchReport } from '../core/model/match-report.ts';
import { byEach, byText } from '../core/model/order.ts';
import { SEVERITY_LEVELS } from '../core/model/severity.ts';
import type { SeverityLevel } from '../core/model/severity.ts';
import type { Target } from '../core/model/target.ts';
import { describeMatch } from '../core/report/match/sentence.ts';
import type { Advisories, PackageAdvisories } from '../ports/advisories.ts';
import type { Files } from '../ports/files.ts';
import type { Mirror } from '../ports/mirror.ts';
import { describeFindings } from './describe-findings.ts';
import { drive } from './drive.ts';
import type { Stage } from './drive.ts';

/** One lock or package. */
export interface MatchQuestion {
  /** As it was named on the command line. */
  readonly name: string;
  /** Its paths are relative to the folder that `files` reads. */
  readonly target: Target;
  readonly reader: InstalledReader;
  readonly files: Pick<Files, 'read'>;
}

export interface MatchPorts {
  readonly mirror: Mirror;
  readonly packages: PackageAdvisories;
  readonly advisories: Advisories;
  readonly signal: AbortSignal;
}

export interface MatchHow {
  /** UTC ISO-8601. */
  readonly now: string;
  readonly maxAgeMs: number;
  readonly version: string;
}

/** Never rejects for what a lock or a mirror is: what could not be looked at is in the report. */
export async function matchMirror(
  questions: readonly MatchQuestion[],
  ports: MatchPorts,
  { now, maxAgeMs, version }: MatchHow,
): Promise<MatchReport> {
  const answers = await Promise.all(questions.map((question) => ask(question, ports, now)));
  const findings = answers.flatMap((answer) => answer.findings).sort(worstFirst);
  const asked = answers.map((answer) => answer.asked);
  const problems = answers.flatMap((answer) => answer.problems);
  const isOpen = asked.some(({ outcome }) => outcome === 'unavailable') || problems.some(({ blocks }) => blocks);
  const facts = { asked, findings, isOpen };
  return {
    schema: 'fixby.match/v1',
    result: findings.length > 0 ? 'found' : isOpen ? 'inconclusive' : 'nothing-found',
    sentence: describeMatch(facts),
    asOf: now,
    tool: { name: 'fixby', version },
    mirror: describe(ports.mirror, now, maxAgeMs),
    asked,
    findings,
    problems,
    summary: summarize(facts),
  };
}

interface Answer {
  readonly asked: MatchAsked;
  readonly findings: readonly MatchFinding[];
  readonly problems: MatchReport['problems'];
}

async function ask(question: MatchQuestion, ports: MatchPorts, now: string): Promise<Answer> {
  const { name, target, reader, files } = question;
  const answer = await drive(auditTarget(target, NOTHING_ACCEPTED, reader), { ...WITHOUT_TOOLS, ...ports, files });
  const audit: Audit = { ...answer, target, auditor: 'osv', runs: [], durationMs: 0 };
  const described = await describeFindings([audit], now, ports.advisories, () => undefined);
  // What is not known of dates starts no clock here; an id the mirror could not look up may hide a severity.
  const outages = described.problems.filter(({ code }) => code === 'advisory-source-unavailable');
  return {
    asked: toAsked(question, answer, ports.mirror),
    findings: described.findings.map((finding) => toFinding(name, finding)),
    problems: [...answer.problems, ...outages].flatMap(({ code, message, mend, blocks }) =>
      isSaid(answer.outcome, message) ? [] : [{ asked: name, code, message, mend, blocks }],
    ),
  };
}

/** The fault of a lock is its outcome already. */
function isSaid(outcome: AuditOutcome, message: string): boolean {
  return outcome.status === 'unavailable' && outcome.message === message;
}

/** Where the mirror itself is at fault, what mends it is another import and not another source. */
function faultOf(
  outcome: AuditOutcome,
  { ecosystem }: Target,
  mirror: Mirror,
): Pick<MatchAsked, 'reason' | 'message' | 'mend'> {
  if (outcome.status === 'audited') return {};
  const { reason, message } = outcome;
  if (outcome.status === 'not-applicable') return { reason, message };
  if (!reason.startsWith('source-')) return { reason, message, mend: outcome.mend };
  const reading = mirror.current();
  return reading.status === 'open'
    ? { reason, message, mend: `Run \`fixby mirror import ${ecosystem}\` for that mirror, and then this again.` }
    : { reason, message: `The mirror could not be asked: ${reading.detail}.`, mend: reading.mend };
}

/** Nobody's configuration is read: nothing is accepted, and no registry is known. */
const NOTHING_ACCEPTED: AuditSettings = {
  knownRegistries: [],
  acceptedUnaudited: [],
  timeoutMs: 0,
  maxOutputBytes: 0,
  attempts: 1,
};

const NO_TOOL = {
  status: 'missing',
  reason: 'missing',
  detail: 'No tool is run to match a lock.',
  mend: 'Use `fixby gate` for what has to be resolved.',
} as const;

/** A lock says everything itself: a reader that wants a tool all the same hears that there is none. */
const WITHOUT_TOOLS: Omit<Stage, 'files' | 'packages' | 'signal'> = {
  toolchain: { find: (tool) => Promise.resolve({ ...NO_TOOL, tool }) },
  exec: { run: () => Promise.reject(new TypeError('a tool was run to match a lock')) },
  onRun: () => undefined,
  onTool: () => undefined,
};

function toAsked(
  { name, target }: MatchQuestion,
  { outcome, coverage, inventory, reported }: AuditAnswer,
  mirror: Mirror,
): MatchAsked {
  return {
    name,
    ecosystem: target.ecosystem,
    outcome: outcome.status,
    ...faultOf(outcome, target, mirror),
    packages: coverage.packages,
    matched: coverage.audited,
    affected: new Set(reported.flatMap(({ affects }) => affects)).size,
    skipped: coverage.skipped.map((skip) => ({ ...skip })),
    files: inventory.files.map((file) => ({ ...file })),
  };
}

type Described = Awaited<ReturnType<typeof describeFindings>>['findings'][number];

function toFinding(name: string, finding: Described): MatchFinding {
  const { advisory, severity, fix, location } = finding;
  const { id, aliases, summary, url, published, modified, malware } = advisory;
  return {
    asked: name,
    ecosystem: finding.ecosystem,
    package: finding.package,
    versions: [...finding.versions],
    severity: {
      level: severity.level,
      ...(severity.score === undefined ? {} : { score: severity.score }),
      source: severity.source,
    },
    advisory: {
      id,
      aliases: [...aliases],
      summary,
      url,
      ...(published === undefined ? {} : { published }),
      ...(modified === undefined ? {} : { modified }),
      malware,
    },
    ...(fix.version === undefined ? {} : { fix: fix.version }),
    scope: finding.scope,
    direct: finding.direct,
    paths: finding.paths.map((path) => [...path]),
    pathsOmitted: finding.pathsOmitted,
    ...(location.line === undefined ? {} : { line: location.line }),
  };
}

const worstFirst = byEach<MatchFinding>(
  (a, b) => byText(a.asked, b.asked),
  (a, b) => rankOf(a) - rankOf(b),
  (a, b) => byText(a.package, b.package),
  (a, b) => byText(a.advisory.id, b.advisory.id),
);

function rankOf({ severity }: MatchFinding): number {
  return SEVERITY_LEVELS.indexOf(severity.level);
}

function describe(mirror: Mirror, now: string, maxAgeMs: number): MatchReport['mirror'] {
  const { path } = mirror;
  const reading = mirror.current();
  if (reading.status === 'unavailable')
    return { status: 'unavailable', path, detail: reading.detail, mend: reading.mend };
  const { state } = reading.generation;
  const old = staleSources(state, now, maxAgeMs);
  const sources = heldSources(state).map(([source, { asOf, entries }]) => ({
    source,
    asOf,
    entries,
    isOld: old.includes(source),
  }));
  return { status: 'open', path, generation: state.generation, checksum: state.checksum, sources };
}

function summarize({ asked, findings }: Pick<MatchReport, 'asked' | 'findings'>): MatchReport['summary'] {
  const at = (level: SeverityLevel): number => findings.filter(({ severity }) => severity.level === level).length;
  return {
    packages: asked.reduce((sum, { packages }) => sum + packages, 0),
    matched: asked.reduce((sum, { matched }) => sum + matched, 0),
    affected: asked.reduce((sum, { affected }) => sum + affected, 0),
    bySeverity: {
      critical: at('critical'),
      high: at('high'),
      medium: at('medium'),
      low: at('low'),
      unknown: at('unknown'),
    },
  };
}
