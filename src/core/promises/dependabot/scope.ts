/** Reads which ecosystems a sentence about Dependabot speaks of: what it says of GitHub Actions says nothing of npm. */
import { broken, kept } from '../evidence.ts';
import { dependabotNames, type Manifest } from '../manifests.ts';
import { rhythmOf } from './coverage.ts';
import type { UpdateEntry } from './read-dependabot.ts';
import type { Evidence, PromiseFacts } from '../../model/promise.ts';

/** `package-ecosystem` values; `null` for all there are. */
export type Scope = ReadonlySet<string> | null;

const NAMED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(?:npm|node(?:\.js)?|javascript|typescript|yarn|pnpm)\b/i, ['npm', 'bun']],
  [/\b(?:pip|python|pypi|uv)\b/i, ['pip', 'uv']],
  [
    /\bactions? (?:versions?|dependenc|up[ -]to[ -]date|(?:are|is) (?:updat|kept|bump))|\b(?:updat|bump|keep)\w*.{0,30}\bactions\b/i,
    ['github-actions'],
  ],
  [/\b(?:docker|container|base) images?\b|\bdockerfiles?\b/i, ['docker', 'docker-compose']],
  [/\b(?:cargo|rust|crates?)\b/i, ['cargo']],
  [/\bgo modules?\b|\bgolang\b/i, ['gomod']],
  [/\bterraform\b/i, ['terraform']],
];

/** What `text` names; a sentence that names nothing, or all dependencies beside it, is about everything. */
export function scopeOf(text: string): Scope {
  const named = NAMED.flatMap(([pattern, names]) => (pattern.test(text) ? names : []));
  return named.length === 0 || /\ball (?:our |of our |the )?dependenc/i.test(text) ? null : new Set(named);
}

/** The facts without what is not spoken of. */
export function narrowFacts(facts: PromiseFacts, scope: Scope): PromiseFacts {
  if (scope === null) return facts;
  const isMeant = (manifest: Manifest): boolean => dependabotNames(manifest).some((name) => scope.has(name));
  return { ...facts, targets: facts.targets.filter(isMeant), setAside: facts.setAside.filter(isMeant) };
}

/** The entries that are spoken of. */
export function narrowEntries(entries: readonly UpdateEntry[], scope: Scope): readonly UpdateEntry[] {
  return scope === null ? entries : entries.filter(({ ecosystem }) => scope.has(ecosystem));
}

/** Whether an entry is there for each ecosystem that is named and has no manifest here to be held against. */
export function judgeNamed(file: string, entries: readonly UpdateEntry[], scope: Scope): readonly Evidence[] {
  const names = [['github-actions'], ['docker', 'docker-compose'], ['cargo'], ['gomod'], ['terraform']];
  return names
    .filter((group) => group.some((name) => scope?.has(name) === true))
    .map((group) => {
      const entry = entries.find(({ ecosystem }) => group.includes(ecosystem));
      const [name = ''] = group;
      if (entry === undefined)
        return broken(`${file} has no entry for ${name}`, `Add an entry to ${file}: package-ecosystem ${name}.`, {
          file,
        });
      return kept(`${entry.ecosystem} is updated ${rhythmOf(entry)}`, { file, line: entry.lineOf() });
    });
}
