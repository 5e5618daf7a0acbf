/** Finds a Python interpreter that can be trusted: outside the audited repository, and the real one behind any shim. */
import { isAbsolute } from 'node:path';
import type { Operator } from '../lib/operator.ts';
import { liesInside } from '../lib/inside.ts';
import { findPrograms, isExecutable } from '../lib/search-path.ts';
import type { Probe } from './probe.ts';
import { tooOld } from './tool-versions.ts';

/** An interpreter by its own word (`sys.executable`), with its version. */
export interface FoundPython {
  readonly status: 'found';
  readonly path: string;
  readonly version: string;
  readonly origin: 'config' | 'path';
}

export interface MissingPython {
  readonly status: 'missing';
  readonly reason: 'missing' | 'too-old';
  readonly detail: string;
  readonly mend: string;
}

// Isolated mode: neither the working folder nor a PYTHON* variable can add code.
const FACTS = ['-I', '-c', 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])'];
const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/** The configured interpreter, and no other if there is one; else the first on the PATH that is new enough. */
export async function findPython(
  configured: string | undefined,
  operator: Operator,
  probe: Probe,
): Promise<FoundPython | MissingPython> {
  const names = operator.platform === 'win32' ? NAMES.map((name) => `${name}.exe`) : NAMES;
  const files = configured === undefined ? byName(names, operator) : [configured];
  const origin = configured === undefined ? 'path' : 'config';
  const complaints: string[] = [];
  for (const file of files) {
    const answer = await look(file, operator, probe);
    if (typeof answer !== 'string') return { status: 'found', ...answer, origin };
    complaints.push(`${file} cannot be used: ${answer}.`);
  }
  return missing(complaints);
}

/** By name first: any folder's `python3` before any folder's `python`. */
function byName(names: readonly string[], operator: Operator): readonly string[] {
  return names.flatMap((name) => findPrograms([name], operator.folders, operator.repositoryRoot));
}

async function look(
  file: string,
  operator: Operator,
  probe: Probe,
): Promise<{ readonly path: string; readonly version: string } | string> {
  if (!isAbsolute(file)) return 'its path is not absolute';
  if (!isExecutable(file)) return 'it is no program';
  if (liesInside(operator.repositoryRoot, file)) return 'it lies inside the audited repository';
  const [path = '', version = ''] = ((await probe.ask([file, ...FACTS])) ?? '').split(/\r?\n/);
  if (!isAbsolute(path) || !isExecutable(path)) return 'it does not say where its interpreter is';
  if (liesInside(operator.repositoryRoot, path)) return 'its interpreter lies inside the audited repository';
  return tooOld('python', version) ?? { path, version };
}

function missing(complaints: readonly string[]): MissingPython {
  const mend = 'Install Python 3.10 or newer outside the repository, or name one in the configuration.';
  if (complaints.length === 0)
    return { status: 'missing', reason: 'missing', detail: 'No Python was found on the PATH.', mend };
  const reason = complaints.some((text) => text.includes('is needed')) ? 'too-old' : 'missing';
  return { status: 'missing', reason, detail: complaints.join(' '), mend };
}
