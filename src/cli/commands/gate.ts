/** `fixby gate`: the CI job. It keeps no state and writes no file unless told where. */
import type { RunRule } from '../../core/judge/judge-run.ts';
import { runCheck } from '../run-check.ts';
import type { World } from '../world.ts';

type GateLevel = Extract<RunRule, { kind: 'gate' }>['failOn'];

export function runGate(world: World, dir: string, options: Readonly<Record<string, unknown>>): Promise<number> {
  const since = options['since'];
  return runCheck(world, dir, options, {
    command: 'gate',
    // Commander has checked the choice.
    rule: { kind: 'gate', failOn: options['failOn'] as GateLevel },
    keepsReports: false,
    ...(typeof since === 'string' ? { since } : {}),
  });
}
