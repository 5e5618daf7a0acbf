/** Asks once what is asked several times in a run: the same resolution by uv, the same package's advisories, the same record. */
import type { AdvisoryLookup, PackageLookup } from '../core/model/advisory.ts';
import type { Ecosystem } from '../core/model/ecosystem.ts';
import type { InvocationResult } from '../core/model/program.ts';
import type { Advisories, PackageAdvisories } from '../ports/advisories.ts';
import type { Exec } from '../ports/exec.ts';
import type { ToolPorts } from './ports.ts';

type Shared = Pick<ToolPorts, 'exec' | 'packages'>;

/** The same ports with a memory for one run. Only uv is remembered: it resolves, and says nothing of advisories. */
export function shareQuestions({ exec, packages }: Shared): Shared {
  return { exec: rememberResolutions(exec), packages: rememberPackages(packages) };
}

/** The same source with a memory for one run, so that it can be asked before the last auditor has answered. */
export function rememberRecords(advisories: Advisories): Advisories {
  const lookUp = askEachOnce<AdvisoryLookup>(
    (ids) => advisories.lookUp(ids),
    (id) => ({ status: 'unavailable', id, detail: NOT_ANSWERED }),
  );
  return { ...advisories, lookUp };
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
  const askOf = (ecosystem: Ecosystem): PackagesOf =>
    askEachOnce<PackageLookup>(
      (names) => packages.forPackages(ecosystem, names),
      (name) => ({ status: 'unavailable', name, detail: NOT_ANSWERED }),
    );
  const ask: Readonly<Record<Ecosystem, PackagesOf>> = { npm: askOf('npm'), PyPI: askOf('PyPI') };
  return { ...packages, forPackages: (ecosystem, names) => ask[ecosystem](names) };
}

type PackagesOf = (names: readonly string[]) => ReturnType<PackageAdvisories['forPackages']>;

const NOT_ANSWERED = 'it was not answered for';

/** `ask` without what it was asked before; an answer that is missing is nobody's word. */
function askEachOnce<T>(
  ask: (keys: readonly string[]) => Promise<readonly T[]>,
  unanswered: (key: string) => T,
): (keys: readonly string[]) => Promise<readonly T[]> {
  const known = new Map<string, Promise<T>>();
  return (keys) => {
    const fresh = keys.filter((key) => !known.has(key));
    const asked = fresh.length === 0 ? Promise.resolve([]) : ask(fresh);
    fresh.forEach((key, index) =>
      known.set(
        key,
        asked.then((answers) => answers[index] ?? unanswered(key)),
      ),
    );
    return Promise.all(keys.map((key) => known.get(key) ?? unanswered(key)));
  };
}
