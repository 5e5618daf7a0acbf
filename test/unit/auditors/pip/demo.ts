/** A small Python world for tests: targets, settings, and stand-in answers of uv and pip-audit. */
import { pipAudit } from '../../../../src/core/auditors/pip/index.ts';
import type { AuditAnswer } from '../../../../src/core/model/audit.ts';
import type { AuditSettings } from '../../../../src/core/model/auditor.ts';
import type { Inventory } from '../../../../src/core/model/inventory.ts';
import type { Invocation, InvocationResult } from '../../../../src/core/model/program.ts';
import type { SourceKind, Target } from '../../../../src/core/model/target.ts';
import { answerProgram, type FakeFiles, type ProgramRun } from '../../../support/answer-program.ts';

export const SETTINGS: AuditSettings = {
  knownRegistries: [],
  osvUrl: 'http://osv.test',
  acceptedUnaudited: [],
  timeoutMs: 1000,
  maxOutputBytes: 1000,
  attempts: 3,
};

/** A target of the repository's own folder; the kind follows from each file's name. */
export function targetOf(...paths: readonly string[]): Target {
  return { path: '.', ecosystem: 'PyPI', sources: paths.map((path) => ({ path, kind: kindOf(path) })) };
}

function kindOf(path: string): SourceKind {
  if (path.endsWith('uv.lock')) return 'uv-lock';
  if (path.endsWith('pyproject.toml')) return 'pyproject';
  return path.endsWith('.toml') ? 'pylock' : 'requirements';
}

export type UvAnswer = (lines: readonly string[], invocation: Invocation) => Partial<InvocationResult>;
export type PipAuditAnswer = (asked: readonly Package[], invocation: Invocation) => Partial<InvocationResult>;

/** What the tools answer; the defaults are a uv that resolves to its own input's pins and a source with no news. */
export interface Answers {
  readonly uv?: UvAnswer;
  readonly pipAudit?: PipAuditAnswer;
  readonly defaultIndex?: string;
}

export interface Package {
  readonly name: string;
  readonly version: string;
}

export function audit(
  files: FakeFiles,
  answers: Answers = {},
  settings: Partial<AuditSettings> = {},
  target = targetOf(...Object.keys(files)),
): ProgramRun<AuditAnswer> {
  const program = pipAudit.audit(target, { ...SETTINGS, ...settings });
  return answerProgram(program, files, (invocation) => answerTool(invocation, answers));
}

export function readInventory(files: FakeFiles, target = targetOf(...Object.keys(files))): Inventory {
  return answerProgram(pipAudit.readInventory(target), files).value;
}

function answerTool(invocation: Invocation, answers: Answers): Partial<InvocationResult> {
  if (invocation.args.includes('--emit-index-url')) {
    return answers.defaultIndex === undefined ? {} : { stdout: `--index-url ${answers.defaultIndex}\n` };
  }
  if (invocation.tool === 'uv') return (answers.uv ?? resolveExact)(linesOf(invocation), invocation);
  return (answers.pipAudit ?? reportOn({}))(askedIn(invocation), invocation);
}

function linesOf(invocation: Invocation): readonly string[] {
  return (invocation.files['requirements.in'] ?? '').split('\n').filter((line) => line !== '');
}

/** A uv that gives every line its pinned version, and `9.9` where there is a range. */
export function resolveExact(lines: readonly string[]): Partial<InvocationResult> {
  return resolveTo(
    ...lines.map((line) => {
      const [name = '', version = '9.9'] = (line.split(/[ ;]/)[0] ?? '').replace(/\[.*\]/, '').split('==');
      return { name: name.replace(/[<>=~!].*/, ''), version };
    }),
  );
}

/** A uv that resolves to these packages, for Python 3.11. */
export function resolveTo(...packages: readonly Package[]): Partial<InvocationResult> {
  const entries = packages.map(({ name, version }) => `[[packages]]\nname = "${name}"\nversion = "${version}"\n`);
  return { files: { 'pylock.toml': `lock-version = "1.0"\nrequires-python = ">=3.11"\n${entries.join('')}` } };
}

/** A uv that fails with these words. */
export function unresolvable(stderr: string): Partial<InvocationResult> {
  return { exitCode: 1, stderr: `error: No solution found when resolving dependencies\n  cause: ${stderr}\n` };
}

/** What pip-audit was asked about, the canary included. */
function askedIn(invocation: Invocation): readonly Package[] {
  return Object.values(invocation.files).flatMap((text) =>
    [...text.matchAll(/name = "(.*)"\nversion = "(.*)"/g)].map(([, name = '', version = '']) => ({ name, version })),
  );
}

export interface Vulnerability {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly fix_versions?: readonly string[];
  readonly description?: string;
}

const CANARY = 'pycrypto@2.6.1';

/** A pip-audit that reports these vulnerabilities by `name@version`, and the canary's. */
export function reportOn(
  news: Readonly<Record<string, readonly Vulnerability[]>>,
  canary: readonly Vulnerability[] = [{ id: 'PYSEC-2017-94' }],
): (asked: readonly Package[]) => Partial<InvocationResult> {
  const known: Readonly<Record<string, readonly Vulnerability[]>> = { [CANARY]: canary, ...news };
  return (asked) => {
    const dependencies = asked.map(({ name, version }) => ({
      name,
      version,
      vulns: known[`${name}@${version}`] ?? [],
    }));
    return { exitCode: 1, stdout: JSON.stringify({ dependencies, fixes: [] }) };
  };
}

/** A pip-audit that ends with a Python traceback of this last line. */
export function traceback(last: string): Partial<InvocationResult> {
  return { exitCode: 1, stderr: `Traceback (most recent call last):\n  File "osv.py", line 1, in query\n${last}\n` };
}
