/** Puts an event of a run into words. */
import type { RunEvent } from '../pipeline/events.ts';

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
