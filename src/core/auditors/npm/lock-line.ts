/** Follows one lock through its versions: of each it reads the entries that are not those of the version before. */
import type { Statement } from '../../model/past.ts';
import type { LockEntry } from './lock-entry.ts';
import { findLayout, isLockAround, type LockLayout } from './lock-layout.ts';

/** One or several entries of a lock as they stand in its text, and what they say. Only `others` depend on the rest of the lock. */
export interface LockPiece {
  readonly text: string;
  readonly locations: readonly string[];
  readonly requests: number;
  readonly statements: readonly Statement[];
  /** Folders and links. */
  readonly others: readonly LockEntry[];
  readonly root?: LockEntry;
}

/** The pieces of a lock together. */
export interface LockSum {
  readonly statements: Iterable<Statement>;
  readonly others: readonly LockEntry[];
  readonly root?: LockEntry;
}

/** `null` for a text that is no entries of a lock. */
export type ReadPiece = (text: string) => LockPiece | null;

/** Beyond this many entries, or requests among them, the whole reading decides whether a lock is too large to be one. */
const LARGE = { entries: 50_000, requests: 500_000 };

/** How many entries may go at once between two that stay; beyond it entries are read anew until one is met again. */
const FARTHEST = 32;

/** The pieces of one text, and how many of the ones before are not among them. */
interface Walk {
  readonly pieces: readonly LockPiece[];
  readonly fresh: readonly LockPiece[];
  readonly gone: readonly LockPiece[];
  /** Position behind the last entry. */
  readonly end: number;
}

export class LockLine {
  readonly #readPiece: ReadPiece;
  readonly #statements = new Map<Statement, number>();
  readonly #locations = new Map<string, number>();
  #pieces: readonly LockPiece[] = [];
  #entries = 0;
  #requests = 0;
  /** What stood around the entries when that was last found to be a lock. */
  #around: readonly [before: string, after: string] = ['', ''];

  constructor(readPiece: ReadPiece) {
    this.#readPiece = readPiece;
  }

  /** Takes the next version; `null` where only the whole reading can say what it holds. */
  take(text: string): LockSum | null {
    const layout = findLayout(text);
    const walk = layout === null ? null : this.#walk(text, layout);
    if (layout === null || walk === null) return null;
    if (!this.#isLock(text.slice(0, layout.start), text.slice(walk.end))) return null;
    for (const piece of walk.fresh) this.#count(piece, 1);
    for (const piece of walk.gone) this.#count(piece, -1);
    this.#pieces = walk.pieces;
    return this.#sum();
  }

  /** Goes from entry to entry: one that stood here before is recognised by its text, any other is read. */
  #walk(text: string, { start, separator, ending }: LockLayout): Walk | null {
    const pieces: LockPiece[] = [];
    const fresh: LockPiece[] = [];
    const gone: LockPiece[] = [];
    let [at, next] = [start, 0];
    for (;;) {
      const met = this.#meet(text, at, next);
      const piece = met === -1 ? this.#readAt(text, at, ending) : this.#pieces[met];
      if (piece === null || piece === undefined) return null;
      pieces.push(piece);
      if (met === -1) fresh.push(piece);
      else {
        if (met > next) gone.push(...this.#pieces.slice(next, met));
        next = met + 1;
      }
      const end = at + piece.text.length;
      if (!text.startsWith(separator, end)) return { pieces, fresh, gone: [...gone, ...this.#pieces.slice(next)], end };
      at = end + separator.length;
    }
  }

  /** The next of the pieces before that stands at `at`; -1 when none does. */
  #meet(text: string, at: number, from: number): number {
    const most = Math.min(this.#pieces.length, from + FARTHEST);
    for (let index = from; index < most; index += 1) {
      const known = this.#pieces[index]?.text ?? '';
      // Compared as a slice: that is memory against memory, where startsWith goes from character to character.
      if (text.slice(at, at + known.length) === known) return index;
    }
    return -1;
  }

  #readAt(text: string, at: number, ending: string): LockPiece | null {
    const last = text.indexOf(ending, at);
    return last === -1 ? null : this.#readPiece(text.slice(at, last + ending.length));
  }

  #isLock(before: string, after: string): boolean {
    if (before === this.#around[0] && after === this.#around[1]) return true;
    if (!isLockAround(before, after)) return false;
    this.#around = [before, after];
    return true;
  }

  #count({ locations, statements, requests }: LockPiece, by: 1 | -1): void {
    for (const location of locations) tally(this.#locations, location, by);
    for (const statement of statements) tally(this.#statements, statement, by);
    this.#entries += by * locations.length;
    this.#requests += by * requests;
  }

  /** A location that is stated twice means what is stated last, and that is not for pieces to say. */
  #sum(): LockSum | null {
    const isLarge = this.#entries > LARGE.entries || this.#requests > LARGE.requests;
    if (isLarge || this.#entries !== this.#locations.size) return null;
    const root = this.#pieces.find((piece) => piece.root !== undefined)?.root;
    const others = this.#pieces.flatMap((piece) => piece.others);
    return { statements: this.#statements.keys(), others, ...(root && { root }) };
  }
}

function tally<K>(counts: Map<K, number>, key: K, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
