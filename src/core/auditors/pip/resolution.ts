/** Decides what an answer of uv makes of a unit: pins, another try with less, or the exact pins that need no resolving. */
import type { AuditOutcome } from '../../model/audit.ts';
import type { SkippedPackage } from '../../model/inventory.ts';
import type { InvocationResult } from '../../model/program.ts';
import { remember } from '../../model/remember.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { explainToolFailure } from '../lib/tool-failure.ts';
import { findBlamed, hintedPython, indexIsUnreachable, isNewerPython } from './blame.ts';
import { type PylockDocument, readPylock } from './pylock-document.ts';
import type { Pin, Unit } from './reading.ts';
import { exactVersion } from './requirement.ts';
import { pinAll } from './requirements-source.ts';
import { COMPILED } from './uv-compile.ts';

/** What became of a unit. */
export interface Resolution {
  readonly pins: readonly Pin[];
  readonly skipped: readonly SkippedPackage[];
  /** Packages that are audited themselves while what they require is not known, with the reason. */
  readonly gaps: readonly SkippedPackage[];
  readonly notes: readonly string[];
  /** Set when uv itself did not run: its absence, its time limit. */
  readonly failure?: AuditOutcome;
}

/** One try at a unit: what has been left out so far, and for which Python it is resolved. */
export interface Attempt {
  readonly unit: Unit;
  /** Names left out, each with the reason. */
  readonly without: ReadonlyMap<string, string>;
  readonly python?: string;
  readonly round: number;
  /** Set when it asks for what only Pythons older than the interpreter at hand need. */
  readonly older?: true;
}

const LAST_ROUND = 3;

/** Answers of uv that are kept for the next auditor of the same target. */
const MOST_KEPT = 16;

const readAnswer = remember(readPylock, MOST_KEPT);

/** Where nobody says which Python a project is deployed on, it may be as old as this. */
const OLDEST_PYTHON = '3.8';

/** A resolution, the next attempt, or both: what a marker keeps for older Pythons is asked for on its own. */
export interface Judged {
  readonly done?: Resolution;
  readonly again?: Attempt;
}

/** Ends after three further rounds at most, and one for older Pythons. */
export function judgeAttempt(attempt: Attempt, result: InvocationResult): Judged {
  const failure = explainToolFailure('uv', result);
  if (failure !== undefined) return { done: keepExactPins(attempt.unit, sentenceOf(failure), failure) };
  const text = result.files[COMPILED];
  const lock = text === undefined || result.exitCode !== 0 ? undefined : readAnswer(text);
  const again = attempt.round < LAST_ROUND ? nextAttempt(attempt, lock, result.stderr) : undefined;
  if (again !== undefined) return { again };
  if (lock === undefined || 'error' in lock) return { done: giveUp(attempt, result) };
  const older = olderAttempt(attempt, lock);
  return { done: takeLock(attempt, lock, result), ...(older === undefined ? {} : { again: older }) };
}

/** What older Pythons need may have no release that still runs on the oldest; then its own marker has the word. */
function giveUp({ unit, older }: Attempt, result: InvocationResult): Resolution {
  if (older !== true || indexIsUnreachable(result.stderr)) return keepExactPins(unit, whyNot(result));
  const notes = absentNotes(unit, unit.requirements, 'at hand');
  return { pins: pinAll(unit), skipped: [], gaps: [], notes };
}

function olderAttempt({ unit, without, older }: Attempt, lock: PylockDocument): Attempt | undefined {
  if (older === true || unit.python !== undefined) return undefined;
  const requirements = absentFrom(lock, unit, without);
  if (requirements.length === 0) return undefined;
  const only = { ...unit, requirements };
  return { unit: only, without, python: OLDEST_PYTHON, round: LAST_ROUND, older: true };
}

/** Requirements that were asked for and are not in the answer: their markers hold for no Python it is for. */
function absentFrom(lock: PylockDocument, unit: Unit, without: Attempt['without']): Unit['requirements'] {
  const found = new Set(lock.packages.map(({ name }) => name));
  return unit.requirements.filter(({ requirement }) => !found.has(requirement.name) && !without.has(requirement.name));
}

function nextAttempt(
  attempt: Attempt,
  lock: ReturnType<typeof readPylock> | undefined,
  stderr: string,
): Attempt | undefined {
  const round = attempt.round + 1;
  const python = betterPython(attempt, lock, stderr);
  if (python !== undefined) return { ...attempt, python, round };
  if (lock !== undefined || indexIsUnreachable(stderr)) return undefined;
  const names = attempt.unit.requirements.map(({ requirement }) => requirement.name);
  const left = new Set(names.filter((name) => !attempt.without.has(name)));
  const blamed = findBlamed(stderr, left);
  if (blamed.length === 0 || blamed.length === left.size) return undefined;
  const why = sayCause(stderr);
  return { ...attempt, without: new Map([...attempt.without, ...blamed.map((name) => [name, why] as const)]), round };
}

/** The newer Python a project asks for, or uv's hint: tried once. */
function betterPython(
  { unit, python }: Attempt,
  lock: ReturnType<typeof readPylock> | undefined,
  stderr: string,
): string | undefined {
  if (python !== undefined) return undefined;
  if (lock === undefined) return hintedPython(stderr);
  const used = 'error' in lock ? undefined : /3\.\d+/.exec(lock.requiresPython ?? '')?.[0];
  const wanted = unit.python;
  return used !== undefined && wanted !== undefined && isNewerPython(wanted, used) ? wanted : undefined;
}

function takeLock(attempt: Attempt, lock: PylockDocument, result: InvocationResult): Resolution {
  const { unit, without } = attempt;
  // What was left out is told of once, by the resolution before.
  const left = splitLeftOut(unit, attempt.older === true ? new Map() : without);
  const resolved = lock.packages.filter(({ name }) => !without.has(name)).map((entry) => resolvedPin(entry, unit));
  const absent = absentFrom(lock, unit, without);
  const python = excerpt(lock.requiresPython ?? 'of any version', 40);
  return {
    pins: [...resolved, ...left.pins, ...pinAll({ ...unit, requirements: absent })],
    skipped: [...lock.skipped, ...left.skipped],
    gaps: left.gaps,
    notes: [
      `${unit.label}: resolved by uv ${excerpt(result.version, 20)} for Python ${python}; open ranges are taken as they resolve today, not as they are deployed.`,
      ...absentNotes(unit, absent, python),
    ],
  };
}

function absentNotes(unit: Unit, absent: Unit['requirements'], python: string): readonly string[] {
  const names = absent.flatMap(({ requirement }) => (isExact(requirement.specifier) ? [] : [requirement.name]));
  if (names.length === 0) return [];
  return [`${unit.label}: not needed for Python ${python} by their own markers: ${[...new Set(names)].join(', ')}.`];
}

function resolvedPin({ name, version }: { name: string; version: string }, unit: Unit): Pin {
  const stated = unit.requirements.find(({ requirement }) => requirement.name === name);
  const line = stated?.line;
  return {
    name,
    version,
    scope: unit.scope,
    direct: stated !== undefined,
    requires: [],
    file: stated?.file ?? unit.file,
    ...(line === undefined ? {} : { line }),
  };
}

/** The exact pins of a unit that uv could not resolve; everything else is skipped. */
function keepExactPins(unit: Unit, why: string, failure?: AuditOutcome): Resolution {
  const all = new Map(unit.requirements.map(({ requirement }) => [requirement.name, why] as const));
  return { ...splitLeftOut(unit, all), notes: [], ...(failure === undefined ? {} : { failure }) };
}

function splitLeftOut(unit: Unit, reasons: ReadonlyMap<string, string>): Pick<Resolution, 'pins' | 'skipped' | 'gaps'> {
  const left = unit.requirements.filter(({ requirement }) => reasons.has(requirement.name));
  const pins = pinAll({ ...unit, requirements: left });
  const pinned = new Set(pins.map(({ name }) => name));
  const open = [...reasons].filter(([name]) => !pinned.has(name));
  return {
    pins,
    skipped: open.map(([name, why]) => ({ name, reason: `${unit.label} asks for a range of it, and ${why}` })),
    gaps: pins.map(({ name, version }) => ({
      name,
      version,
      reason: `what it requires is not known: ${reasons.get(name) ?? ''}`,
    })),
  };
}

function isExact(specifier: string): boolean {
  return exactVersion(specifier) !== undefined;
}

function sentenceOf(outcome: AuditOutcome): string {
  return outcome.status === 'unavailable' ? outcome.message : 'uv did not answer';
}

function whyNot({ stderr }: InvocationResult): string {
  return indexIsUnreachable(stderr) ? 'uv could not reach its package index' : sayCause(stderr);
}

function sayCause(stderr: string): string {
  const from = stderr.indexOf('cause:');
  const said = stderr.slice(from === -1 ? 0 : from + 'cause:'.length).trimStart();
  const cause = withoutCredentials(said.slice(0, 2000).split('\n\n')[0] ?? '');
  return `uv could not resolve it: ${excerpt(cause, 240).replace(/\.$/, '') || 'it gave no reason'}`;
}
