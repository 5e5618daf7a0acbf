/** `fixby policy`: the policy as understood, with the line each rule came from. */
import { resolve } from 'node:path';
import { jsonText } from '../../core/report/escape.ts';
import { policyTable } from '../../core/report/policy/table.ts';
import type { Setup } from '../../pipeline/setup.ts';
import { readSetup } from '../../pipeline/setup.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import { screenWidth, type World } from '../world.ts';

/** Remarks that leave nothing to guess: which of two timetables is meant was decided by their headings, and is said. */
const SETTLED: ReadonlySet<string> = new Set(['policy-second-timetable']);

/** With `--check`, 2 when anything was left to guess; an unreadable policy is 2 anyway. */
export async function runPolicy(
  world: World,
  dir: string,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const named = options['config'];
  const request = typeof named === 'string' ? { config: await readOperatorFile(resolve(world.cwd, named)) } : {};
  const setup = await readSetup(request, openRepository(world, resolve(world.cwd, dir)));
  world.stdout.write(options['format'] === 'json' ? toJson(setup) : policyTable(setup, screenWidth(world.stdout)));
  return options['check'] === true && setup.problems.some(({ code }) => !SETTLED.has(code)) ? EXIT.usage : EXIT.pass;
}

function toJson({ policy, confidence, problems }: Setup): string {
  const windows = policy.windows.map((window) => ({ ...window, confidence: confidence[window.severity] }));
  return `${jsonText(JSON.stringify({ policy: { ...policy, windows }, problems }, null, 2))}\n`;
}
