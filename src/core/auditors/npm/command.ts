/** The command line of npm, with every setting forced that could blind it. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Invocation } from '../../model/program.ts';

// Each of these, set in any configuration npm reads, has been seen to turn a vulnerable tree into "0 vulnerabilities",
// or a fast failure into minutes of silence. https://docs.npmjs.com/cli/v11/using-npm/config
const FORCED = [
  '--json',
  '--no-offline',
  '--no-prefer-offline',
  '--no-global',
  '--package-lock',
  '--no-usage',
  '--no-dry-run',
  '--ignore-scripts',
  '--include=prod',
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--audit-level=info',
  '--cache={workspace}/.cache',
  '--logs-max=0',
  '--loglevel=error',
  '--no-update-notifier',
  '--no-color',
  '--fetch-timeout=60000',
  '--fetch-retries=0',
];

/** `npm audit` over the given files. */
export function auditCommand(files: Readonly<Record<string, string>>, settings: AuditSettings): Invocation {
  const registry = settings.npmRegistry === undefined ? [] : [`--registry=${settings.npmRegistry}`];
  return invoke(['audit', ...FORCED, ...registry], files, settings);
}

/** `npm config get registry`: the registry of the operator's own configuration, whatever the settings name. */
export function registryCommand(settings: AuditSettings): Invocation {
  const quiet = ['--loglevel=error', '--no-update-notifier', '--logs-max=0', '--cache={workspace}/.cache'];
  return invoke(['config', 'get', 'registry', ...quiet], { '.npmrc': '' }, settings);
}

function invoke(args: readonly string[], files: Readonly<Record<string, string>>, settings: AuditSettings): Invocation {
  const { timeoutMs, maxOutputBytes } = settings;
  return { tool: 'npm', args, files, env: {}, collect: [], timeoutMs, maxOutputBytes, delayMs: 0 };
}
