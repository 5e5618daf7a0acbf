/** Finds the registry that npm audits ask, for whoever asks it something else. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { PackageSourceAnswer } from '../../model/package-releases.ts';
import { type Program, runTool } from '../../model/program.ts';
import { concludeSource } from '../lib/package-source.ts';
import { registryCommand } from './command.ts';

/** The registry the settings name, else that of npm's own trusted configuration: npm itself is asked. */
export function* findNpmSource(settings: AuditSettings): Program<PackageSourceAnswer> {
  if (settings.npmRegistry !== undefined) return concludeSource('npm', settings.npmRegistry, false);
  const result = yield* runTool(registryCommand(settings));
  const said = result.status === 'exited' && result.exitCode === 0 ? result.stdout.trim() : '';
  return concludeSource('npm', said, true);
}
