/** What `audit` and `gate` have in common: read the setup, run the pipeline, hand out the reports. */
import { redactValues } from '../core/evidence/redact-values.ts';
import { addProblems } from '../core/report/add-problems.ts';
import { annotations } from '../core/report/annotations.ts';
import type { Config } from '../core/model/config.ts';
import type { AuditSettings } from '../core/model/auditor.ts';
import type { RunRule } from '../core/judge/judge-run.ts';
import type { RenderOptions, ReportPart, ReportView } from '../core/model/report.ts';
import { UsageError } from '../core/model/problem.ts';
import type { Problem } from '../core/model/problem.ts';
import { checkRepository } from '../pipeline/check.ts';
import type { CheckRequest } from '../pipeline/run.ts';
import { readLedgerEnd } from '../pipeline/gather-evidence.ts';
import { readSetup } from '../pipeline/setup.ts';
import type { Setup } from '../pipeline/setup.ts';
import type { Git } from '../ports/git.ts';
import type { Mirror } from '../ports/mirror.ts';
import { openRepository, openRun, readOperatorFile } from './compose.ts';
import { digestText, ledgerFormat, openLedger } from './compose-ledger.ts';
import { openPromises } from './compose-promises.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { handOut, lookOf } from './hand-out.ts';
import { leaveEvidence, planEvidence } from './leave-evidence.ts';
import { readNotifyChoice } from './notify-choice.ts';
import type { NotifyChoice } from './notify-choice.ts';
import { EVERY_PART, isFolder, neededParts, planOutputs } from './outputs.ts';
import { startProgress } from './progress.ts';
import { readRunOptions } from './run-options.ts';
import type { ImportRequest, RunOptions } from './run-options.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

/** What distinguishes one command from the other. */
export interface CheckHow extends Pick<CheckRequest, 'command'> {
  /** The rule, or what makes it of the repository before anything is audited. */
  readonly rule: RunRule | ((git: Git, asOf: string | undefined) => Promise<RunRule>);
  readonly since?: string;
  /** Whether reports are written even when nobody named a place for them. */
  readonly keepsReports: boolean;
  /** Whether the run is recorded in the ledger; another moment than now never is. */
  readonly remembers?: boolean;
  /** What the view must carry for `take`. */
  readonly parts?: readonly ReportPart[];
  /** Takes the view in place of handing out reports, and gives the exit code. */
  readonly take?: (view: ReportView, look: RenderOptions) => number;
}

/** Runs the check and returns the exit code of its verdict. Throws a UsageError for what cannot be used. */
export async function runCheck(
  world: World,
  dir: string,
  raw: Readonly<Record<string, unknown>>,
  how: CheckHow,
): Promise<number> {
  const options = readRunOptions(world, dir, raw);
  const choice = readNotifyChoice(raw, options.asOf);
  const config = options.configFile === undefined ? undefined : await readOperatorFile(options.configFile);
  const setup = await readSetup(
    { ...(config === undefined ? {} : { config }), ...(how.since === undefined ? {} : { since: how.since }) },
    openRepository(world, options.dir),
  );
  const plan = await planEvidence(world, raw);
  const outputs = await planOutputs(options, setup.config, how.keepsReports, isFolder);
  const progress = await startProgress(world, options.quiet);
  const say = (text: string): void => progress.onEvent({ kind: 'message', text });

  const osvUrl = options.osvUrl ?? setup.config.osv.url;
  const mirrorPath = options.mirror ?? setup.config.mirror.path;
  const mirror = mirrorPath === undefined ? undefined : await openMirrorAt(mirrorPath);
  const remembers = how.remembers === true && options.asOf === undefined;
  const { ports, notes, evidence } = openRun(world, options.dir, setup.config, {
    ...(osvUrl === undefined ? {} : { osvUrl }),
    ...(mirror === undefined ? {} : { mirror }),
    offline: options.offline,
    install: options.install,
    keepsOutputs: plan !== undefined,
    onMessage: say,
  });
  notes.forEach(say);
  const request: CheckRequest = {
    command: how.command,
    rule: typeof how.rule === 'function' ? await how.rule(ports.git, options.asOf) : how.rule,
    setup,
    settings: settingsOf(options, setup.config, osvUrl),
    imports: await Promise.all(options.imports.map((wanted) => readImport(wanted, options.trustImports))),
    remembers,
    offline: options.offline,
    version: VERSION,
    parts: plan === undefined ? (how.parts ?? neededParts(outputs)) : EVERY_PART,
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
    ...(how.since === undefined ? {} : { since: how.since }),
  };
  const ledger = await openLedger(world, options.dir, setup.config.ledger, remembers ? 'append' : 'read');
  // Who takes the view asks about findings alone.
  const promises =
    how.take === undefined ? { ...openPromises(world, options.dir, setup.config), git: ports.git } : null;
  const open = { ...ports, ledger, digest: digestText, promises };
  const [seen, end] = await checkRepository(request, open, progress.onEvent)
    .then(async (view) => [view, plan && (await readLedgerEnd(ledger, ledgerFormat, plan.signer))] as const)
    .finally(async () => {
      await progress.finish();
      await ledger.close();
      await mirror?.close();
    });
  const safe = <T>(value: T): T => (evidence === undefined ? value : redactValues(value, evidence.redact));

  const view = safe(seen);
  if (how.take !== undefined) return how.take(view, lookOf(options, world));
  const untold = safe(await tellOf(view, { choice, config: setup.config, options }, world));
  const told = addProblems(view, untold);
  await handOut((renderer, look) => renderer.render(told, look), outputs, options, world);
  if (world.env['GITHUB_ACTIONS'] === 'true') for (const line of annotations(told)) world.stderr.write(`${line}\n`);
  if (plan !== undefined && evidence !== undefined) {
    const sources = [...setup.sources, ...request.imports.map(importedSource)];
    const remains = { view: told, verbose: options.verbose, sources, ledger: end ?? null };
    await leaveEvidence(world, plan, evidence, { ...remains, quiet: options.quiet, repositoryRoot: options.dir });
  }
  const code = exitCodeOf(view.verdict);
  return choice.required && untold.length > 0 && code === EXIT.pass ? EXIT.unsent : code;
}

/** What kept somebody from being told; nothing where nobody asked for it. */
async function tellOf(
  view: ReportView,
  how: { readonly choice: NotifyChoice; readonly config: Config; readonly options: RunOptions },
  world: World,
): Promise<readonly Problem[]> {
  const { choice, config, options } = how;
  if (!choice.wanted) return [];
  // Loaded only where somebody is told.
  const { planFor, repositoryTitle, tell } = await import('./tell.ts');
  return tell(view, repositoryTitle(config, options.dir, world), planFor(config, world), world, options.quiet);
}

/** What the operator decides about an audit: flags before configuration. */
export function settingsOf(options: RunOptions, config: Config, osvUrl: string | undefined): AuditSettings {
  const { npm, python, audit } = config;
  const npmRegistry = options.registry ?? npm.registry;
  return {
    ...(npmRegistry === undefined ? {} : { npmRegistry }),
    ...(osvUrl === undefined ? {} : { osvUrl }),
    ...(python.index === undefined ? {} : { pythonIndex: python.index }),
    knownRegistries: [...npm.knownRegistries, ...python.knownIndexes],
    acceptedUnaudited: audit.acceptUnaudited,
    timeoutMs: audit.timeoutMs,
    maxOutputBytes: 64 * 1024 * 1024,
    attempts: audit.attempts,
  };
}

/** The store is loaded only where there is one to open. */
export async function openMirrorAt(path: string): Promise<Mirror> {
  const { openMirror } = await import('./compose-mirror-store.ts');
  return openMirror(path);
}

async function readImport(
  { auditor, file, target }: ImportRequest,
  trusted: boolean,
): Promise<CheckRequest['imports'][number]> {
  const read = await readOperatorFile(file);
  if (read.status !== 'ok') {
    throw new UsageError(
      'import-unreadable',
      `${file} cannot be imported: ${read.detail}`,
      'Name the file the auditor wrote.',
    );
  }
  return { auditor, ...(target === undefined ? {} : { target }), report: { file, text: read.text, trusted } };
}

/** A report made elsewhere stands in the evidence where the output of a tool would. */
function importedSource({ report: { file, text } }: CheckRequest['imports'][number]): Setup['sources'][number] {
  return { kind: 'import', file, sha256: digestText(text), text };
}
