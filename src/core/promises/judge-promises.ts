/** Holds a repository to every promise of its policy documents: finds the claims, has each checked, and rules. */
import { byEach, byText } from '../model/order.ts';
import { excerpt } from '../model/text.ts';
import { ATTESTATIONS_FILE, attest, isAbout, readAttestations, type Attestation } from './attestations.ts';
import { cannotTell, decide, remark } from './evidence.ts';
import { glossPassage } from './gloss.ts';
import { promiseKinds } from './registry.ts';
import { isInForce } from './wording.ts';
import type { Problem } from '../model/problem.ts';
import type { Program } from '../model/program.ts';
import type { PromiseReport, PromiseRow } from '../model/promise-report.ts';
import type { Claim, Evidence, Passage, PromiseFacts, PromiseKind } from '../model/promise.ts';

/** A document as passages, or the problem that kept it from being read. */
export interface PolicyDocument {
  readonly file: string;
  readonly passages: readonly Passage[];
}

/** The report on all promises of `documents`. `problems` are what was met before, such as a document that is not parsed. */
export function* judgePromises(
  documents: readonly PolicyDocument[],
  facts: PromiseFacts,
  problems: readonly Problem[] = [],
): Program<PromiseReport> {
  const { attestations, problems: unusable } = yield* readAttestations();
  const found = documents.flatMap(({ passages }) => findClaims(passages));
  const rows: PromiseRow[] = [];
  const all = yield* checkAll(
    found.map(({ claim }) => claim),
    facts,
  );
  for (const [index, { kind, claim, unread }] of found.entries()) {
    const seen = all[index] ?? [];
    const evidence = doubtWords(claim.wordless === true ? [] : unread, seen.length > 0 ? seen : [NOTHING_SEEN]);
    rows.push(toRow(kind, claim, settle(claim.passage, evidence, attestations, facts.now)));
  }
  const idle = attestations.filter((entry) => !found.some(({ claim }) => isAbout(entry, claim.passage))).map(idleEntry);
  return toReport(documents, rows, [...problems, ...unusable, ...idle], facts.now);
}

/** What bears on each claim, in their order. A check that asks for the report waits until all others are done: it is made last. */
function* checkAll(claims: readonly Claim[], facts: PromiseFacts): Program<readonly (readonly Evidence[])[]> {
  const seen: (readonly Evidence[])[] = [];
  const waiting = new Map<number, Check>();
  for (const [index, claim] of claims.entries()) {
    const check = claim.check(facts);
    let step = check.next();
    while (step.done !== true && step.value.ask !== 'report') step = check.next(yield step.value);
    if (step.done === true) seen[index] = step.value;
    else waiting.set(index, check);
  }
  for (const [index, check] of waiting) {
    let step = check.next(yield { ask: 'report' });
    while (step.done !== true) step = check.next(yield step.value);
    seen[index] = step.value;
  }
  return seen;
}

type Check = ReturnType<Claim['check']>;

const NOTHING_SEEN = cannotTell(
  'unclear',
  'nothing in the repository bears on it',
  'Say in SECURITY.md what it is about.',
);

interface FoundClaim {
  readonly kind: PromiseKind;
  /** With the passage as its author wrote it. */
  readonly claim: Claim;
  /** What of the passage is not understood. */
  readonly unread: readonly string[];
}

/** In the order of the document, then of the registry; a claim made twice in one place counts once. */
function findClaims(written: readonly Passage[]): readonly FoundClaim[] {
  const originals = new Map(written.map((passage) => [glossPassage(passage), passage]));
  const passages = [...originals.keys()].filter(isInForce);
  const all = promiseKinds.flatMap((kind) =>
    kind.find(passages).map((claim): FoundClaim => {
      const { unread = [] } = claim.passage;
      return { kind, claim: { ...claim, passage: originals.get(claim.passage) ?? claim.passage }, unread };
    }),
  );
  const seen = new Set<string>();
  return all
    .filter(({ kind, claim: { passage, promise } }) => {
      const key = JSON.stringify([kind.name, passage.line, passage.text, promise]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => a.claim.passage.line - b.claim.passage.line);
}

/** Of a sentence that is understood in part, nothing is told but what was seen. */
function doubtWords(unread: readonly string[], evidence: readonly Evidence[]): readonly Evidence[] {
  if (unread.length === 0 || decide(evidence) === 'cannot-tell') return evidence;
  const words = unread.map((word) => `“${word}”`).join(', ');
  const doubt = cannotTell(
    'unclear',
    `the sentence is understood in part, without ${excerpt(words)}`,
    'Say it in plainer words, or in English beside it.',
  );
  return [doubt, ...evidence.map((each) => remark(each.text, placeOf(each)))];
}

/** What only people can know, people may confirm; what a machine can see, nobody's word changes. */
function settle(
  passage: Passage,
  evidence: readonly Evidence[],
  attestations: readonly Attestation[],
  now: string,
): readonly Evidence[] {
  if (!isForPeople(evidence)) return evidence;
  const word = attest(passage, attestations, now);
  if (word.length === 0) return evidence;
  return [...word, ...evidence.map((each) => (each.says === 'cannot-tell' ? remark(each.text, placeOf(each)) : each))];
}

function isForPeople(evidence: readonly Evidence[]): boolean {
  const doubts = evidence.filter((each) => each.says === 'cannot-tell');
  const breach = evidence.some(({ says }) => says === 'broken');
  return !breach && doubts.length > 0 && doubts.every(({ because }) => because === 'for-a-person');
}

function placeOf({ file, line, commit }: Evidence): Pick<Evidence, 'file' | 'line' | 'commit'> {
  return {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(commit === undefined ? {} : { commit }),
  };
}

function toRow({ name, title }: PromiseKind, { passage, promise }: Claim, evidence: readonly Evidence[]): PromiseRow {
  return {
    kind: name,
    title,
    file: passage.file,
    line: passage.line,
    text: excerpt(passage.text, 300),
    promise,
    verdict: decide(evidence),
    forAPerson: isForPeople(evidence),
    evidence: evidence.map((each) => ({ ...each })),
  };
}

function idleEntry({ promise, line }: Attestation): Problem {
  const message = `${ATTESTATIONS_FILE}:${line}: "${excerpt(promise)}" stands in no promise that was found`;
  return { target: null, code: 'attestation-unused', message, mend: 'Copy the words from SECURITY.md.', blocks: false };
}

function toReport(
  documents: readonly PolicyDocument[],
  promises: readonly PromiseRow[],
  problems: readonly Problem[],
  now: string,
): PromiseReport {
  const count = (verdict: PromiseRow['verdict']): number => promises.filter((row) => row.verdict === verdict).length;
  const byCode = byEach<Problem>(
    (a, b) => byText(a.code, b.code),
    (a, b) => byText(a.message, b.message),
  );
  return {
    schema: 'fixby.promises/v1',
    asOf: now,
    files: documents.map(({ file }) => file),
    summary: {
      kept: count('kept'),
      broken: count('broken'),
      cannotTell: count('cannot-tell'),
      forAPerson: promises.filter(({ forAPerson }) => forAPerson).length,
    },
    promises: [...promises],
    problems: [...problems].sort(byCode),
  };
}
