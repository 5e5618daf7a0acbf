/** `fixby audit`: the nightly job. */
import { runCheck } from '../run-check.ts';
import type { World } from '../world.ts';

export function runAudit(world: World, dir: string, options: Readonly<Record<string, unknown>>): Promise<number> {
  return runCheck(world, dir, options, {
    command: 'audit',
    rule: { kind: 'audit' },
    keepsReports: true,
    remembers: true,
  });
}
