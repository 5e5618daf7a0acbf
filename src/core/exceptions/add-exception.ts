/** Writes a new entry into the text of the exceptions file; whatever else stands there, comments included, stays. */
import { Document, isMap, isSeq, parseDocument, YAMLSeq } from 'yaml';
import { firstIssues, wantedBy } from '../document/describe-issue.ts';
import type { Problem } from '../model/problem.ts';
import { excerpt } from '../model/text.ts';
import { exceptionSchema } from './exceptions-schema.ts';
import type { ExceptionInput } from './exceptions-schema.ts';

export type NewException =
  { readonly ok: true; readonly entry: ExceptionInput } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks what was said on the command line, all of it at once; `said` holds what each flag was given. */
export function checkNewException(said: Readonly<Record<string, string | undefined>>): NewException {
  const undecodable = Object.keys(said).filter((key) => said[key]?.includes('\u{FFFD}') === true);
  if (undecodable.length > 0) return { ok: false, problems: undecodable.map((key) => notText(key, said[key] ?? '')) };
  const parsed = exceptionSchema.safeParse(said);
  if (parsed.success) return { ok: true, entry: parsed.data };
  const problems = firstIssues(parsed.error.issues).map((issue): Problem => {
    const flag = String(issue.path[0] ?? '');
    const value = said[flag];
    const message = value === undefined ? `--${flag} is missing.` : `--${flag} is "${excerpt(value, 100)}".`;
    return { target: null, code: 'exceptions-wrong-value', message, mend: `It ${wantedBy(issue)}.`, blocks: true };
  });
  return { ok: false, problems };
}

/** The replacement character stands for lost bytes: a file that holds it is refused when it is read. */
function notText(flag: string, value: string): Problem {
  const message = `--${flag} is "${excerpt(value, 100)}", with characters that were lost before fixby saw them.`;
  return { target: null, code: 'exceptions-wrong-value', message, mend: 'Write it as UTF-8.', blocks: true };
}

const HEADER =
  ' Accepted risks: docs/exceptions.md of fixby explains every key. `fixby except check` says what is wrong here.';

/** The text of the file with `entry` as its last exception. `text` is a valid file, or `null` when there is none yet. */
export function addException(text: string | null, entry: ExceptionInput): string {
  const document = text === null || text.trim() === '' ? emptyDocument() : parseDocument(text);
  if (!isMap(document.contents)) document.contents = document.createNode({});
  const node = document.createNode(entry);
  const list = document.get('exceptions', true);
  if (isSeq(list)) {
    list.flow = false;
    list.add(node);
  } else {
    const fresh = new YAMLSeq();
    fresh.add(node);
    document.set('exceptions', fresh);
  }
  return document.toString({ lineWidth: 0 });
}

function emptyDocument(): Document {
  const document = new Document({ version: 1 });
  document.commentBefore = HEADER;
  return document;
}
