/** Tells the repository's own past: every finding its locks ever carried, when it could have been fixed, and when it was. */
import { auditors } from '../core/auditors/registry.ts';
import { traceOccurrences } from '../core/history/occurrences.ts';
import { askAbout } from '../core/history/question.ts';
import type { PackageLookup } from '../core/model/advisory.ts';
import { ECOSYSTEMS, type Ecosystem } from '../core/model/ecosystem.ts';
import type { HistoryView } from '../core/model/history-report.ts';
import type { Policy } from '../core/model/policy.ts';
import type { Problem } from '../core/model/problem.ts';
import type { Release } from '../core/model/release.ts';
import { assembleHistory } from '../core/report/history/assemble.ts';
import type { PackageAdvisories } from '../ports/advisories.ts';
import type { Clock } from '../ports/clock.ts';
import type { Git } from '../ports/git.ts';
import type { History } from '../ports/history.ts';
import type { Histories, PackageName } from './ask-registries.ts';
import { describePast, gatherStated, type StatedPackages } from './describe-past.ts';
import type { OnEvent } from './events.ts';
import { findPastCarriers } from './find-past-carriers.ts';
import { judgePast, type PastCase } from './judge-past.ts';
import { missingAdvisories, rangesOnly, startsUnknown, unreadablePast } from './past-problems.ts';
import { readPast, type Past } from './read-past.ts';

export interface ReplayRequest {
  readonly policy: Policy;
  /** What was met when reading configuration and policy. */
  readonly problems: readonly Problem[];
  /** Only what was there on that day or later is told. UTC ISO-8601. */
  readonly since: string;
  /** The moment that is judged, UTC ISO-8601; absent means now. */
  readonly asOf?: string;
  readonly version: string;
}

export interface ReplayPorts {
  readonly git: Pick<Git, 'state' | 'releases' | 'problems'>;
  readonly history: History;
  readonly advisories: PackageAdvisories;
  readonly clock: Clock;
  /** When versions were published; a package without an answer has fixes without a date. */
  readonly askReleases: (packages: readonly PackageName[]) => Promise<Histories>;
}

/** Never rejects for what git or an advisory source does: what could not be looked at is a problem that blocks. */
export async function replayHistory(
  request: ReplayRequest,
  ports: ReplayPorts,
  onEvent: OnEvent,
): Promise<HistoryView> {
  const generatedAt = ports.clock.now();
  const asOf = request.asOf ?? generatedAt;
  const [reading, state, releases] = await Promise.all([
    readPast(ports.history, auditors, asOf),
    ports.git.state(),
    ports.git.releases(),
  ]);
  const shared = { ...request, asOf, generatedAt, repository: { ...state }, source: ports.advisories.source };
  if (reading.status === 'unknown') {
    return assembleHistory({
      ...shared,
      past: null,
      packages: 0,
      occurrences: [],
      problems: [...request.problems, unreadablePast(reading.problem)],
    });
  }
  const { past } = reading;
  onEvent({ kind: 'message', text: `read ${past.files.length} versions of files in ${past.commits.length} commits` });
  const worlds = await Promise.all(
    ECOSYSTEMS.map((ecosystem) => describeWorld(ecosystem, past, asOf, ports.advisories)),
  );
  const cases = await collectCases(worlds, past, releases, { since: request.since, asOf }, ports);
  const judged = judgePast(cases, past, { policy: request.policy, releases, asOf });
  return assembleHistory({
    ...shared,
    past,
    packages: worlds.reduce((sum, { stated }) => sum + stated.versions.size, 0),
    occurrences: judged.occurrences,
    problems: [
      ...request.problems,
      ...past.problems,
      ...judged.problems,
      ...missingAdvisories(worlds.flatMap(({ lookups }) => lookups)),
      ...rangesOnly(worlds.map(({ stated }) => stated)),
      ...startsUnknown(judged.occurrences),
      ...ports.git.problems(),
    ],
  });
}

/** One ecosystem's past: what was stated, what is known of it, and the findings that makes. */
interface World {
  readonly stated: StatedPackages;
  readonly lookups: readonly PackageLookup[];
  readonly described: ReturnType<typeof describePast>;
}

async function describeWorld(
  ecosystem: Ecosystem,
  past: Past,
  asOf: string,
  advisories: PackageAdvisories,
): Promise<World> {
  const stated = gatherStated(past.files, ecosystem);
  const names = [...stated.versions.keys()];
  const lookups = names.length === 0 ? [] : await advisories.forPackages(ecosystem, names);
  return { stated, lookups, described: describePast(ecosystem, stated, lookups, advisories.source, asOf) };
}

async function collectCases(
  worlds: readonly World[],
  past: Past,
  releases: readonly Release[],
  { since, asOf }: { readonly since: string; readonly asOf: string },
  ports: ReplayPorts,
): Promise<readonly PastCase[]> {
  const merged = worlds.flatMap(({ described }) => described.merged);
  const findings = worlds.flatMap(({ described }) => described.findings);
  const questions = merged.map((finding) => askAbout(finding.key, finding, { trustRanges: false }));
  const occurrences = traceOccurrences(past.commits, past.world, questions).filter(({ target, end }) => {
    const ended = end === undefined ? undefined : (past.dates[end.commit]?.at ?? undefined);
    return !target.startsWith('/') && (ended === undefined || ended >= since);
  });
  const byKey = new Map(questions.map((question, index) => [question.id, index]));
  const cut = releases.filter(({ at }) => at <= asOf);
  const [carriersOf, histories] = await Promise.all([
    findPastCarriers(past, cut, ports.history),
    ports.askReleases(occurrences.flatMap(({ question }) => merged[byKey.get(question) ?? -1] ?? [])),
  ]);
  return occurrences.flatMap((occurrence) => {
    const index = byKey.get(occurrence.question) ?? -1;
    const [flaw, finding, question] = [merged[index], findings[index], questions[index]];
    if (flaw === undefined || finding === undefined || question === undefined) return [];
    return [{ occurrence, flaw, finding, carriedBy: carriersOf(occurrence, question), releases: histories(flaw) }];
  });
}
