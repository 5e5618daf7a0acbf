/** Decides what a run could not look at: with any of it the verdict is never `pass`. */
import { decides, type Audit } from '../model/audit.ts';
import { byEach, byText, sortedUnique } from '../model/order.ts';
import { NOT_COVERED, type Problem } from '../model/problem.ts';
import type { SetAside } from '../model/target.ts';
import { excerpt } from '../model/text.ts';

/** The parts of a run that say what was looked at. */
export interface LookedAt {
  readonly audits: readonly Audit[];
  readonly setAside: readonly SetAside[];
  /** Problems of the run itself; those of the audits and their inventories are taken from `audits`. */
  readonly problems: readonly Problem[];
}

/** One open question. `target` is the folder that could not be checked; absent when it is not about one audit. */
export interface OpenQuestion {
  readonly target?: string;
  readonly text: string;
  /** What would answer it. */
  readonly mend: string;
}

/** Every open question of a run, sorted and each once. Empty only when all there was to look at was looked at. */
export function openQuestions(run: LookedAt): readonly OpenQuestion[] {
  const questions = [...nothingAudited(run), ...unavailableTargets(run), ...shortAudits(run), ...blockingProblems(run)];
  const distinct = new Map(questions.map((question) => [question.text, question]));
  return [...distinct.values()].sort(byWeight);
}

/** The places that count as audited. */
export function auditedTargets({ audits }: Pick<LookedAt, 'audits'>): readonly Audit[] {
  return audits.filter((audit) => decides(audit) && audit.outcome.status === 'audited');
}

/** A target folder in words. */
export function nameTarget(path: string): string {
  return path === '.' ? 'the root folder' : path;
}

/** Targets first, then what concerns the whole run or a detail. */
const byWeight = byEach<OpenQuestion>(
  (a, b) => Number(a.target === undefined) - Number(b.target === undefined),
  (a, b) => byText(a.target ?? '', b.target ?? ''),
  (a, b) => byText(a.text, b.text),
);

/** The open questions in one clause: folders by name, a lone problem in its own words, several by their number. */
export function summarizeOpen(questions: readonly OpenQuestion[]): string {
  const targets = sortedUnique(questions.flatMap(({ target }) => target ?? [])).map(nameTarget);
  const others = questions.filter(({ target }) => target === undefined);
  const [only] = others;
  const unchecked = targets.length === 0 ? [] : [`${listNames(targets)} could not be checked`];
  if (only === undefined) return unchecked.join('');
  const problems = others.length === 1 ? excerpt(only.text).replace(/\.$/, '') : `${others.length} questions are open`;
  return [...unchecked, problems].join('; ');
}

function listNames(names: readonly string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Where all there is belongs to ecosystems no auditor covers, that is the reason. */
function nothingAudited({ audits, setAside, problems }: LookedAt): readonly OpenQuestion[] {
  const outcomes = [...audits.map((audit) => audit.outcome.status), ...setAside.map((each) => each.outcome)];
  if (outcomes.some((outcome) => outcome !== 'not-applicable')) return [];
  const text = outcomes.length === 0 ? 'Nothing was found to audit.' : 'Nothing that was found can be audited.';
  const uncovered = problems.filter(({ code }) => code === NOT_COVERED).map(({ message }) => message);
  const mend =
    uncovered.length > 0
      ? 'Audit it by other means: fixby audits npm and Python packages.'
      : 'Name the repository itself, and check what the configuration leaves out.';
  return [{ text: [text, ...uncovered].join(' '), mend }];
}

function unavailableTargets({ audits, setAside }: LookedAt): readonly OpenQuestion[] {
  const failed = audits
    .filter(decides)
    .flatMap(({ target, auditor, outcome }) =>
      outcome.status === 'unavailable' ? [{ target: target.path, by: auditor, ...outcome }] : [],
    );
  const aside = setAside.flatMap(({ path, ecosystem, outcome, message, mend }) =>
    outcome === 'unavailable' ? [{ target: path, by: ecosystem, message, mend }] : [],
  );
  return [...failed, ...aside].map(({ target, by, message, mend }) => ({
    target,
    text: `${nameTarget(target)} (${by}) could not be checked: ${message}`,
    mend,
  }));
}

/** The auditors see to it that counts agree; an audit that answers for too few is open whatever it says of itself. */
function shortAudits(run: LookedAt): readonly OpenQuestion[] {
  const short = auditedTargets(run).filter(
    ({ coverage: { packages, audited, skipped } }) => audited + skipped.length < packages,
  );
  return short.map(({ target: { path }, auditor, coverage: { audited, packages } }) => ({
    target: path,
    text: `${nameTarget(path)} (${auditor}) was answered for ${audited} of ${packages} packages only.`,
    mend: 'Run fixby doctor, then run this again.',
  }));
}

function blockingProblems({ audits, problems }: LookedAt): readonly OpenQuestion[] {
  const noticed = [...problems, ...audits.flatMap((audit) => [...audit.problems, ...audit.inventory.problems])];
  return noticed
    .filter((problem) => problem.blocks)
    .map(({ target, message, mend }) => ({
      text: target === null ? message : `${nameTarget(target)}: ${message}`,
      mend,
    }));
}
