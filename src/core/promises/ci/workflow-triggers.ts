/** Reads what a GitHub Actions workflow runs on. */
import { cronPeriod } from '../period.ts';
import type { Trigger } from './scan-step.ts';
import type { Events } from './workflow-schema.ts';

/** One a event, and one a line of its schedule. */
export function readTriggers(on: Events): readonly Trigger[] {
  if (Array.isArray(on)) return on.map((event) => ({ event: eventOf(event) }));
  return Object.entries(on).flatMap(([name, details]): readonly Trigger[] => {
    if (name === 'schedule') return (Array.isArray(details) ? details : []).map(({ cron }) => scheduled(cron ?? ''));
    // Tags are how most projects start a release.
    const tagged = name === 'push' && typeof details === 'object' && details !== null && 'tags' in details;
    const filtered = typeof details === 'object' && details !== null && !Array.isArray(details) && isFiltered(details);
    return [
      { event: eventOf(name), ...(filtered ? { filtered } : {}) },
      ...(tagged ? [{ event: 'release' } as const] : []),
    ];
  });
}

function scheduled(cron: string): Trigger {
  const days = cronPeriod(cron);
  return { event: 'schedule', ...(days === null ? {} : { days }) };
}

function isFiltered(details: object): boolean {
  return 'paths' in details || 'paths-ignore' in details || !reachesMain(details);
}

/** Whether a filter of branches lets the one pass that work goes to, as far as its name tells. */
function reachesMain(details: object): boolean {
  const branches = 'branches' in details ? details.branches : undefined;
  const names = Array.isArray(branches) ? branches.map(String) : typeof branches === 'string' ? [branches] : null;
  if (names !== null)
    return names.some((name) => /^(?:main|master|trunk|dev|develop|development|default|\*+|.*\$.*)$/.test(name));
  return !('tags' in details);
}

function eventOf(name: string): Trigger['event'] {
  switch (name) {
    case 'push':
    case 'schedule':
    case 'release':
      return name;
    case 'pull_request':
    case 'pull_request_target':
    case 'merge_group':
      return 'pull_request';
    case 'workflow_dispatch':
    case 'repository_dispatch':
    case 'workflow_call':
      return 'by-hand';
    default:
      return 'other';
  }
}
