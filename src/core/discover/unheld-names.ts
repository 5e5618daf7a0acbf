/** Finds inputs of pip-tools and setup files that name a package which no file an auditor reads holds. */
import { normalizeName } from '../model/ecosystem.ts';
import type { FileRead } from '../model/file.ts';
import type { Program } from '../model/program.ts';
import type { Source, SourceKind } from '../model/target.ts';
import { readEach } from './facts.ts';
import { ecosystemOf } from './source-kinds.ts';

/** Such files by path, each with the first name it asks for that stands in none of the other Python files. */
export function* readUnheldNames(sources: readonly Source[]): Program<ReadonlyMap<string, string>> {
  const asking = sources.filter(({ kind }) => isAsking(kind)).map(({ path }) => path);
  if (asking.length === 0) return new Map();
  const others = sources.filter(({ kind }) => ecosystemOf(kind) === 'PyPI' && !isAsking(kind));
  const held = yield* readEach(
    others.map(({ path }) => path),
    namesWithin,
  );
  const known = new Set(held.flatMap(([, names]) => [...names]));
  const asked = yield* readEach(asking, (file) => askedIn(file).find((name) => !known.has(name)));
  return new Map(asked.flatMap(([path, name]) => (name === undefined ? [] : [[path, name] as const])));
}

function isAsking(kind: SourceKind): boolean {
  return kind === 'requirements-in' || kind === 'setup-py';
}

/** Everything that might be a package's name, comments included: pip-tools only comments on what it deems unsafe. */
function namesWithin(file: FileRead): ReadonlySet<string> {
  if (file.status !== 'ok') return new Set();
  return new Set(file.text.match(/[A-Za-z0-9][A-Za-z0-9._-]*/g)?.map(normalize));
}

/** One with a marker may rightly be left out, and a path or an option names no package. */
function askedIn(file: FileRead): readonly string[] {
  if (file.status !== 'ok') return [];
  return linesOf(file.path, file.text).flatMap((line) => {
    const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\]\s*)?(?:[=<>!~(@,#\\].*)?$/.exec(line)?.[1];
    return name === undefined || line.includes(';') ? [] : [normalize(name)];
  });
}

/** What `install_requires` lists in plain sight; a setup.py that computes it says nothing here. */
function linesOf(path: string, text: string): readonly string[] {
  if (path.endsWith('.in')) return text.split(LINE_END);
  if (path.endsWith('.cfg')) {
    const listed = /^install_requires[ \t]*=(.*(?:\r?\n[ \t]+.*)*)/m.exec(text)?.[1];
    return listed?.split(LINE_END) ?? [];
  }
  const start = text.search(/\binstall_requires\s*=\s*\[/);
  const near = start === -1 ? '' : text.slice(start, start + LONGEST_LIST);
  const listed = /\[(.*?)\]\s*[,)\n]/s.exec(near)?.[1] ?? '';
  return [...listed.replace(/#.*/g, '').matchAll(/"([^"]*)"|'([^']*)'/g)].map(
    ([, double, single]) => double ?? single ?? '',
  );
}

// A list that is longer is no plain list; and what a hostile file costs is bounded.
const LONGEST_LIST = 20_000;
const LINE_END = /\r\n|[\r\n]/;

function normalize(name: string): string {
  return normalizeName('PyPI', name.replace(/[._-]+$/, ''));
}
