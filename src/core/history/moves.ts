/** Decides which file of a commit is another one moved: what went and what came are compared by what they say. */
import { byEach, byText } from '../model/order.ts';
import type { PastFile } from '../model/past.ts';
import type { SourceKind } from '../model/target.ts';

/** A file that went or came in a commit. */
export interface MovedFile {
  readonly path: string;
  readonly kind: SourceKind;
  readonly blob: string;
  readonly file: PastFile;
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly likeness: number;
}

/** Half the packages have to be the same, as half the lines have to be for git itself. */
const LIKE_ENOUGH = 0.5;

/** More comparisons than any honest commit asks for; beyond it only unchanged files are recognised. */
const MOST_COMPARISONS = 10_000;

/** Where each file that came was before; one that is new is not in it. The likest pairs go first. */
export function matchMoves(gone: readonly MovedFile[], come: readonly MovedFile[]): ReadonlyMap<string, string> {
  const compares = gone.length * come.length <= MOST_COMPARISONS;
  const pairs = come.flatMap((to) => gone.flatMap((from) => pairOf(from, to, compares))).sort(byLikeness);
  const moves = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of pairs) {
    if (taken.has(from) || moves.has(to)) continue;
    taken.add(from);
    moves.set(to, from);
  }
  return moves;
}

function pairOf(from: MovedFile, to: MovedFile, compares: boolean): readonly Pair[] {
  if (familyOf(from.kind) !== familyOf(to.kind)) return [];
  const likeness = from.blob === to.blob ? 1 : compares ? likenessOf(from.file, to.file) : 0;
  return likeness < LIKE_ENOUGH ? [] : [{ from: from.path, to: to.path, likeness }];
}

/** npm's two locks are one format under two names. */
function familyOf(kind: SourceKind): SourceKind {
  return kind === 'npm-shrinkwrap' ? 'package-lock' : kind;
}

function likenessOf(from: PastFile, to: PastFile): number {
  const known = new Set(from.statements);
  const shared = to.statements.filter((statement) => known.has(statement)).length;
  return shared / Math.max(from.statements.length, to.statements.length, 1);
}

const byLikeness = byEach<Pair>(
  (a, b) => b.likeness - a.likeness,
  (a, b) => byText(a.from, b.from),
  (a, b) => byText(a.to, b.to),
);
