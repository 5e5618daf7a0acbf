/**
 * Programs: how the pure core asks for the world. A program is a generator that yields what it wants read or run and
 * is resumed with the answers, so it can adapt (retry, split, fall back) without touching a file or a process itself.
 */
import type { PackageAnswers } from './advisory.ts';
import type { Ecosystem } from './ecosystem.ts';
import type { EvidenceFile, FileRead } from './file.ts';
import type { GitQuestion, GitReply } from './git-question.ts';

export type ToolName = 'npm' | 'pip-audit' | 'uv';

/** One run of one tool in a fresh private folder that is removed afterwards. */
export interface Invocation {
  readonly tool: ToolName;
  /** Arguments after the program. `{workspace}` stands for the private folder, `{python}` for the trusted interpreter. */
  readonly args: readonly string[];
  /** Files laid into the private folder first, by posix path below it. */
  readonly files: Readonly<Record<string, string>>;
  /** Variables set on top of the scrubbed environment; the same placeholders apply. */
  readonly env: Readonly<Record<string, string>>;
  /** Files to hand back from the private folder. */
  readonly collect: readonly string[];
  readonly timeoutMs: number;
  /** Cap for stdout and stderr each. */
  readonly maxOutputBytes: number;
  /** How long to wait before starting: the back-off of a retry. */
  readonly delayMs: number;
}

/** What became of an invocation: one shape whether it went well or not. */
export interface InvocationResult {
  readonly status:
    'exited' | 'signaled' | 'timed-out' | 'output-too-large' | 'not-started' | 'tool-missing' | 'interrupted';
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The collected files that exist. */
  readonly files: Readonly<Record<string, string>>;
  /** For `not-started` and `tool-missing`: what stood in the way and what mends it. */
  readonly detail: string;
  /** The tool as found; empty when it was not. */
  readonly version: string;
  readonly argv: readonly string[];
  readonly durationMs: number;
}

export type Step =
  | { readonly ask: 'read'; readonly paths: readonly string[] }
  | { readonly ask: 'run'; readonly invocations: readonly Invocation[] }
  | { readonly ask: 'git'; readonly question: GitQuestion }
  | { readonly ask: 'report' }
  | { readonly ask: 'advisories'; readonly ecosystem: Ecosystem; readonly names: readonly string[] };

export type StepAnswer =
  | { readonly files: readonly FileRead[] }
  | { readonly results: readonly InvocationResult[] }
  | { readonly reply: GitReply }
  | { readonly report: EvidenceFile | null }
  | { readonly advisories: PackageAnswers };

/** A generator that ends with `T`. Whoever drives it answers each step with the matching answer, in order. */
export type Program<T> = Generator<Step, T, StepAnswer>;

/** Asks for files of the repository; the answers come in the order of `paths`. */
export function* readFiles(paths: readonly string[]): Program<readonly FileRead[]> {
  const answer = yield { ask: 'read', paths };
  if (!('files' in answer)) throw new TypeError('a read step was answered with results');
  return answer.files;
}

/** Asks for one file of the repository. */
export function* readFile(path: string): Program<FileRead> {
  const [file] = yield* readFiles([path]);
  if (file === undefined) throw new TypeError(`a read of ${path} was not answered`);
  return file;
}

/** Asks for tools to be run side by side; the answers come in the order of `invocations`. */
export function* runTools(invocations: readonly Invocation[]): Program<readonly InvocationResult[]> {
  const answer = yield { ask: 'run', invocations };
  if (!('results' in answer)) throw new TypeError('a run step was answered with files');
  return answer.results;
}

/** Asks for every advisory of packages; `names` are normalized and distinct, the answers come in their order. */
export function* askAdvisories(ecosystem: Ecosystem, names: readonly string[]): Program<PackageAnswers> {
  const answer = yield { ask: 'advisories', ecosystem, names };
  if (!('advisories' in answer)) throw new TypeError('a question for advisories was answered amiss');
  return answer.advisories;
}

/** Asks about the history. A reply is about what was asked, or `unknown`. */
export function* askGit<Q extends GitQuestion>(
  question: Q,
): Program<Extract<GitReply, { readonly about: Q['about'] | 'unknown' }>> {
  const answer = yield { ask: 'git', question };
  if (!('reply' in answer) || !isAbout(answer.reply, question)) throw new TypeError('a git step was answered amiss');
  return answer.reply;
}

/** Asks for a report of an audit (`fixby.report/v1`); `null` when there is none. */
export function* askReport(): Program<EvidenceFile | null> {
  const answer = yield { ask: 'report' };
  if (!('report' in answer)) throw new TypeError('a question for the report was answered amiss');
  return answer.report;
}

function isAbout<Q extends GitQuestion>(
  reply: GitReply,
  question: Q,
): reply is Extract<GitReply, { readonly about: Q['about'] | 'unknown' }> {
  return reply.about === question.about || reply.about === 'unknown';
}

/** Asks for one tool to be run. */
export function* runTool(invocation: Invocation): Program<InvocationResult> {
  const [result] = yield* runTools([invocation]);
  if (result === undefined) throw new TypeError(`a run of ${invocation.tool} was not answered`);
  return result;
}
