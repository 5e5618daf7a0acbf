/** Holds a small made-up repository to a made-up policy document: each test states only what it is about. */
import { judgePromises } from '../../src/core/promises/judge-promises.ts';
import { readPassages } from '../../src/core/promises/passages.ts';
import type { EvidenceFile } from '../../src/core/model/file.ts';
import type { GitQuestion, GitReply } from '../../src/core/model/git-question.ts';
import type { CheckoutFacts, PromiseFacts } from '../../src/core/model/promise.ts';
import type { PromiseReport, PromiseRow } from '../../src/core/model/promise-report.ts';
import type { Target } from '../../src/core/model/target.ts';
import { answerProgram, type FakeFiles } from './answer-program.ts';

export const NOW = '2026-06-01T12:00:00.000Z';

/** A checkout with a commit, and with nothing tracked or tagged unless told otherwise. */
export function makeCheckout(over: Partial<CheckoutFacts> = {}): CheckoutFacts {
  return { tracked: [], releases: [], committed: true, shallow: false, ...over };
}

/** An npm target with a lock. */
export function npmTarget(path: string): Target {
  const at = (name: string): string => (path === '.' ? name : `${path}/${name}`);
  return {
    path,
    ecosystem: 'npm',
    sources: [
      { path: at('package-lock.json'), kind: 'package-lock' },
      { path: at('package.json'), kind: 'package-json' },
    ],
  };
}

/** A Python target with open requirements. */
export function pipTarget(path: string): Target {
  const file = path === '.' ? 'requirements.txt' : `${path}/requirements.txt`;
  return { path, ecosystem: 'PyPI', sources: [{ path: file, kind: 'requirements' }] };
}

export interface MadeUp {
  readonly files?: FakeFiles;
  readonly facts?: Partial<PromiseFacts>;
  /** Of an audit. */
  readonly report?: EvidenceFile;
  /** Without it, asking git anything gives `unknown`. */
  readonly git?: (question: GitQuestion) => GitReply;
}

/** What is known of a checkout that holds nothing, and `facts`. */
export function factsOf(facts: Partial<PromiseFacts>): PromiseFacts {
  return {
    now: NOW,
    targets: [],
    setAside: [],
    stated: () => [],
    checkout: makeCheckout(),
    reportedWindows: [],
    paths: [],
    ...facts,
  };
}

/** The whole report on `markdown` as SECURITY.md. The files are part of the paths that promises look at. */
export function reportOn(
  markdown: string,
  { files = {}, facts = {}, git = unknownGit, report }: MadeUp = {},
): PromiseReport {
  const reading = readPassages('SECURITY.md', markdown);
  if (!reading.ok) throw new Error(reading.reason);
  const paths = [...Object.keys(files), ...sourcesOf(facts), ...(facts.paths ?? [])].sort();
  const all = factsOf({ ...facts, paths });
  const documents = [{ file: 'SECURITY.md', passages: reading.passages }];
  const everything = { 'SECURITY.md': markdown, ...files };
  return answerProgram(judgePromises(documents, all), everything, undefined, git, undefined, report).value;
}

/** The rows of one kind. */
export function rowsOf(kind: string, markdown: string, world: MadeUp = {}): readonly PromiseRow[] {
  return reportOn(markdown, world).promises.filter((row) => row.kind === kind);
}

/** The one row of a kind; anything but one fails the test. */
export function rowOf(kind: string, markdown: string, world: MadeUp = {}): PromiseRow {
  const rows = rowsOf(kind, markdown, world);
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows of ${kind}: ${JSON.stringify(rows)}`);
  return row;
}

/** What decided, as `says text` lines. */
export function proofOf({ evidence }: PromiseRow): string {
  return evidence.map(({ says, text, file, line }) => `${says} ${text} @${file ?? ''}:${line ?? ''}`).join('\n');
}

function sourcesOf({ targets = [], setAside = [] }: Partial<PromiseFacts>): readonly string[] {
  return [...targets, ...setAside].flatMap(({ sources }) => sources.map(({ path }) => path));
}

function unknownGit(): GitReply {
  return { about: 'unknown', detail: 'there is no history here.' };
}
