/** Reads a file of settings against its schema: all of it, or every reason why it cannot be used. */
import type * as z from 'zod';
import { byEach, byText } from '../model/order.ts';
import { describeIssue, firstIssues } from './describe-issue.ts';
import { notYaml } from './file-problem.ts';
import type { FileKind, FileProblem } from './file-problem.ts';
import { parseYaml } from './yaml-document.ts';
import type { KeyPath } from './yaml-document.ts';

/** A file that was read. */
export interface SettingsFile {
  readonly path: string;
  readonly text: string;
}

export type SettingsReading<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The 1-based line of the value at a path. */
      readonly lineOf: (path: KeyPath) => number;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** An empty file is an empty map. Problems come in the order of their places. */
export function readSettings<T>(file: SettingsFile, schema: z.ZodType<T>, kind: FileKind): SettingsReading<T> {
  const place = { file: file.path, kind };
  if (file.text.includes('\uFFFD'))
    return refuse([notYaml({ ...place, line: 1, column: 1 }, 'The file is not valid UTF-8')]);
  const document = parseYaml(file.text);
  if (!('value' in document))
    return refuse(document.map(({ detail, ...spot }) => notYaml({ ...place, ...spot }, detail)));
  const parsed = schema.safeParse(document.value ?? {});
  if (parsed.success) return { ok: true, value: parsed.data, lineOf: (path) => document.spotOf(path).line };
  return refuse(
    firstIssues(parsed.error.issues).flatMap((issue) => describeIssue(issue, { schema, document, ...place })),
  );
}

function refuse(problems: readonly FileProblem[]): { readonly ok: false; readonly problems: readonly FileProblem[] } {
  const byPlace = byEach<FileProblem>(
    (a, b) => a.line - b.line,
    (a, b) => a.column - b.column,
    (a, b) => byText(a.message, b.message),
  );
  return { ok: false, problems: [...problems].sort(byPlace) };
}
