/** Looks at everything an audit of a repository will need, without auditing it: sources, ledger and what git knows. */
import { CANARY_ADVISORIES, readTrialFile, SOURCE_NAMES, trialCheck, TRIALS } from '../core/doctor/trial.ts';
import { decides } from '../core/model/audit.ts';
import type { Auditor, AuditSettings } from '../core/model/auditor.ts';
import type { DoctorCheck } from '../core/model/doctor-report.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { Advisories, PackageAdvisories } from '../ports/advisories.ts';
import type { Git } from '../ports/git.ts';
import type { Ledger } from '../ports/ledger.ts';
import { auditTargets } from './audit-targets.ts';
import type { ToolPorts } from './ports.ts';

/**
 * Asks each auditor's source about a trial repository with the canary in it, as every audit does. Ecosystems that are not
 * `needed` are skipped.
 */
export async function trySources(
  auditors: readonly Auditor[],
  needed: ReadonlySet<Ecosystem>,
  settings: AuditSettings,
  ports: ToolPorts,
): Promise<readonly DoctorCheck[]> {
  const targets = TRIALS.filter(({ ecosystem }) => needed.has(ecosystem));
  const files: ToolPorts['files'] = {
    read: (path) => Promise.resolve(readTrialFile(path)),
    list: () => Promise.resolve({ entries: [], problems: [] }),
  };
  const plan = { targets, auditors, imports: [], settings: { ...settings, acceptedUnaudited: [] } };
  const audits = await auditTargets(plan, { ...ports, files }, () => undefined);
  return TRIALS.map(({ ecosystem }) => {
    const audit = audits.find((each) => decides(each) && each.target.ecosystem === ecosystem);
    if (audit !== undefined) return trialCheck(ecosystem, audit.outcome, audit.source);
    return skipped(SOURCE_NAMES[ecosystem], `nothing here is audited against it`);
  });
}

/** Asks the source of advisory details for records it must have. */
export async function tryAdvisories(advisories: Advisories, needed: ReadonlySet<Ecosystem>): Promise<DoctorCheck> {
  const check = 'advisory records';
  const ids = [...needed].sort().map((ecosystem) => CANARY_ADVISORIES[ecosystem]);
  const lookUps = await advisories.lookUp(ids);
  const outage = lookUps.find((each) => each.status === 'unavailable');
  const mend = 'Point `osv.url` (or `--osv-url`) at an OSV source that answers, or run `fixby mirror serve`.';
  if (outage !== undefined) return { check, status: 'failed', message: outage.detail, mend };
  const unknown = lookUps.find((each) => each.status === 'not-found');
  if (unknown === undefined)
    return { check, status: 'ok', message: `${advisories.source} has the records it must have` };
  const message = `${advisories.source} does not know ${unknown.id}, which every OSV source has`;
  return { check, status: 'failed', message, mend };
}

/** Whether the imported mirror can be read and is fresh enough to be believed; skipped where none is configured. */
export function tryMirror(packages: PackageAdvisories, needed: ReadonlySet<Ecosystem>): DoctorCheck {
  const check = 'mirror';
  const ages = [...needed].sort().map((ecosystem) => packages.age(ecosystem));
  if (!ages.some(({ isMirror }) => isMirror)) return skipped(check, 'none is configured');
  const stale = ages.find((age) => age.stale !== undefined)?.stale;
  if (stale === undefined) return { check, status: 'ok', message: `${packages.source} is fresh` };
  const mend = 'Import the advisories anew with `fixby mirror import`.';
  return { check, status: 'failed', message: `${packages.source}: ${stale}`, mend };
}

/** Whether the ledger can be read and its chain holds. Closes it. */
export async function tryLedger(ledger: Ledger): Promise<DoctorCheck> {
  const check = 'ledger';
  const read = await ledger.read().finally(() => ledger.close());
  if (read.status !== 'sound')
    return { check, status: 'failed', message: read.problem.message, mend: read.problem.mend };
  const events = read.lines.length;
  const message = events === 0 ? `${ledger.place} has no event yet` : `${ledger.place} is sound, ${events} events`;
  const [torn] = read.problems;
  return torn === undefined ? { check, status: 'ok', message } : { check, status: 'remark', ...wordsOf(torn) };
}

/** What git can tell of the repository; dates come from there. */
export async function tryGit(git: Git): Promise<DoctorCheck> {
  const check = 'git';
  const state = await git.state();
  const [problem] = git.problems();
  if (problem !== undefined) return { check, status: 'remark', ...wordsOf(problem) };
  if (state === null)
    return {
      check,
      status: 'remark',
      message: 'this is no git checkout with a commit, so nobody knows since when a package is here',
      mend: 'Run fixby in a checkout of the repository.',
    };
  if (!state.shallow) return { check, status: 'ok', message: 'the whole history can be read' };
  const message = 'the clone is shallow: when a package came in before its first commit is not known';
  return { check, status: 'remark', message, mend: 'Fetch the whole history: `git fetch --unshallow`.' };
}

function wordsOf({ message, mend }: { readonly message: string; readonly mend: string }): {
  message: string;
  mend: string;
} {
  return { message, mend };
}

/** A check nothing here calls for. */
export function skipped(check: string, message: string): DoctorCheck {
  return { check, status: 'skipped', message };
}
