/** Describes the run of `uv pip compile` that turns a unit's requirements into pins, without building or executing anything. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Invocation } from '../../model/program.ts';
import { sortedUnique } from '../../model/order.ts';
import type { Stated } from './reading.ts';
import { writeRequirement } from './requirement.ts';

/** The file uv writes the pins to, below the private folder. */
export const COMPILED = 'pylock.toml';

export interface CompileRequest {
  readonly requirements: readonly Stated[];
  readonly constraints: readonly Stated[];
  /** Lowest Python to resolve for, `3.12`; absent means that of the interpreter. */
  readonly python?: string;
}

/**
 * The invocation for one unit. Only lines written by us reach uv, so no option, path or URL of the repository does; the
 * interpreter is named, as uv would otherwise run a `.venv/bin/python` it finds. https://docs.astral.sh/uv/pip/compile/
 */
export function compileInvocation(request: CompileRequest, settings: AuditSettings): Invocation {
  return {
    tool: 'uv',
    args: ['pip', 'compile', 'requirements.in', '-c', 'constraints.in', ...fixedArguments(request)],
    files: {
      'requirements.in': writeLines(request.requirements),
      'constraints.in': writeLines(request.constraints.map(withoutExtras)),
    },
    env: uvEnvironment(settings),
    collect: [COMPILED],
    timeoutMs: settings.timeoutMs,
    maxOutputBytes: settings.maxOutputBytes,
    delayMs: 0,
  };
}

/** Asks uv which index it resolves against when nobody names one: it writes it into the head of an empty resolution. */
export function defaultIndexInvocation(settings: AuditSettings): Invocation {
  return {
    tool: 'uv',
    args: ['pip', 'compile', 'requirements.in', '--emit-index-url', '--no-header', ...NEUTRAL],
    files: { 'requirements.in': '' },
    env: uvEnvironment(settings),
    collect: [],
    timeoutMs: settings.timeoutMs,
    maxOutputBytes: settings.maxOutputBytes,
    delayMs: 0,
  };
}

const NEUTRAL = ['--no-config', '--no-build', '--no-python-downloads', '--python', '{python}'];

function fixedArguments({ python }: CompileRequest): readonly string[] {
  const version = python === undefined ? [] : ['--python-version', python];
  return ['--universal', ...NEUTRAL, ...version, '--format', 'pylock.toml', '-o', COMPILED, '-q'];
}

// The index may carry the operator's credentials: in the environment it stays out of the evidence, which keeps argv.
function uvEnvironment({ pythonIndex }: AuditSettings): Readonly<Record<string, string>> {
  const base = { UV_NO_PROGRESS: '1' };
  return pythonIndex === undefined ? base : { ...base, UV_DEFAULT_INDEX: pythonIndex };
}

// uv refuses extras in constraints, and they say nothing there.
function withoutExtras(stated: Stated): Stated {
  return { ...stated, requirement: { ...stated.requirement, extras: [] } };
}

function writeLines(stated: readonly Stated[]): string {
  return sortedUnique(stated.map(({ requirement }) => writeRequirement(requirement)))
    .map((line) => `${line}\n`)
    .join('');
}
