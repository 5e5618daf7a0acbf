/** Finds inputs of pip-tools that name a package which no file compiled from them, nor any other, holds. */
import { normalizeName } from '../model/ecosystem.ts';
import type { FileRead } from '../model/file.ts';
import type { Program } from '../model/program.ts';
import type { Source } from '../model/target.ts';
import { readEach } from './facts.ts';
import { ecosystemOf } from './source-kinds.ts';

/** Inputs by path, each with the first name it asks for that stands in no other Python file of `sources`. */
export function* readStaleInputs(sources: readonly Source[]): Program<ReadonlyMap<string, string>> {
  const inputs = sources.filter(({ kind }) => kind === 'requirements-in').map(({ path }) => path);
  if (inputs.length === 0) return new Map();
  const others = sources.filter(({ kind }) => ecosystemOf(kind) === 'PyPI' && kind !== 'requirements-in');
  const held = yield* readEach(
    others.map(({ path }) => path),
    namesWithin,
  );
  const known = new Set(held.flatMap(([, names]) => [...names]));
  const asked = yield* readEach(inputs, (file) => askedIn(file).find((name) => !known.has(name)));
  return new Map(asked.flatMap(([path, name]) => (name === undefined ? [] : [[path, name] as const])));
}

/** Everything that might be a package's name, comments included: pip-tools only comments on what it deems unsafe. */
function namesWithin(file: FileRead): ReadonlySet<string> {
  if (file.status !== 'ok') return new Set();
  return new Set(file.text.match(/[A-Za-z0-9][A-Za-z0-9._-]*/g)?.map(normalize));
}

/** Names on lines of their own. One with a marker may rightly be left out, and a path or an option names no package. */
function askedIn(file: FileRead): readonly string[] {
  if (file.status !== 'ok') return [];
  return file.text.split(/\r\n|[\r\n]/).flatMap((line) => {
    const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\]\s*)?(?:[=<>!~(@,#\\].*)?$/.exec(line)?.[1];
    return name === undefined || line.includes(';') ? [] : [normalize(name)];
  });
}

function normalize(name: string): string {
  return normalizeName('PyPI', name.replace(/[._-]+$/, ''));
}
