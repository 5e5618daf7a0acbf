/** Runs one tool in a private folder and leaves neither a process nor a file behind, whatever the tool does. */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Invocation, InvocationResult, ToolName } from '../../core/model/program.ts';
import { decodeText } from '../../core/model/text.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Exec } from '../../ports/exec.ts';
import type { FoundTool } from '../../ports/toolchain.ts';
import type { ChildEnd, Children } from '../lib/children.ts';
import type { Environment, PrivateFolders } from '../lib/environment.ts';
import type { Host } from '../lib/host.ts';
import { liesInside } from '../lib/inside.ts';
import { redact } from '../lib/redact.ts';
import { messageOf } from '../lib/message-of.ts';
import { collectFiles, layFiles, recordGroup } from './private-folder.ts';
import type { Collected, PrivateFolder } from './private-folder.ts';
import { openShelter } from './shelter.ts';
import type { Shelter } from './shelter.ts';

export interface ExecOptions {
  /** The whole environment of a tool, given its private folders. */
  readonly environment: (tool: ToolName, folders: PrivateFolders) => Environment;
  /** Where private folders are made; it must lie outside `repositoryRoot`. */
  readonly tempRoot: string;
  readonly repositoryRoot: string;
  /** Tools that run at once; the others wait for their turn. */
  readonly mostAtOnce: number;
  /** The trusted interpreter that `{python}` stands for; `undefined` when there is none. */
  readonly python: () => Promise<string | undefined>;
  readonly children: Children;
  readonly clock: Clock;
  readonly host: Host;
  /** Hears of a private folder that could not be removed. */
  readonly onMessage: (message: string) => void;
}

export interface DisposableExec extends Exec {
  /** Kills every tool and removes every private folder, at once. For the handler of a signal or of exit. */
  disposeAll(): void;
}

type Ending = Pick<InvocationResult, 'status' | 'exitCode' | 'stdout' | 'stderr' | 'files' | 'detail'>;

/** The adapter of ports/exec.ts. */
export function createExec(options: ExecOptions): DisposableExec {
  const shelter = openShelter(options);
  const turn = pLimit(options.mostAtOnce);
  const runNow: Exec['run'] = async (invocation, tool, signal) => {
    const start = options.clock.elapsed();
    const ending = await runSheltered(invocation, tool, signal, shelter, options);
    return {
      ...ending,
      version: tool.version,
      argv: [...tool.command, ...invocation.args].map(redact),
      durationMs: Math.round(options.clock.elapsed() - start),
    };
  };
  return {
    run: async (...asked) => {
      const [{ delayMs }, , signal] = asked;
      await wait(delayMs, signal);
      return turn(() => runNow(...asked));
    },
    disposeAll: () => {
      options.children.killAll();
      shelter.discardAll();
    },
  };
}

async function runSheltered(
  invocation: Invocation,
  tool: FoundTool,
  signal: AbortSignal,
  shelter: Shelter,
  options: ExecOptions,
): Promise<Ending> {
  if (signal.aborted) return withoutOutput('interrupted', 'fixby was told to stop.');
  if (liesInside(options.repositoryRoot, options.tempRoot)) {
    const problem = `The folder for temporary files, ${options.tempRoot}, lies inside the audited repository`;
    return withoutOutput('not-started', `${problem}: set TMPDIR to one outside.`);
  }
  let folder: PrivateFolder | undefined;
  try {
    folder = shelter.make();
    return await runTool(invocation, tool, signal, folder, options);
  } catch (error) {
    return withoutOutput('not-started', `The private folder could not be used: ${messageOf(error)}.`);
  } finally {
    if (folder !== undefined) await shelter.discard(folder);
  }
}

async function runTool(
  invocation: Invocation,
  tool: FoundTool,
  signal: AbortSignal,
  folder: PrivateFolder,
  options: ExecOptions,
): Promise<Ending> {
  layFiles(folder, invocation.files);
  const python = await pythonFor(invocation, options);
  if (python === undefined)
    return withoutOutput('not-started', 'No Python interpreter outside the repository was found.');
  const fill = (text: string) => text.replaceAll('{workspace}', folder.workspace).replaceAll('{python}', python);
  const own = Object.entries(invocation.env).map(([name, value]) => [name, fill(value)] as const);
  const end = await options.children.run({
    command: [...tool.command, ...invocation.args.map(fill)],
    cwd: folder.workspace,
    env: { ...options.environment(invocation.tool, folder), ...Object.fromEntries(own) },
    timeoutMs: invocation.timeoutMs,
    maxOutputBytes: invocation.maxOutputBytes,
    signal,
    folder: folder.root,
    onStarted: (leader) => recordGroup(folder, leader, options.host),
  });
  return toEnding(end, await collectFiles(folder, invocation.collect, invocation.maxOutputBytes));
}

/** The interpreter if the invocation names it, an empty text if it does not, `undefined` if it is needed and missing. */
async function pythonFor(invocation: Invocation, options: ExecOptions): Promise<string | undefined> {
  const named = [...invocation.args, ...Object.values(invocation.env)].some((text) => text.includes('{python}'));
  return named ? options.python() : '';
}

function toEnding(end: ChildEnd, { files, tooLarge }: Collected): Ending {
  const output = {
    exitCode: end.exitCode,
    stdout: decodeText(end.stdout).text,
    stderr: decodeText(end.stderr).text,
    files,
  };
  if (end.status === 'exited' && tooLarge.length > 0) {
    return { ...output, status: 'output-too-large', detail: `It made a file beyond the cap: ${tooLarge.join(', ')}.` };
  }
  return { ...output, status: end.status, detail: end.detail };
}

function withoutOutput(status: 'interrupted' | 'not-started', detail: string): Ending {
  return { status, exitCode: null, stdout: '', stderr: '', files: {}, detail };
}

async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => undefined);
}
