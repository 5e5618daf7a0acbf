/** Finds the version of a `pip-audit` or `uv`, and the shortest way to start it. */
import { readdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { liesInside } from '../lib/inside.ts';
import { isExecutable } from '../lib/search-path.ts';
import { judge, reject } from './inspection.ts';
import type { Inspection } from './inspection.ts';
import { readShebang } from './probe.ts';
import type { Probe } from './probe.ts';

/**
 * Looks at a `pip-audit`. Starting it takes a second, so the version is read from the environment of the interpreter in
 * its first line; only where that does not tell (a shim, a distribution's own layout) is it asked.
 */
export async function inspectPipAudit(file: string, probe: Probe, repositoryRoot: string): Promise<Inspection> {
  const interpreter = interpreterOf(file);
  if (interpreter !== undefined && liesInside(repositoryRoot, interpreter)) {
    return reject(file, 'its interpreter lies inside the audited repository');
  }
  const installed = interpreter === undefined ? undefined : installedVersion(interpreter, 'pip_audit');
  if (interpreter !== undefined && installed !== undefined) {
    return judge('pip-audit', file, [interpreter, '-I', '-B', '-m', 'pip_audit'], installed);
  }
  const version = /^pip-audit (\S+)/.exec((await probe.ask([file, '--version'])) ?? '')?.[1];
  if (version === undefined) return reject(file, 'it does not tell its version when started in a clean environment');
  return judge('pip-audit', file, [file], version);
}

/** Looks at a `uv`: a native program that starts in no time. */
export async function inspectUv(file: string, probe: Probe): Promise<Inspection> {
  const version = /^uv (\S+)/.exec((await probe.ask([file, '--version'])) ?? '')?.[1];
  return version === undefined ? reject(file, 'it does not tell its version') : judge('uv', file, [file], version);
}

/** The version of a distribution in the environment an interpreter belongs to, from its `dist-info` folder's name. */
export function installedVersion(interpreter: string, distribution: string): string | undefined {
  const prefix = dirname(dirname(interpreter));
  const library = join(prefix, 'lib');
  const places = [
    join(prefix, 'Lib', 'site-packages'),
    ...entries(library)
      .filter((name) => /^python3\.\d+$/.test(name))
      .map((name) => join(library, name, 'site-packages')),
  ];
  const versions = places.flatMap(entries).flatMap((name) => {
    const match = /^(.+)-([^-]+)\.dist-info$/.exec(name);
    return match?.[1]?.toLowerCase() === distribution && match[2] !== undefined ? [match[2]] : [];
  });
  // Two of them mean an environment shared by two Pythons: only the program itself knows.
  return versions.length === 1 ? versions[0] : undefined;
}

function interpreterOf(file: string): string | undefined {
  const program = readShebang(file)?.trim();
  if (program === undefined || !isAbsolute(program) || !/^python[\d.]*$/.test(basename(program))) return undefined;
  return isExecutable(program) ? program : undefined;
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
