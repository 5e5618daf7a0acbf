/** Gathers what the files and git of a repository say, for promises to be held against. */
import { sortedUnique } from '../core/model/order.ts';
import type { Problem } from '../core/model/problem.ts';
import type { PromiseFacts } from '../core/model/promise.ts';
import { isPromisePath } from '../core/promises/promise-paths.ts';
import { isSecretPath } from '../core/promises/secret-files.ts';
import type { Git } from '../ports/git.ts';
import { findTargets } from './find-targets.ts';
import type { PromisePorts } from './ports.ts';
import { readStatedPackages } from './stated-packages.ts';

export interface GatheredFacts {
  /** Folders that were not read: what is promised may be broken there. */
  readonly unread: readonly Problem[];
  readonly facts: Omit<PromiseFacts, 'now' | 'reportedWindows' | 'advisories' | 'advisoriesUnavailable'>;
}

/** `deep` searches the whole history for secrets. Never rejects: what could not be seen is said. */
export async function gatherFacts(deep: boolean, ports: PromisePorts): Promise<GatheredFacts> {
  const [found, listed, checkout] = await Promise.all([
    findTargets(ports, () => undefined),
    ports.promiseFiles.list(),
    readCheckout(ports.git),
  ]);
  const { targets, setAside } = found;
  const own = listed.entries.filter(({ kind, excludedBy }) => kind === 'file' && excludedBy === undefined);
  const sources = [...targets, ...setAside].flatMap((each) => each.sources);
  const tracked = (checkout.checkout?.tracked ?? []).filter((path) => isPromisePath(path) || isBesideManifest(path));
  return {
    unread: blockingOnce([...found.problems, ...listed.problems]),
    facts: {
      targets,
      setAside,
      stated: await readStatedPackages(found, ports.files),
      paths: sortedUnique([...own, ...sources].map(({ path }) => path).concat(tracked)),
      ...checkout,
      ...(deep ? { pastSecrets: await ports.git.everAdded(isSecretPath) } : {}),
    },
  };
}

/** Two walks meet the same folders. */
function blockingOnce(problems: readonly Problem[]): readonly Problem[] {
  const blocking = problems.filter(({ blocks }) => blocks);
  return [...new Map(blocking.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}

/** What updaters may find where no auditor looks, such as the YAML of a cluster. */
function isBesideManifest(path: string): boolean {
  return /\.ya?ml$|(?:^|\/)package\.json$/.test(path);
}

/** Where git could not look at all: what it gave is then no answer. */
const UNSEEN = new Set(['git-missing', 'git-no-checkout', 'git-refused', 'git-failed']);

async function readCheckout(git: Git): Promise<Pick<PromiseFacts, 'checkout' | 'checkoutUnknown'>> {
  const [state, tracked, releases] = await Promise.all([git.state(), git.trackedFiles(), git.releases()]);
  const checkoutUnknown = git.problems().find(({ code }) => UNSEEN.has(code));
  if (checkoutUnknown !== undefined) return { checkout: null, checkoutUnknown };
  return { checkout: { tracked, releases, committed: state !== null, shallow: state?.shallow === true } };
}
