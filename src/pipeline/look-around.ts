/** The first part of a run: which targets there are, and what the auditors and the advisories say of them. */
import { reportReaders } from '../core/auditors/registry.ts';
import type { Audit } from '../core/model/audit.ts';
import type { Auditor } from '../core/model/auditor.ts';
import { once } from '../core/model/once.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Release } from '../core/model/release.ts';
import type { SetAside } from '../core/model/target.ts';
import type { Looked } from '../core/reconcile/observation.ts';
import type { GitState } from '../ports/git.ts';
import { auditTargets } from './audit-targets.ts';
import { chooseAuditors } from './choose-auditors.ts';
import { describeFindings, expectFindings } from './describe-findings.ts';
import type { DescribedFindings } from './describe-findings.ts';
import { findTargets } from './find-targets.ts';
import { openHearing } from './hear-promises.ts';
import type { PromiseHearing } from './hear-promises.ts';
import { readPast } from './read-past.ts';
import type { PastReading } from './read-past.ts';
import { resolveImports } from './resolve-imports.ts';
import type { ResolvedImport } from './resolve-imports.ts';
import type { Run } from './run.ts';
import { rememberRecords } from './share-questions.ts';
import { tellOldMirror } from './tell-old-mirror.ts';

export interface Sight {
  readonly discovery: Looked['discovery'];
  readonly setAside: readonly SetAside[];
  readonly auditors: readonly Auditor[];
  readonly audits: readonly Audit[];
  readonly releases: readonly Release[];
  /** `null` outside of a git checkout. */
  readonly state: GitState | null;
  readonly described: DescribedFindings;
  /** The history of the files that state versions, read when it is first asked for. */
  readonly past: () => Promise<PastReading>;
  /** Of the promises; absent where nobody asks about any. */
  readonly hearing?: PromiseHearing;
  readonly problems: readonly Problem[];
}

/** Whether a report that was imported answers for a target nobody else is asked about. */
function isAnswered(aside: SetAside, imports: readonly ResolvedImport[]): boolean {
  return imports.some(({ reader, target }) => target === aside.path && reader.covers(aside));
}

export async function lookAround(run: Run): Promise<Sight> {
  const { request, asOf, ports, onEvent } = run;
  const { setup, settings } = request;
  const { targets, problems, ...found } = await findTargets(ports, onEvent);
  const { auditors, ...left } = chooseAuditors(setup.config.audit.auditors, targets);
  const imports = resolveImports(request.imports, targets, reportReaders);
  const setAside = [...found.setAside, ...left.setAside.filter((aside) => !isAnswered(aside, imports))];
  const advisories = rememberRecords(ports.advisories);
  const past = once(() => readPast(ports.history, auditors, asOf));
  const hearing = ports.promises === null ? undefined : openHearing(setup.config, asOf, ports.promises);
  // The slowest auditor takes seconds: what does not wait for it is read meanwhile.
  const meanwhile = (audit: Audit): void => {
    // Before the first tool has ended, others are still to be started.
    if (audit.runs.length === 0) return;
    hearing?.begin();
    if (audit.reported.length === 0) return;
    void past();
    expectFindings(audit, advisories);
  };
  const [audits, releases, state] = await Promise.all([
    auditTargets({ targets, auditors, imports, settings }, ports, onEvent, meanwhile),
    ports.git.releases(),
    ports.git.state(),
  ]);
  const described = await describeFindings(audits, asOf, advisories, onEvent);
  const discovery = { complete: problems.every(({ blocks }) => !blocks), targets, setAside };
  return {
    discovery,
    setAside,
    auditors,
    audits,
    releases,
    state,
    described,
    past,
    ...(hearing === undefined ? {} : { hearing }),
    problems: [...problems, ...tellOldMirror(audits, ports.packages), ...described.problems],
  };
}
