/** Decides which version of a tool is too old to be trusted. */
import semver from 'semver';
import type { ToolName } from '../../core/model/program.ts';
import { visible } from '../../core/model/text.ts';

/** The oldest version that can be asked the way fixby asks, and why an older one cannot. */
export const MINIMUM: Readonly<Record<ToolName | 'python', { readonly version: string; readonly why: string }>> = {
  npm: { version: '8.0.0', why: 'older ones do not write the audit report in its present form' },
  'pip-audit': { version: '2.10.0', why: 'older ones cannot be told which advisory source to ask' },
  uv: { version: '0.8.0', why: 'older ones do not write the final pylock.toml format' },
  python: { version: '3.9.0', why: 'older ones are no longer kept' },
};

/** A sentence about a version that is too old or no version at all, or `undefined` when it will do. */
export function tooOld(tool: ToolName | 'python', version: string): string | undefined {
  const { version: minimum, why } = MINIMUM[tool];
  const read = semver.coerce(version);
  if (read === null) return `it gives no version, only “${visible(version)}”`;
  return semver.lt(read, minimum) ? `it is version ${visible(version)}, and ${minimum} is needed: ${why}` : undefined;
}
