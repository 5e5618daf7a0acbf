/** Hands out reports: files first, so that a reader who sees the first screen can open them. */
import type { RenderOptions, ReportRenderer } from '../core/model/report.ts';
import { openSink } from './compose.ts';
import type { Outputs } from './outputs.ts';
import type { RunOptions } from './run-options.ts';
import { screenWidth } from './world.ts';
import type { World } from './world.ts';

/** Makes the text of one report in one format. */
export type Draw = (renderer: ReportRenderer, look: RenderOptions, format: string) => string;

/** How stdout is written to. */
export function lookOf({ color, verbose }: Pick<RunOptions, 'color' | 'verbose'>, world: World): RenderOptions {
  return { color, width: screenWidth(world.stdout), verbose };
}

/** Rejects with a UsageError when a file cannot be written; stdout is untouched then. */
export async function handOut(
  draw: Draw,
  outputs: Outputs,
  options: Pick<RunOptions, 'color' | 'verbose' | 'dir'>,
  world: World,
): Promise<void> {
  const look = lookOf(options, world);
  const plain = { ...look, color: false, width: 100 };
  const drawing = outputs.files.map(async ({ path, format }) => ({
    path,
    text: draw(await format.load(), plain, format.name),
  }));
  const files = await Promise.all(drawing);
  const written = files.length === 0 ? [] : await openSink(outputs.root, options.dir).write(files);
  const { screen } = outputs;
  world.stdout.write(draw(await screen.load(), { ...look, files: written }, screen.name));
}
