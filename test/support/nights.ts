/** A repository that is audited night after night: the real pipeline, git and ledger; only the world outside is told by the test. */
import { answersOf } from './osv-answers.ts';
import { createFiles } from '../../src/adapters/files/create-files.ts';
import { createGit } from '../../src/adapters/git/create-git.ts';
import { digestText, openLedger } from '../../src/cli/compose-ledger.ts';
import { openPromises } from '../../src/cli/compose-promises.ts';
import { listingRules } from '../../src/core/discover/listing-rules.ts';
import { affects } from '../../src/core/match/affected.ts';
import type { AdvisoryLookup, OsvRecord } from '../../src/core/model/advisory.ts';
import type { Exploitation } from '../../src/core/model/exploitation.ts';
import type { LedgerBody } from '../../src/core/model/ledger.ts';
import type { ReleasesLookup } from '../../src/core/model/package-releases.ts';
import type { ReportFinding, ReportView } from '../../src/core/model/report.ts';
import { checkRepository } from '../../src/pipeline/check.ts';
import type { CheckRequest } from '../../src/pipeline/run.ts';
import type { RunPorts } from '../../src/pipeline/ports.ts';
import { recall } from '../../src/pipeline/recall.ts';
import { reportFromLedger } from '../../src/pipeline/report-from-ledger.ts';
import { readSetup } from '../../src/pipeline/setup.ts';
import { makeWorld } from './in-process.ts';
import { makeGitRepository } from './repository.ts';
import type { FileTree, TestRepository } from './repository.ts';
import { openHistory } from './trace.ts';

/** What is outside of the repository, as it stands on a night. */
export interface Outside {
  /** Everything that is published about flaws. */
  readonly records: readonly OsvRecord[];
  /** Days on which versions were published, by package. */
  readonly published: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Versions that were taken back, by package. */
  readonly yanked: Readonly<Record<string, readonly string[]>>;
  /** Days on which CVEs were listed as exploited. */
  readonly exploited: Readonly<Record<string, string>>;
  /** Folders for which the tool crashes. */
  readonly crashes: readonly string[];
}

export interface Nights {
  readonly dir: string;
  readonly git: TestRepository['git'];
  readonly commit: TestRepository['commit'];
  /** Audits at `at`, records it, and gives the report. What is told of the world outside stays so until it is told anew. */
  readonly night: (at: string, news?: Partial<Outside>, how?: Partial<CheckRequest>) => Promise<ReportView>;
  /** The report out of the ledger alone, as of `at`. */
  readonly recalled: (at: string) => Promise<ReportView>;
  /** Every event of the ledger so far. */
  readonly events: () => Promise<readonly LedgerBody[]>;
}

/** A repository with these files, and a world in which nothing is known yet. */
export function makeNights(files: FileTree, day: string): Nights {
  const repository = makeGitRepository(files, day);
  const { dir } = repository;
  const silent = { write: () => undefined };
  const world = makeWorld(dir, { stdout: silent, stderr: silent });
  let outside: Outside = { records: [], published: {}, yanked: {}, exploited: {}, crashes: [] };

  const open = (access: 'append' | 'read') => openLedger(world, dir, {}, access);
  const locks = (): readonly string[] =>
    repository
      .git(['ls-files', '--cached', '--others', '--exclude-standard', '*package-lock.json'])
      .split('\n')
      .filter((path) => path !== '');

  return {
    ...repository,
    night: async (at, news = {}, how = {}) => {
      outside = { ...outside, ...news };
      const basic = {
        files: createFiles({ root: dir, rules: listingRules }),
        clock: { now: () => at, elapsed: () => 0 },
      };
      const git = createGit({ root: dir, variables: { PATH: process.env['PATH'], HOME: '/nonexistent' } });
      const ledger = await open('append');
      const imports = await Promise.all(
        locks().map(async (path) => {
          const read = await basic.files.read(path);
          const target = path === 'package-lock.json' ? '.' : path.replace('/package-lock.json', '');
          const text =
            read.status === 'ok' && !outside.crashes.includes(target) ? audit(read.text, outside.records) : '';
          return { auditor: 'npm-audit', target, report: { file: 'audit.json', text, trusted: true } };
        }),
      );
      const whole = await readSetup({}, { ...basic, git });
      const ports: RunPorts = {
        ...basic,
        ...portsTo(outside),
        git,
        history: openHistory(dir),
        ledger,
        digest: digestText,
        promises: whole.config.promises.failOn === undefined ? null : openPromises(world, dir, whole.config),
      };
      // No second opinion: what the crash of the one auditor hides is what the rows are about.
      const alone = { ...whole.config.audit, auditors: ['npm-audit'] };
      const setup = { ...whole, config: { ...whole.config, audit: alone } };
      const settings = {
        npmRegistry: 'https://registry.example.test/',
        knownRegistries: [],
        acceptedUnaudited: [],
        timeoutMs: 1000,
        maxOutputBytes: 1000,
        attempts: 1,
      };
      const request: CheckRequest = {
        ...{ command: 'audit', rule: { kind: 'audit' }, setup, settings, imports, version: '1.0.0' },
        ...{ remembers: true, offline: false, ...how },
      };
      return checkRepository(request, ports, () => undefined).finally(() => ledger.close());
    },
    recalled: async (at) => {
      const ledger = await open('read');
      const { state, problems } = await recall(ledger, at);
      await ledger.close();
      return reportFromLedger({ state, now: at, problems });
    },
    events: async () => {
      const ledger = await open('read');
      const read = await ledger.read();
      await ledger.close();
      if (read.status !== 'sound') throw new Error(read.problem.message);
      return [...read.lines].map((line) => (JSON.parse(line) as { readonly body: LedgerBody }).body);
    },
  };
}

/** What npm would print for a lock, given these records: it reports neither what is withdrawn nor what does not apply. */
function audit(lock: string, records: readonly OsvRecord[]): string {
  const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, { readonly version?: string }>> };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const live = records.filter(({ withdrawn }) => withdrawn === undefined);
  const entries = installed.flatMap(([node, { version = '' }]) => {
    const name = node.replace('node_modules/', '');
    const hits = live.filter((record) => affects(record, 'npm', name, version).affected);
    const via = hits.map(({ id, summary = id }, source) => ({
      ...{ source, name, title: summary, severity: 'high', range: version },
      url: `https://github.com/advisories/${id}`,
    }));
    return via.length === 0 ? [] : [[name, { name, via, nodes: [node] }]];
  });
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(entries) as unknown,
    metadata: { dependencies: { total: installed.length } },
  });
}

type Told = Omit<RunPorts, 'files' | 'clock' | 'git' | 'history' | 'ledger' | 'digest' | 'promises'>;

function portsTo({ records, published, yanked, exploited }: Outside): Told {
  const lookUp = (id: string): AdvisoryLookup => {
    const record = records.find((each) => each.id === id || each.aliases?.includes(id) === true);
    return record === undefined ? { status: 'not-found', id } : { status: 'found', id, record, source: 'the test' };
  };
  const releasesOf = (name: string): ReleasesLookup => {
    const taken = yanked[name] ?? [];
    const all = Object.entries(published[name] ?? {}).map(([version, at]) => ({ version, at }));
    const left = all.filter(({ version }) => !taken.includes(version));
    return { status: 'found', name, source: 'the registry', published: left, withdrawn: taken };
  };
  const feed = (cves: readonly string[]): Exploitation => ({
    kev: {
      status: 'read',
      source: 'the catalog',
      entries: cves.flatMap((cve) => (exploited[cve] === undefined ? [] : [{ cve, dateAdded: exploited[cve] }])),
    },
    epss: { status: 'not-configured' },
  });
  return {
    exec: { run: () => Promise.reject(new Error('no tool is started: every report is imported')) },
    toolchain: {
      find: (tool) =>
        Promise.resolve({ status: 'missing', tool, reason: 'missing', detail: 'There is none.', mend: 'Install it.' }),
    },
    admit: (audit) => audit(),
    signal: new AbortController().signal,
    packages: {
      source: 'the test',
      age: () => ({ isMirror: false }),
      forPackages: (ecosystem, names) => Promise.resolve(answersOf(records)(ecosystem, names).lookups),
    },
    advisories: { source: 'the test', lookUp: (ids) => Promise.resolve(ids.map(lookUp)) },
    registry: { lookUp: (_ecosystem, _source, names) => Promise.resolve(names.map(releasesOf)) },
    exploited: { lookUp: (cves) => Promise.resolve(feed(cves)) },
  };
}

/** Where a finding stands: `due 03-19`, `overdue 3`, `overdue 3 (seen 03-20)`, `awaiting-fix`. */
export function standing({ deadline, lastSeen }: ReportFinding): string {
  const { state, dueAt = '', overdueByDays = 0 } = deadline;
  const detail = state === 'due' ? ` ${dueAt.slice(5, 10)}` : state === 'overdue' ? ` ${overdueByDays}` : '';
  return `${state}${detail}${lastSeen === undefined ? '' : ` (seen ${lastSeen.slice(5, 10)})`}`;
}

/** Where every finding of a report stands, in the order of the report. */
export function standings({ findings }: ReportView): readonly string[] {
  return findings.map(standing);
}
