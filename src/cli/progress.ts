/** Progress on stderr: a live list on a terminal, plain lines elsewhere, nothing when quiet. */
import { visible } from '../core/model/text.ts';
import type { OnEvent, RunEvent } from '../pipeline/events.ts';
import type { World } from './world.ts';

export interface Progress {
  readonly onEvent: OnEvent;
  /** Ends the live list, so that what is printed next stands below it. */
  finish(): Promise<void>;
}

/** `quiet` silences progress, never warnings or errors. */
export async function startProgress(world: World, quiet: boolean): Promise<Progress> {
  if (quiet) return { onEvent: () => undefined, finish: () => Promise.resolve() };
  const { liveStderr } = world;
  if (liveStderr === undefined) return { onEvent: (event) => writeLine(world, event), finish: () => Promise.resolve() };
  const { startLiveList } = await import('./live-list.ts');
  return startLiveList(liveStderr);
}

function writeLine(world: World, event: RunEvent): void {
  const line = describeEvent(event);
  if (line !== null) world.stderr.write(`fixby: ${visible(line)}\n`);
}

/** One line for an event, or `null` where a log is better off without. */
export function describeEvent(event: RunEvent): string | null {
  switch (event.kind) {
    case 'discovered':
      return `${event.targets} to audit, ${event.setAside} set aside`;
    case 'audit-finished':
      return `${event.target} · ${event.auditor}: ${event.outcome} after ${(event.durationMs / 1000).toFixed(1)} s`;
    case 'enriching':
      return `looking up ${event.ids} advisories`;
    case 'message':
      return event.text;
    case 'audits-planned':
    case 'tool-started':
      return null;
  }
}
