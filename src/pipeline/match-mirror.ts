/** Asks an imported mirror about locks and packages directly: no policy, no history, no tool. */
import { auditTarget } from '../core/auditors/osv/audit.ts';
import type { InstalledReader } from '../core/auditors/lib/ecosystem-reader.ts';
import type { Audit } from '../core/model/audit.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import type { MatchMirror, MatchReport } from '../core/model/match-report.ts';
import type { Target } from '../core/model/target.ts';
import { assembleMatch } from '../core/report/match/assemble.ts';
import type { MatchAnswer } from '../core/report/match/assemble.ts';
import { describeMirror } from '../core/report/match/mirror.ts';
import { toAnswer } from '../core/report/match/to-answer.ts';
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
  const { path } = ports.mirror;
  const reading = ports.mirror.current();
  const mirror: MatchMirror =
    reading.status === 'open'
      ? describeMirror(path, reading.generation.state, now, maxAgeMs)
      : { status: reading.status, path, detail: reading.detail, mend: reading.mend };
  const answers = await Promise.all(questions.map((question) => ask(question, ports, mirror, now)));
  return assembleMatch(answers, { mirror, now, version });
}

async function ask(
  { name, target, reader, files }: MatchQuestion,
  ports: MatchPorts,
  mirror: MatchMirror,
  now: string,
): Promise<MatchAnswer> {
  const answer = await drive(auditTarget(target, NOTHING_ACCEPTED, reader), { ...WITHOUT_TOOLS, ...ports, files });
  const audit: Audit = { ...answer, target, auditor: 'osv', runs: [], durationMs: 0 };
  const { findings, problems } = await describeFindings([audit], now, ports.advisories, () => undefined);
  // What is not known of dates starts no clock here; an id the mirror could not look up may hide a severity.
  const outages = problems.filter(({ code }) => code === 'advisory-source-unavailable');
  return toAnswer({ name, target, answer, findings, problems: outages }, mirror);
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
