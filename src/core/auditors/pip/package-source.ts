/** Finds the index that Python ranges are resolved against, for whoever asks it something else. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { PackageSourceAnswer } from '../../model/package-releases.ts';
import { type Program, runTool } from '../../model/program.ts';
import { concludeSource } from '../lib/package-source.ts';
import { defaultIndexInvocation } from './uv-compile.ts';

/**
 * The index the settings name, else the operator's, else uv's default. uv tells the last two: it writes the index it uses,
 * credentials included, into the head of a resolution, and that of nothing costs no request.
 */
export function* findPythonSource(settings: AuditSettings): Program<PackageSourceAnswer> {
  if (settings.pythonIndex !== undefined) return concludeSource('uv', settings.pythonIndex, false);
  return concludeSource('uv', (yield* askDefaultIndex(settings)) ?? '', true);
}

/** The index uv uses when nobody names one; absent when it does not say. */
export function* askDefaultIndex(settings: AuditSettings): Program<string | undefined> {
  const { stdout } = yield* runTool(defaultIndexInvocation(settings));
  return /^--(?:index-url|default-index) (\S+)$/m.exec(stdout)?.[1];
}
