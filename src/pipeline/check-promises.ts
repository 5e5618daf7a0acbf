/** Holds a repository to the promises of its policy documents: gathers what is known, and drives the checks. */
import { judgePromises, type PolicyDocument } from '../core/promises/judge-promises.ts';
import { readPassages } from '../core/promises/passages.ts';
import { readPolicy } from '../core/policy/read-policy.ts';
import { UsageError, type Problem } from '../core/model/problem.ts';
import type { Config } from '../core/model/config.ts';
import type { EvidenceFile, FileRead } from '../core/model/file.ts';
import type { PolicyWindow } from '../core/model/policy.ts';
import type { PromiseFacts } from '../core/model/promise.ts';
import type { PromiseReport } from '../core/model/promise-report.ts';
import { driveInspecting } from './drive.ts';
import { gatherFacts } from './gather-facts.ts';
import type { GatheredFacts } from './gather-facts.ts';
import type { PromisePorts } from './ports.ts';
import { policyPaths } from './setup.ts';

export interface PromiseRequest {
  readonly config: Config;
  /** The moment to judge, UTC ISO-8601; absent means now. */
  readonly asOf?: string;
  /** Search the whole history for secrets. */
  readonly deep: boolean;
  readonly evidence: Evidence;
}

/** What is known beside the repository: a report of an audit, and the advisories the project published or why they could not be had. */
export interface Evidence extends Published {
  /** Asked for where a promise is about what was found. */
  readonly report?: () => Promise<EvidenceFile>;
}

type Published = Pick<PromiseFacts, 'advisories' | 'advisoriesUnavailable'>;

/** What the documents say, and what is known of the repository before anything is audited. */
interface Premises {
  readonly documents: readonly PolicyDocument[];
  /** Documents and folders that were not read: what is promised or broken there is not known. */
  readonly unread: readonly Problem[];
  readonly facts: GatheredFacts['facts'] & Pick<PromiseFacts, 'reportedWindows'>;
}

/** Throws a UsageError when there is no document to read promises from. */
export async function checkPromises(request: PromiseRequest, ports: PromisePorts): Promise<PromiseReport> {
  const { documents, unread, facts } = await readPremises(request, ports);
  const { report, ...published } = request.evidence;
  const known = { ...facts, ...published, now: request.asOf ?? ports.clock.now() };
  return driveInspecting(judgePromises(documents, known, unread), { ...ports, ...(report && { report }) });
}

async function readPremises({ config, deep }: PromiseRequest, ports: PromisePorts): Promise<Premises> {
  const paths = policyPaths(config);
  const files = (await Promise.all(paths.map((path) => ports.files.read(path)))).filter(
    ({ status }) => status !== 'missing',
  );
  if (files.length === 0) throw noDocument(paths);
  const readings = files.map(readDocument);
  const { unread, facts } = await gatherFacts(deep, ports);
  return {
    documents: readings.flatMap((reading) => ('passages' in reading ? [reading] : [])),
    unread: [...readings.flatMap((reading) => ('passages' in reading ? [] : [reading])), ...unread],
    facts: { ...facts, reportedWindows: readReportedWindows(files, config) },
  };
}

function noDocument(paths: readonly string[]): UsageError {
  const mend = 'Write one, or name it in .fixby/config.yaml (policy.file).';
  return new UsageError('no-policy-document', `There is no ${paths.join(', ')} to read promises from.`, mend);
}

function readDocument(file: FileRead): PolicyDocument | Problem {
  if (file.status !== 'ok') return unreadable(file.path, file.detail);
  const reading = readPassages(file.path, file.text);
  return reading.ok ? { file: file.path, passages: reading.passages } : unreadable(file.path, reading.reason);
}

function unreadable(path: string, reason: string): Problem {
  const message = `${path} was not read: ${reason}`;
  return { target: null, code: 'document-unreadable', message, mend: 'Make it a plain Markdown file.', blocks: true };
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
