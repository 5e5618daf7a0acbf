/** `fixby doctor`: what would run on this machine, and what mends what is missing. */
import { resolve } from 'node:path';
import { loadConfig } from '../../pipeline/setup.ts';
import { visible } from '../../core/model/text.ts';
import { describeMachine, openRepository, openRun, readOperatorFile } from '../compose.ts';
import type { MachineDescription } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

/** 0 when an audit could run, 3 when a tool is missing. `--prepare` makes the managed environment; otherwise nothing is changed. */
export async function runDoctor(
  world: World,
  dir: string,
  options: Readonly<Record<string, unknown>>,
): Promise<number> {
  const root = resolve(world.cwd, dir);
  const { files } = openRepository(world, root);
  const named = options['config'];
  const request = typeof named === 'string' ? { config: await readOperatorFile(resolve(world.cwd, named)) } : {};
  const config = await loadConfig(request, (path) => files.read(path));
  const run = openRun(world, root, config, {
    offline: false,
    install: options['prepare'] === true,
    onMessage: (message) => world.stderr.write(`fixby: ${visible(message)}\n`),
  });
  const machine = await describeMachine(run);
  world.stdout.write(options['format'] === 'json' ? `${JSON.stringify(machine, null, 2)}\n` : render(machine));
  return machine.tools.every(({ status }) => status === 'found') ? EXIT.pass : EXIT.inconclusive;
}

function render({ tools, git, notes }: MachineDescription): string {
  const lines = tools.map((tool) =>
    tool.status === 'found'
      ? `✔ ${tool.tool.padEnd(10)} ${tool.version.padEnd(9)} ${tool.command.join(' ')} (${tool.origin})`
      : `✖ ${tool.tool.padEnd(10)} ${tool.detail}\n  → ${tool.mend}`,
  );
  const history = git.known
    ? `✔ git        history can be read${git.shallow ? ', but the clone is shallow: older dates are not known' : ''}`
    : `? git        ${git.detail}`;
  return `${[...lines, history, ...notes.map((note) => `! ${note}`)].map(keepArrow).join('\n')}\n`;
}

/** Foreign text is made visible line by line; the lines are ours. */
function keepArrow(block: string): string {
  return block
    .split('\n')
    .map((line) => (line.startsWith('  ') ? `  ${visible(line)}` : visible(line)))
    .join('\n');
}
