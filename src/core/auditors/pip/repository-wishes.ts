/** Judges what the repository wishes about indexes and options: none of it was obeyed, and what matters is said. */
import type { AuditSettings } from '../../model/auditor.ts';
import type { Program } from '../../model/program.ts';
import type { Problem } from '../../model/problem.ts';
import { excerpt } from '../../model/text.ts';
import { withoutCredentials } from '../lib/credentials.ts';
import { askDefaultIndex } from './package-source.ts';
import type { DroppedOption } from './reading.ts';

export interface JudgedWishes {
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/**
 * The wishes, less what is uv's default anyway: uv itself is asked which index that is, and only when an index is named.
 * Where it does not say, an index named by an option is a problem and one named by a lock is not.
 */
export function* judgeWishes(
  target: string,
  wishes: readonly DroppedOption[],
  settings: AuditSettings,
): Program<JudgedWishes> {
  const known = settings.knownRegistries;
  const open = wishes.filter((wish) => wish.effect !== 'option' && !isKnown(wish, known));
  if (open.length === 0) return wordWishes(target, wishes, known);
  const index = yield* askDefaultIndex(settings);
  return index === undefined
    ? wordWishes(target, withoutLockIndexes(wishes), known)
    : wordWishes(
        target,
        wishes.filter((wish) => !isKnown(wish, [index])),
        known,
      );
}

/** The wishes without asking anybody: every index that is not among `known` is foreign, those of locks are left out. */
export function judgeWishesUnasked(
  target: string,
  wishes: readonly DroppedOption[],
  known: readonly string[],
): JudgedWishes {
  return wordWishes(target, withoutLockIndexes(wishes), known);
}

function withoutLockIndexes(wishes: readonly DroppedOption[]): readonly DroppedOption[] {
  return wishes.filter(({ effect }) => effect !== 'lock-index');
}

/** A foreign index leaves a question open; one the team knows is a note; other options leave nothing open. */
function wordWishes(target: string, wishes: readonly DroppedOption[], known: readonly string[]): JudgedWishes {
  return {
    problems: wishes.filter((wish) => !isKnown(wish, known)).map((wish) => ({ target, ...toProblem(wish) })),
    notes: wishes
      .filter((wish) => isKnown(wish, known))
      .map((wish) => `${sayWish(wish)}; advisories were asked for by name and version.`),
  };
}

function toProblem(wish: DroppedOption): Omit<Problem, 'target'> {
  switch (wish.effect) {
    case 'index':
      return {
        code: 'repository-index',
        message: `${sayWish(wish)}; it was not obeyed, and packages that come from there were looked up elsewhere.`,
        mend: NAME_IT,
        blocks: true,
      };
    case 'lock-index':
      return {
        code: 'lock-not-from-registry',
        message: `${sayWish(wish)}; its packages were asked about by name and version only.`,
        mend: NAME_IT,
        blocks: false,
      };
    case 'option':
      return {
        code: 'repository-option',
        message: `${sayWish(wish)}; it was not obeyed.`,
        mend: 'Nothing, unless the versions found here differ from those that are deployed.',
        blocks: false,
      };
  }
}

const NAME_IT = 'If the team really uses it, name it under python.knownIndexes in .fixby/config.yaml.';

function isKnown({ effect, value }: DroppedOption, known: readonly string[]): boolean {
  return effect !== 'option' && known.some((address) => comparable(address) === comparable(value));
}

function sayWish({ file, line, option, value }: DroppedOption): string {
  const shown = excerpt(withoutCredentials(`${option} ${value}`.slice(0, 2000)), 160);
  return `${line === undefined ? file : `${file}:${line}`} asks for ${shown}`;
}

/** An address as it compares: without credentials, a last slash, and upper case. */
function comparable(url: string): string {
  const address = withoutCredentials(url.trim().slice(0, 2000)).toLowerCase();
  return address.endsWith('/') ? address.slice(0, -1) : address;
}
