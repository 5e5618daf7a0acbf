/** Reads the names and versions of uv.lock and pylock.toml as they were, remembering each package's table. */
import type { PastFile, Statement } from '../../model/past.ts';
import { rememberPieces } from '../../model/remember.ts';
import type { Statements } from '../lib/statements.ts';
import { type PylockDocument, readPylock } from './pylock-document.ts';
import { readUvLock } from './uv-lock-document.ts';

/** One format of a lock that is a head and then a list of tables. */
interface Form {
  /** What begins a package, in double brackets, such as `package`. */
  readonly table: string;
  /** The head without which a package by itself is no lock. */
  readonly head: string;
  /** Name and version of every package from an index; `null` when it is no such lock. */
  read(text: string): readonly { readonly name: string; readonly version: string }[] | null;
}

const UV: Form = { table: 'package', head: 'version = 1\n', read: readUv };
const PYLOCK: Form = { table: 'packages', head: 'lock-version = "1.0"\n', read: readPinned };

export type ReadLock = (text: string) => PastFile | null;

export function openUvLock(statements: Statements): ReadLock {
  return openForm(UV, statements);
}

export function openPylock(statements: Statements): ReadLock {
  return openForm(PYLOCK, statements);
}

function openForm(form: Form, statements: Statements): ReadLock {
  const toStatements = (text: string): readonly Statement[] | null =>
    form.read(text)?.map(({ name, version }) => statements.pin(name, version)) ?? null;
  const isOwnTable = new RegExp(`^\\[\\[?${form.table}[\\].]`);
  const readPiece = rememberPieces((piece) =>
    (piece.match(/^\s*\[(?=\[|[A-Za-z"'])[^\n]*/gm) ?? []).every((line) => isOwnTable.test(line))
      ? toStatements(form.head + piece)
      : null,
  );
  return (text) => {
    const [head = '', ...pieces] = cutBefore(text, `\n[[${form.table}]]`);
    const inHead = toStatements(`${head}\n`);
    const read = pieces.map((piece) => readPiece(piece));
    const whole = inHead?.length !== 0 || read.includes(null) ? toStatements(text) : read.flatMap((each) => each ?? []);
    return whole === null ? null : { statements: [...new Set(whole)], includes: [] };
  };
}

/** `text` cut before every `mark`, which begins with a line end; pieces begin behind that. */
function cutBefore(text: string, mark: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, from)) {
    pieces.push(text.slice(from, at));
    from = at + 1;
  }
  return [...pieces, text.slice(from)];
}

function readUv(text: string): ReturnType<Form['read']> {
  const lock = readUvLock(text);
  if ('error' in lock) return null;
  return lock.packages.flatMap(({ name, version, origin }) =>
    name === '' || version === undefined || origin.kind !== 'registry' ? [] : [{ name, version }],
  );
}

function readPinned(text: string): PylockDocument['packages'] | null {
  const lock = readPylock(text);
  return 'error' in lock ? null : lock.packages;
}
