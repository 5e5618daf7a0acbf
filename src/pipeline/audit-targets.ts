/** Asks every auditor about every target it covers, side by side. */
import type { Audit, AuditAnswer, ToolRun } from '../core/model/audit.ts';
import { auditors } from '../core/auditors/registry.ts';
import { settleOpinions } from '../core/auditors/settle-opinions.ts';
import type { Auditor, AuditSettings } from '../core/model/auditor.ts';
import { byEach, byText } from '../core/model/order.ts';
import type { Program, ToolName } from '../core/model/program.ts';
import type { Target } from '../core/model/target.ts';
import type { Toolchain } from '../ports/toolchain.ts';
import { drive } from './drive.ts';
import type { Stage } from './drive.ts';
import type { OnEvent } from './events.ts';
import type { ToolPorts } from './ports.ts';
import type { ResolvedImport } from './resolve-imports.ts';
import { shareQuestions } from './share-questions.ts';

export interface AuditPlan {
  readonly targets: readonly Target[];
  readonly auditors: readonly Auditor[];
  readonly imports: readonly ResolvedImport[];
  readonly settings: AuditSettings;
}

/** Whose word comes first, by name. */
const RANKS = auditors.map(({ name }) => name);

/** One audit for each (target, auditor) pair, sorted by folder and auditor; `onAnswer` hears of each as it ends. */
export async function auditTargets(
  plan: AuditPlan,
  ports: ToolPorts,
  onEvent: OnEvent,
  onAnswer: (audit: Audit) => void = () => undefined,
): Promise<readonly Audit[]> {
  const pairs = plan.targets.flatMap((target) => programsFor(target, plan));
  onEvent({
    kind: 'audits-planned',
    audits: pairs.map(({ target, auditor }) => ({ target: target.path, auditor })),
  });
  findMeanwhile(new Set(pairs.flatMap(({ tools }) => tools)), ports.toolchain);
  const shared = { ...ports, ...shareQuestions(ports) };
  // What runs one tool after another would end long after the rest if it began last.
  const longestFirst = pairs.toSorted((a, b) => b.tools.length - a.tools.length);
  const audits = await Promise.all(
    longestFirst.map(async (pair) => {
      const make = (): Promise<Audit> => auditOne(pair, shared, onEvent);
      const audit = await (pair.tools.length === 0 ? make() : ports.admit(make));
      onAnswer(audit);
      return audit;
    }),
  );
  return [...settleOpinions(audits, RANKS)].sort(
    byEach(
      (a, b) => byText(a.target.path, b.target.path),
      (a, b) => byText(a.auditor, b.auditor),
    ),
  );
}

/** One audit that is to be made: whose, of what, and how. */
interface Planned {
  readonly target: Target;
  readonly auditor: string;
  /** The tools it runs, one after another, that none before it runs for the same target. */
  readonly tools: readonly ToolName[];
  readonly program: Program<AuditAnswer>;
}

/** Asks the machine where the tools are while locks are being read. Who needs one that is missing hears of it then. */
function findMeanwhile(tools: Iterable<ToolName>, toolchain: Toolchain): void {
  for (const tool of tools) toolchain.find(tool).catch(() => undefined);
}

/** A report made elsewhere takes the place of its auditor, and comes in beside the others where it has none. */
function programsFor(target: Target, { auditors: chosen, imports, settings }: AuditPlan): readonly Planned[] {
  const here = imports.filter((imported) => imported.target === target.path && imported.reader.covers(target));
  const read = here.map(({ reader, report }): Planned => {
    return { target, auditor: reader.name, tools: [], program: reader.interpretImport(target, report, settings) };
  });
  const asked = chosen.filter(
    (auditor) => read.every((each) => each.auditor !== auditor.name) && auditor.covers(target),
  );
  const toolsOf = ({ tools }: Auditor): readonly ToolName[] => tools[target.ecosystem] ?? [];
  return [
    ...read,
    ...asked.map((auditor, at) => ({
      target,
      auditor: auditor.name,
      tools: toolsOf(auditor).filter((tool) => !asked.slice(0, at).flatMap(toolsOf).includes(tool)),
      program: auditor.audit(target, settings),
    })),
  ];
}

async function auditOne({ target, auditor, program }: Planned, ports: ToolPorts, onEvent: OnEvent): Promise<Audit> {
  const name = { target: target.path, auditor };
  const startedAt = ports.clock.elapsed();
  const runs: ToolRun[] = [];
  const { outputs } = ports;
  const stage: Stage = {
    ...ports,
    onRun: (run) => runs.push(run),
    ...(outputs === undefined
      ? {}
      : {
          onExchange: (invocation, result) => outputs.keep({ ...name, invocation, result }),
          onAnswers: (ecosystem, answers) => outputs.keepAnswers({ ...name, ecosystem, answers }),
        }),
    onTool: (tool) => onEvent({ kind: 'tool-started', ...name, tool }),
  };
  const answer = await drive(program, stage);
  const durationMs = Math.round(ports.clock.elapsed() - startedAt);
  onEvent({ kind: 'audit-finished', ...name, outcome: answer.outcome.status, durationMs });
  return { ...answer, target, auditor, runs, durationMs };
}
