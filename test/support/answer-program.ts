/** Drives a program with values: files come from a record, tool runs from a function. What it asked for is kept. */
import { createHash } from 'node:crypto';
import type { PackageAnswers } from '../../src/core/model/advisory.ts';
import type { Ecosystem } from '../../src/core/model/ecosystem.ts';
import type { EvidenceFile, FileRead } from '../../src/core/model/file.ts';
import type { GitQuestion, GitReply } from '../../src/core/model/git-question.ts';
import type { Invocation, InvocationResult, Program, Step, StepAnswer } from '../../src/core/model/program.ts';

/** The repository as the program sees it: a text, or a `FileRead` for what is not simply a text. Other paths are missing. */
export type FakeFiles = Readonly<Record<string, string | FileRead>>;

export interface ProgramRun<T> {
  readonly value: T;
  readonly steps: readonly Step[];
  /** Every invocation asked for, in order. */
  readonly invocations: readonly Invocation[];
}

/**
 * Runs `program` to its end. `answer` is asked once an invocation; without it, running a tool fails the test. So it is
 * with `reply` and questions about the history, and with `advisories`.
 */
export function answerProgram<T>(
  program: Program<T>,
  files: FakeFiles = {},
  answer: (invocation: Invocation, index: number) => Partial<InvocationResult> = refuse,
  reply: (question: GitQuestion) => GitReply = refuseGit,
  advisories: (ecosystem: Ecosystem, names: readonly string[]) => PackageAnswers = refuseAdvisories,
  report: EvidenceFile | null = null,
): ProgramRun<T> {
  const steps: Step[] = [];
  const invocations: Invocation[] = [];
  let state = program.next();
  while (!state.done) {
    steps.push(state.value);
    const step = state.value;
    state = program.next(
      step.ask === 'git'
        ? { reply: reply(step.question) }
        : step.ask === 'advisories'
          ? { advisories: advisories(step.ecosystem, step.names) }
          : step.ask === 'report'
            ? { report }
            : answerStep(step, files, invocations, answer),
    );
  }
  return { value: state.value, steps, invocations };
}

function answerStep(
  step: Extract<Step, { readonly ask: 'read' | 'run' }>,
  files: FakeFiles,
  invocations: Invocation[],
  answer: (invocation: Invocation, index: number) => Partial<InvocationResult>,
): StepAnswer {
  if (step.ask === 'read') return { files: step.paths.map((path) => readFake(files, path)) };
  const results = step.invocations.map((invocation) => {
    invocations.push(invocation);
    return exited(answer(invocation, invocations.length - 1));
  });
  return { results };
}

function readFake(files: FakeFiles, path: string): FileRead {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (file === undefined) return { status: 'missing', path, detail: 'there is no such file' };
  if (typeof file !== 'string') return file;
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { status: 'ok', path, text: file, encoding: 'utf-8', sha256 };
}

/** A result that ended by itself with exit code 0 and said nothing, with `facts` laid over it. */
export function exited(facts: Partial<InvocationResult>): InvocationResult {
  return {
    status: 'exited',
    exitCode: 0,
    stdout: '',
    stderr: '',
    files: {},
    detail: '',
    version: '1.0.0',
    argv: [],
    durationMs: 1,
    ...facts,
  };
}

function refuseGit(question: GitQuestion): never {
  throw new Error(`the program was not expected to ask git about ${question.about}`);
}

function refuseAdvisories(ecosystem: Ecosystem): never {
  throw new Error(`the program was not expected to ask for advisories of ${ecosystem}`);
}

function refuse(invocation: Invocation): never {
  throw new Error(`the program was not expected to run ${invocation.tool}`);
}
