/** The wording of everything that can be wrong with a file of settings, with its line and column. */
import { excerpt } from '../model/text.ts';
import type { Problem } from '../model/problem.ts';
import type { Spot } from './yaml-document.ts';

/** A problem with its place: 1-based, 1:1 where the file as a whole is meant. */
export interface FileProblem extends Problem, Spot {
  readonly file: string;
}

/** What kind of file it is. */
export interface FileKind {
  /** Begins the codes of its problems, such as `config`. */
  readonly code: string;
  /** In a sentence, such as `the configuration`. */
  readonly name: string;
}

/** Where a problem is, and in what. */
export interface Place extends Spot {
  readonly file: string;
  readonly kind: FileKind;
}

/** The file is no YAML document fixby reads. */
export function notYaml(place: Place, detail: string): FileProblem {
  return problem('not-yaml', place, excerpt(withoutCredentials(detail), 200), 'Mend the YAML at this place.');
}

/** A key nobody reads; `allowed` are the keys that could stand there. */
export function unknownKey(place: Place, path: string, allowed: readonly string[], meant: string | null): FileProblem {
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  const mend = `Allowed here: ${allowed.join(', ')}.${hint}`;
  return problem('unknown-key', place, `${excerpt(path, 100)} is not a key of ${place.kind.name}`, mend);
}

/** A value of the wrong kind. `wanted` completes the sentence "this …". */
export function wrongValue(place: Place, path: string, received: unknown, wanted: string): FileProblem {
  return problem('wrong-value', place, `${excerpt(path, 100)} is ${show(received)}`, `It ${wanted}.`);
}

function problem(what: string, { file, line, column, kind }: Place, message: string, mend: string): FileProblem {
  const place = { file, line, column };
  const code = `${kind.code}-${what}`;
  return { target: null, code, message: `${file}:${line}:${column}: ${message}.`, mend, blocks: true, ...place };
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map of keys';
  return excerpt(withoutCredentials(JSON.stringify(value)), 100);
}

/** A secret that was put in the wrong place is not repeated in logs. */
function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^\s/@]*@/g, '://…@').replace(/[?#][^\s"]*/g, '?…');
}
