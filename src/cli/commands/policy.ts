/** `fixby policy`: the policy as understood, with the line each rule came from. */
import { resolve } from 'node:path';
import { describeWindow } from '../../core/model/window-words.ts';
import { visible } from '../../core/model/text.ts';
import type { Setup } from '../../pipeline/setup.ts';
import { readSetup } from '../../pipeline/setup.ts';
import { openRepository, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

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
  const { policy, problems } = setup;
  world.stdout.write(
    options['format'] === 'json' ? `${JSON.stringify({ policy, problems }, null, 2)}\n` : render(setup),
  );
  return options['check'] === true && problems.some(({ code }) => !SETTLED.has(code)) ? EXIT.usage : EXIT.pass;
}

function render({ policy, problems }: Setup): string {
  const rows = policy.windows.map(({ severity, window, file, line, text, note }) => {
    const where = `${file}:${line}`;
    const heard = note === undefined ? '' : ` (${note})`;
    return `${severity.padEnd(9)} ${describeWindow(window).padEnd(24)} ${visible(where)}  "${visible(text)}"${visible(heard)}`;
  });
  const counted = `clock: ${policy.clock} · time zone: ${policy.timeZone} · unknown severity counts as ${policy.unknownAs} · without a fix: ${policy.noFix.rule}`;
  const open = problems.map(({ message, mend }) => `! ${visible(message)}\n  → ${visible(mend)}`);
  return `${[...rows, '', counted, ...open].join('\n')}\n`;
}
