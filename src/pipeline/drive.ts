/** Runs a program of the pure core: answers each step it yields through the ports. */
import type { PackageAnswers } from '../core/model/advisory.ts';
import type { ToolRun } from '../core/model/audit.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { EvidenceFile } from '../core/model/file.ts';
import type { GitQuestion } from '../core/model/git-question.ts';
import type { Invocation, InvocationResult, Program, Step, StepAnswer } from '../core/model/program.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';
import type { Exec } from '../ports/exec.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { Toolchain } from '../ports/toolchain.ts';

export interface Stage {
  readonly files: Pick<Files, 'read'>;
  readonly exec: Exec;
  readonly toolchain: Toolchain;
  readonly packages: PackageAdvisories;
  readonly signal: AbortSignal;
  /** Told of each tool run as it ends. */
  readonly onRun: (run: ToolRun) => void;
  readonly onTool: (tool: string) => void;
  /** Waited for, with everything a tool was given and gave. */
  readonly onExchange?: (invocation: Invocation, result: InvocationResult) => Promise<void>;
  /** Waited for, with what the advisory source said of packages. */
  readonly onAnswers?: (ecosystem: Ecosystem, answers: PackageAnswers) => Promise<void>;
}

/** Drives `program` to its end. Rejects only when the program itself throws: that is a bug. */
export async function drive<T>(program: Program<T>, stage: Stage): Promise<T> {
  let step = program.next();
  while (step.done !== true) step = program.next(await answer(step.value, stage));
  return step.value;
}

/** Drives a program that only reads. */
export async function driveReading<T>(program: Program<T>, files: Pick<Files, 'read'>): Promise<T> {
  let step = program.next();
  while (step.done !== true) {
    if (step.value.ask !== 'read') throw new TypeError('a reading program asked for a tool');
    step = program.next(await readAll(step.value.paths, files));
  }
  return step.value;
}

/** Drives a program that reads files and asks about the history, and perhaps for a report. */
export async function driveInspecting<T>(program: Program<T>, ports: Inspection): Promise<T> {
  let step = program.next();
  while (step.done !== true) {
    step = program.next(await inspect(step.value, ports));
  }
  return step.value;
}

export interface Inspection {
  readonly files: Pick<Files, 'read'>;
  readonly git: Pick<Git, 'answer'>;
  /** A report of an audit; absent where there is none. */
  readonly report?: () => Promise<EvidenceFile>;
}

async function inspect(step: Step, { files, git, report }: Inspection): Promise<StepAnswer> {
  switch (step.ask) {
    case 'read':
      return readAll(step.paths, files);
    case 'git':
      return answerGit(step.question, git);
    case 'report':
      return { report: (await report?.()) ?? null };
    default:
      throw new TypeError(`an inspecting program asked for ${step.ask}`);
  }
}

async function answerGit(question: GitQuestion, git: Pick<Git, 'answer'>): Promise<StepAnswer> {
  return { reply: await git.answer(question) };
}

async function answer(step: Step, stage: Stage): Promise<StepAnswer> {
  if (step.ask === 'git' || step.ask === 'report') throw new TypeError(`an auditing program asked for ${step.ask}`);
  if (step.ask === 'read') return readAll(step.paths, stage.files);
  if (step.ask === 'advisories') return { advisories: await askPackages(step.ecosystem, step.names, stage) };
  return { results: await Promise.all(step.invocations.map((invocation) => run(invocation, stage))) };
}

async function askPackages(
  ecosystem: Ecosystem,
  names: readonly string[],
  { packages, onAnswers }: Pick<Stage, 'packages' | 'onAnswers'>,
): Promise<PackageAnswers> {
  const lookups = await packages.forPackages(ecosystem, names);
  const answers = { lookups, source: packages.source, age: packages.age(ecosystem) };
  await onAnswers?.(ecosystem, answers);
  return answers;
}

async function readAll(paths: readonly string[], files: Pick<Files, 'read'>): Promise<StepAnswer> {
  return { files: await Promise.all(paths.map((path) => files.read(path))) };
}

async function run(invocation: Invocation, stage: Stage): Promise<InvocationResult> {
  const tool = await stage.toolchain.find(invocation.tool);
  if (tool.status === 'missing') return notThere(tool.detail, tool.mend);
  stage.onTool(invocation.tool);
  const result = await stage.exec.run(invocation, tool, stage.signal);
  const { version, argv, exitCode, durationMs } = result;
  stage.onRun({ tool: invocation.tool, version, argv, exitCode, durationMs });
  await stage.onExchange?.(invocation, result);
  return result;
}

function notThere(detail: string, mend: string): InvocationResult {
  return {
    status: 'tool-missing',
    exitCode: null,
    stdout: '',
    stderr: '',
    files: {},
    detail: `${detail} ${mend}`.trim(),
    version: '',
    argv: [],
    durationMs: 0,
  };
}
