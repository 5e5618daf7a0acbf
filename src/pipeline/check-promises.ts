/** Holds a repository to the promises of its policy documents: gathers what is known, and drives the checks. */
import { judgePromises, type PolicyDocument } from '../core/promises/judge-promises.ts';
import { readPassages } from '../core/promises/passages.ts';
import { isPromisePath } from '../core/promises/promise-paths.ts';
import { isSecretPath } from '../core/promises/secret-files.ts';
import { readPolicy } from '../core/policy/read-policy.ts';
import { sortedUnique } from '../core/model/order.ts';
import { UsageError, type Problem } from '../core/model/problem.ts';
import type { Config } from '../core/model/config.ts';
import type { FileRead } from '../core/model/file.ts';
import type { PolicyWindow } from '../core/model/policy.ts';
import type { CheckoutFacts, EvidenceFile, PromiseFacts } from '../core/model/promise.ts';
import type { PromiseReport } from '../core/model/promise-report.ts';
import type { Git } from '../ports/git.ts';
import { driveInspecting } from './drive.ts';
import { findTargets } from './find-targets.ts';
import type { PromisePorts } from './ports.ts';
import { policyPaths } from './setup.ts';
import { readStatedPackages } from './stated-packages.ts';

export interface PromiseRequest {
  readonly config: Config;
  /** The moment to judge, UTC ISO-8601; absent means now. */
  readonly asOf?: string;
  /** Search the whole history for secrets. */
  readonly deep: boolean;
  /** A report of an audit. */
  readonly report?: EvidenceFile;
  /** The advisories the project published. */
  readonly advisories?: EvidenceFile;
  /** Why they could not be had where they were asked for. */
  readonly advisoriesUnavailable?: string;
}

/** Throws a UsageError when there is no document to read promises from. */
export async function checkPromises(request: PromiseRequest, ports: PromisePorts): Promise<PromiseReport> {
  const paths = policyPaths(request.config);
  const files = (await Promise.all(paths.map((path) => ports.files.read(path)))).filter(
    ({ status }) => status !== 'missing',
  );
  if (files.length === 0) throw noDocument(paths);
  const readings = files.map(readDocument);
  const facts = await gatherFacts(request, files, ports);
  return driveInspecting(
    judgePromises(
      readings.flatMap((reading) => ('passages' in reading ? [reading] : [])),
      facts,
      readings.flatMap((reading) => ('passages' in reading ? [] : [reading])),
    ),
    ports,
  );
}

function noDocument(paths: readonly string[]): UsageError {
  const mend = 'Write one, or name it in .fixby/config.yaml (policy.file).';
  return new UsageError('no-policy-document', `There is no ${paths.join(', ')} to read promises from.`, mend);
}

function readDocument(file: FileRead): PolicyDocument | Problem {
  if (file.status !== 'ok') return unread(file.path, file.detail);
  const reading = readPassages(file.path, file.text);
  return reading.ok ? { file: file.path, passages: reading.passages } : unread(file.path, reading.reason);
}

function unread(path: string, reason: string): Problem {
  const message = `${path} was not read: ${reason}`;
  return { target: null, code: 'document-unreadable', message, mend: 'Make it a plain Markdown file.', blocks: true };
}

async function gatherFacts(
  request: PromiseRequest,
  documents: readonly FileRead[],
  ports: PromisePorts,
): Promise<PromiseFacts> {
  const { asOf, deep, report, advisories, advisoriesUnavailable } = request;
  const [found, listed, checkout] = await Promise.all([
    findTargets(ports, () => undefined),
    ports.promiseFiles.list(),
    readCheckout(ports.git),
  ]);
  const { targets, setAside } = found;
  const own = listed.entries.filter(({ kind, excludedBy }) => kind === 'file' && excludedBy === undefined);
  const sources = [...targets, ...setAside].flatMap((each) => each.sources);
  const tracked = (checkout?.tracked ?? []).filter((path) => isPromisePath(path) || isBesideManifest(path));
  return {
    now: asOf ?? ports.clock.now(),
    targets,
    setAside,
    stated: await readStatedPackages(found, ports.files),
    paths: sortedUnique([...own, ...sources].map(({ path }) => path).concat(tracked)),
    checkout,
    reportedWindows: readReportedWindows(documents, request.config),
    ...(deep ? { pastSecrets: await ports.git.everAdded(isSecretPath) } : {}),
    ...(report === undefined ? {} : { report }),
    ...(advisories === undefined ? {} : { advisories }),
    ...(advisoriesUnavailable === undefined ? {} : { advisoriesUnavailable }),
  };
}

/** What updaters may find where no auditor looks, such as the YAML of a cluster. */
function isBesideManifest(path: string): boolean {
  return /\.ya?ml$|(?:^|\/)package\.json$/.test(path);
}

async function readCheckout(git: Git): Promise<CheckoutFacts | null> {
  const [probe, state] = await Promise.all([git.answer({ about: 'ignored', paths: ['.env'] }), git.state()]);
  if (probe.about === 'unknown') return null;
  const [tracked, releases] = await Promise.all([git.trackedFiles(), git.releases()]);
  return { tracked, releases, committed: state !== null, shallow: state?.shallow === true };
}

/** Fix times of timetables for reported vulnerabilities; the update policy's own are judged elsewhere. */
function readReportedWindows(documents: readonly FileRead[], config: Config): readonly PolicyWindow[] {
  const files = documents.filter((file) => file.status === 'ok');
  const { candidates } = readPolicy({ files, overrides: config.policy });
  return candidates
    .filter(({ area, usable }) => area === 'reporting' && usable)
    .flatMap(({ entries }) => entries)
    .flatMap(({ level, reading, file, line, text }) =>
      reading.kind === 'window' ? [{ severity: level, window: reading.window, file, line, text }] : [],
    );
}
