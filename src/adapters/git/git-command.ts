/** Runs one plumbing command of git so that no configuration of the audited repository can execute or fetch anything. */
import { execa } from 'execa';
import { delimiter } from 'node:path';
import type { Variables } from '../lib/host.ts';
import { liesInside } from '../lib/inside.ts';
import { findPrograms, trustedFolders } from '../lib/search-path.ts';

interface GitCommand {
  /** Subcommand and arguments; what comes from outside stands after `--end-of-options` or `--`. */
  readonly args: readonly string[];
  readonly input?: string;
}

/** What a command gave: its output, or why there is none. */
export type GitAnswer =
  | { readonly ok: true; readonly stdout: Uint8Array }
  | { readonly ok: false; readonly missing: boolean; readonly exitCode: number | null; readonly detail: string };

export type RunGit = (command: GitCommand) => Promise<GitAnswer>;

export interface GitPlace {
  /** Real path of the audited folder; git's working directory. */
  readonly root: string;
  /** The operator's variables. */
  readonly variables: Variables;
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

// What the repository's own configuration could use to run a program is overruled: git reads -c last.
const SETTINGS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
].flatMap((setting) => ['-c', setting]);

const NOT_FOUND: GitAnswer = { ok: false, missing: true, exitCode: null, detail: 'git was not found.' };

/** How git is started in a place: the program by its whole path, leading arguments, and the whole environment. */
export interface GitStart {
  readonly program: string;
  readonly leading: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** `null` when there is no git outside the repository. */
export function findGit(place: GitPlace): GitStart | null {
  const folders = trustedFolders(place.variables['PATH'] ?? place.variables['Path'] ?? '', place.root);
  // By its whole path: with an empty PATH the system would look in the working directory, which is the repository.
  const [program] = findPrograms(['git', 'git.exe'], folders, place.root);
  if (program === undefined) return null;
  return { program, leading: ['--no-pager', ...SETTINGS], env: gitEnvironment(place, folders) };
}

/** Prepares git for a place, started as `start` says. Running never rejects. */
export function createGitRunner(place: GitPlace, start = findGit(place)): RunGit {
  if (start === null) return () => Promise.resolve(NOT_FOUND);
  return async ({ args, input = '' }) => {
    const result = await execa(start.program, [...start.leading, ...args], {
      cwd: place.root,
      env: start.env,
      extendEnv: false,
      input,
      encoding: 'buffer',
      reject: false,
      timeout: place.timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: place.maxOutputBytes,
      stripFinalNewline: false,
      windowsHide: true,
    });
    if (!result.failed) return { ok: true, stdout: result.stdout };
    return {
      ok: false,
      missing: result.code === 'ENOENT',
      exitCode: result.exitCode ?? null,
      detail: reasonOf(result),
    };
  };
}

function reasonOf(result: {
  timedOut: boolean;
  isMaxBuffer: boolean;
  stderr: Uint8Array;
  originalMessage?: string | undefined;
}): string {
  if (result.timedOut) return 'it took too long and was ended.';
  if (result.isMaxBuffer) return 'it wrote more than is taken.';
  const said = new TextDecoder().decode(result.stderr).trim();
  return said === '' ? (result.originalMessage ?? 'it said nothing.') : said;
}

/** Nothing named GIT_* is inherited. Grafts, replaced objects and lazy fetches would show what the commit does not hold. */
function gitEnvironment({ root, variables }: GitPlace, folders: readonly string[]): Readonly<Record<string, string>> {
  const inherited = ['SystemRoot', 'USERPROFILE', 'TMPDIR', 'TEMP'].map((name) => [name, variables[name]] as const);
  return {
    ...Object.fromEntries(inherited.filter((pair): pair is [string, string] => pair[1] !== undefined)),
    ...globalConfig(root, variables),
    PATH: folders.join(delimiter),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ASKPASS: 'false',
  };
}

/** The operator's own configuration (it holds safe.directory), unless it lies in the audited repository. */
function globalConfig(root: string, variables: Variables): Readonly<Record<string, string>> {
  const home = variables['HOME'];
  const xdg = variables['XDG_CONFIG_HOME'];
  const trusted = [home, xdg].every((folder) => folder === undefined || !liesInside(root, folder));
  if (!trusted || home === undefined) return { GIT_CONFIG_GLOBAL: '/dev/null' };
  return { HOME: home, ...(xdg === undefined ? {} : { XDG_CONFIG_HOME: xdg }) };
}
