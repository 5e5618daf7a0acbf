/** Decides whether a finding that was not seen has ended, and how. When in doubt it goes on. */
import { decides, type Audit } from '../model/audit.ts';
import type { ClosedBy } from '../model/ledger.ts';
import { foldersAbove } from '../model/path.ts';
import type { SetAside } from '../model/target.ts';
import type { KnownFinding } from './ledger-state.ts';
import type { Looked } from './observation.ts';

/** `null` when nobody looked where it would be; `target` is where it would be now. */
export function endOf(known: KnownFinding, target: string, looked: Looked): ClosedBy | null {
  const { discovery, audits, offline, withdrawn } = looked;
  const isHere = (place: { readonly path: string; readonly ecosystem: string }): boolean =>
    place.path === target && place.ecosystem === known.ecosystem;
  if (offline) return null;
  if (!discovery.targets.some(isHere)) {
    if (!discovery.complete) return null;
    const aside = discovery.setAside.find((each) => isHere(each) || (isExcluded(each) && isBelow(target, each)));
    return aside === undefined ? 'target-removed' : asksForNothing(aside.outcome, aside.reason) ? 'removed' : null;
  }
  const here = audits.filter((audit) => isHere({ ...audit.target }));
  if (here.length === 0 || !here.filter(isNeeded(known)).every((audit) => looksEverywhere(audit, known.package)))
    return null;
  const installed = here.flatMap(({ inventory }) => inventory.packages.filter(({ name }) => name === known.package));
  if (installed.length === 0) return 'removed';
  const isUnchanged = installed.some(({ version }) => known.versions.includes(version));
  if (!isUnchanged) return 'upgraded';
  return withdrawn.has(known.id) ? 'withdrawn' : 'no-longer-affected';
}

/** Whoever answers for the target has to have looked, and whoever saw the finding: a second opinion ends with its own word. */
function isNeeded({ facts }: KnownFinding): (audit: Audit) => boolean {
  const witnesses = new Set(facts?.seenBy ?? []);
  return (audit) => decides(audit) || witnesses.has(audit.auditor);
}

/** Whether an audit would have seen a finding of the package. */
function looksEverywhere({ outcome, coverage }: Audit, name: string): boolean {
  if (outcome.status === 'not-applicable') return asksForNothing(outcome.status, outcome.reason);
  const { audited, skipped, packages } = coverage;
  return (
    outcome.status === 'audited' && audited + skipped.length >= packages && !skipped.some((each) => each.name === name)
  );
}

/** The one reason not to audit that says what is installed: nothing. */
function asksForNothing(outcome: SetAside['outcome'], reason: string): boolean {
  return outcome === 'not-applicable' && reason === 'no-dependencies';
}

function isExcluded({ reason }: SetAside): boolean {
  return reason === 'excluded';
}

function isBelow(path: string, { path: folder }: SetAside): boolean {
  return path === folder || foldersAbove(path).includes(folder);
}
