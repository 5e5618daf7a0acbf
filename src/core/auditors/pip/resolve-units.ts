/** Has uv resolve all units of a target side by side, each as often as its answers call for. */
import type { AuditSettings } from '../../model/auditor.ts';
import { type Program, runTools } from '../../model/program.ts';
import type { Unit } from './reading.ts';
import { type Attempt, judgeAttempt, type Resolution } from './resolution.ts';
import { compileInvocation } from './uv-compile.ts';

/** One resolution a unit, and one more for older Pythons where markers speak of them; in no particular order. No run when there is no unit. */
export function* resolveUnits(units: readonly Unit[], settings: AuditSettings): Program<readonly Resolution[]> {
  const done: Resolution[] = [];
  let open: readonly Attempt[] = units.map((unit) => ({ unit, without: new Map<string, string>(), round: 0 }));
  while (open.length > 0) {
    const results = yield* runTools(open.map((attempt) => compileInvocation(requestOf(attempt), settings)));
    const verdicts = open.flatMap((attempt, index) => {
      const result = results[index];
      return result === undefined ? [] : [judgeAttempt(attempt, result)];
    });
    for (const verdict of verdicts) if (verdict.done !== undefined) done.push(verdict.done);
    open = verdicts.flatMap(({ again }) => (again === undefined ? [] : [again]));
  }
  return done;
}

function requestOf({ unit, without, python }: Attempt): Parameters<typeof compileInvocation>[0] {
  return {
    requirements: unit.requirements.filter(({ requirement }) => !without.has(requirement.name)),
    constraints: unit.constraints.filter(({ requirement }) => !without.has(requirement.name)),
    ...(python === undefined ? {} : { python }),
  };
}
