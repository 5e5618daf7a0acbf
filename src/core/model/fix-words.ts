/** Words for the ways out of a package that is installed in several versions. */
import type { FixStep } from './finding.ts';
import { excerpt } from './text.ts';

const LONGEST_VERSION = 60;

/** `3.1.2 to 3.1.3, 9.0.5 to 9.0.7`. */
export function describeFixSteps(steps: readonly Pick<FixStep, 'from' | 'version'>[]): string {
  return steps
    .map(({ from, version }) => `${excerpt(from, LONGEST_VERSION)} to ${excerpt(version, LONGEST_VERSION)}`)
    .join(', ');
}
