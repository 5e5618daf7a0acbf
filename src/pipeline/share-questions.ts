/** Asks once what several auditors of a run ask: the same resolution by uv, the same package's advisories. */
import type { PackageLookup } from '../core/model/advisory.ts';
import type { InvocationResult } from '../core/model/program.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';
import type { Exec } from '../ports/exec.ts';
import type { ToolPorts } from './ports.ts';

type Shared = Pick<ToolPorts, 'exec' | 'packages'>;

/** The same ports with a memory for one run. Only uv is remembered: it resolves, and says nothing of advisories. */
export function shareQuestions({ exec, packages }: Shared): Shared {
  return { exec: rememberResolutions(exec), packages: rememberPackages(packages) };
}

function rememberResolutions(exec: Exec): Exec {
  const known = new Map<string, Promise<InvocationResult>>();
  return {
    ...exec,
    run: (invocation, tool, signal) => {
      if (invocation.tool !== 'uv') return exec.run(invocation, tool, signal);
      const key = JSON.stringify(invocation);
      const run = known.get(key) ?? exec.run(invocation, tool, signal);
      known.set(key, run);
      return run;
    },
  };
}

function rememberPackages(packages: PackageAdvisories): PackageAdvisories {
  const known = new Map<string, Promise<PackageLookup>>();
  return {
    ...packages,
    forPackages: (ecosystem, names) => {
      const keyOf = (name: string): string => `${ecosystem}\n${name}`;
      const fresh = names.filter((name) => !known.has(keyOf(name)));
      const asked = fresh.length === 0 ? Promise.resolve([]) : packages.forPackages(ecosystem, fresh);
      fresh.forEach((name, index) => known.set(keyOf(name), takeOne(asked, name, index)));
      return Promise.all(names.map((name) => known.get(keyOf(name)) ?? takeOne(asked, name, -1)));
    },
  };
}

/** An answer that is missing is nobody's word. */
async function takeOne(asked: Promise<readonly PackageLookup[]>, name: string, index: number): Promise<PackageLookup> {
  const lookup = (await asked)[index];
  return lookup ?? { status: 'unavailable', name, detail: 'it was not answered for' };
}
