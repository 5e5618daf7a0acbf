/** The wording of everything that can be wrong with the configuration, with its line and column. */
import { excerpt } from '../model/text.ts';
import type { Problem } from '../model/problem.ts';

/** A problem with its place. */
export interface ConfigProblem extends Problem {
  readonly file: string;
  /** 1-based; 1:1 where the file as a whole is meant. */
  readonly line: number;
  readonly column: number;
}

/** Where in the file a problem is; 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The file is no YAML document fixby reads. */
export function notYaml(place: Place, detail: string): ConfigProblem {
  return problem('config-not-yaml', place, excerpt(withoutCredentials(detail), 200), 'Mend the YAML at this place.');
}

/** A key nobody reads; `allowed` are the keys that could stand there. */
export function unknownKey(
  place: Place,
  path: string,
  allowed: readonly string[],
  meant: string | null,
): ConfigProblem {
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  const mend = `Allowed here: ${allowed.join(', ')}.${hint}`;
  return problem('config-unknown-key', place, `${excerpt(path, 100)} is not a key of the configuration`, mend);
}

/** A value of the wrong kind. `wanted` completes the sentence "this …". */
export function wrongValue(place: Place, path: string, received: unknown, wanted: string): ConfigProblem {
  return problem('config-wrong-value', place, `${excerpt(path, 100)} is ${show(received)}`, `It ${wanted}.`);
}

function problem(code: string, place: Place, message: string, mend: string): ConfigProblem {
  const at = `${place.file}:${place.line}:${place.column}`;
  return { target: null, code, message: `${at}: ${message}.`, mend, blocks: true, ...place };
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
