/** Asks every auditor about every target it covers, side by side. */
import type { Audit, AuditAnswer, ToolRun } from '../core/model/audit.ts';
import type { Auditor, AuditSettings } from '../core/model/auditor.ts';
import { byEach, byText } from '../core/model/order.ts';
import type { Program } from '../core/model/program.ts';
import type { Target } from '../core/model/target.ts';
import { drive } from './drive.ts';
import type { Stage } from './drive.ts';
import type { OnEvent } from './events.ts';
import type { ToolPorts } from './ports.ts';
import type { ResolvedImport } from './resolve-imports.ts';

export interface AuditPlan {
  readonly targets: readonly Target[];
  readonly auditors: readonly Auditor[];
  readonly imports: readonly ResolvedImport[];
  readonly settings: AuditSettings;
}

/** One audit for each (target, auditor) pair, sorted by folder and auditor. */
export async function auditTargets(plan: AuditPlan, ports: ToolPorts, onEvent: OnEvent): Promise<readonly Audit[]> {
  const pairs = plan.targets.flatMap((target) =>
    plan.auditors.filter((auditor) => auditor.ecosystem === target.ecosystem).map((auditor) => ({ target, auditor })),
  );
  onEvent({
    kind: 'audits-planned',
    audits: pairs.map(({ target, auditor }) => ({ target: target.path, auditor: auditor.name })),
  });
  const audits = await Promise.all(pairs.map(({ target, auditor }) => auditOne(target, auditor, plan, ports, onEvent)));
  return audits.sort(
    byEach(
      (a, b) => byText(a.target.path, b.target.path),
      (a, b) => byText(a.auditor, b.auditor),
    ),
  );
}

async function auditOne(
  target: Target,
  auditor: Auditor,
  plan: AuditPlan,
  ports: ToolPorts,
  onEvent: OnEvent,
): Promise<Audit> {
  const name = { target: target.path, auditor: auditor.name };
  const startedAt = ports.clock.elapsed();
  const runs: ToolRun[] = [];
  const stage: Stage = {
    ...ports,
    onRun: (run) => runs.push(run),
    onTool: (tool) => onEvent({ kind: 'tool-started', ...name, tool }),
  };
  const answer = await drive(programFor(target, auditor, plan), stage);
  const durationMs = Math.round(ports.clock.elapsed() - startedAt);
  onEvent({ kind: 'audit-finished', ...name, outcome: answer.outcome.status, durationMs });
  return { ...answer, target, auditor: auditor.name, runs, durationMs };
}

function programFor(target: Target, auditor: Auditor, plan: AuditPlan): Program<AuditAnswer> {
  const imported = plan.imports.find(
    (candidate) => candidate.auditor === auditor.name && candidate.target === target.path,
  );
  return imported === undefined
    ? auditor.audit(target, plan.settings)
    : auditor.interpretImport(target, imported.report, plan.settings);
}
