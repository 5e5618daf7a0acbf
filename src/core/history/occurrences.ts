/** Follows flaws through the commits: from the one that let a carrying version in to the one that left none. */
import type { PastCommit, Statement } from '../model/past.ts';
import { byEach, byText } from '../model/order.ts';
import { PastTree, type PastWorld, type TargetChange } from './past-tree.ts';
import type { Question } from './question.ts';

/**
 * How an occurrence ended. The last two are no endings anybody can vouch for: the file that fixed the version is gone
 * (`unseen`), or it names a range where it named a version (`unpinned`).
 */
export type EndedHow = 'upgraded' | 'removed' | 'unseen' | 'unpinned';

export interface Occurrence {
  /** Its question's id. */
  readonly question: string;
  /** The folder it is in, or was in last. */
  readonly target: string;
  /** Position of the commit that brought it. */
  readonly start: number;
  /** Absent while it is there. */
  readonly end?: { readonly commit: number; readonly how: EndedHow };
  /** Every version that carried it, in the order they came; none where only ranges did. */
  readonly versions: readonly string[];
  /** The occurrence it is back from: the same flaw in the same target, removed by a real change in between. */
  readonly previous?: Occurrence;
}

interface Running {
  readonly question: Question;
  target: string;
  start: number;
  end?: { readonly commit: number; readonly how: EndedHow };
  readonly versions: string[];
  previous?: Running;
  /** The commit since which only a range stands where a version did. */
  unpinned?: number;
}

/** Every occurrence of the questions' flaws, by start, target and question. */
export function traceOccurrences(
  commits: readonly Pick<PastCommit, 'changes'>[],
  world: PastWorld,
  questions: readonly Question[],
): readonly Occurrence[] {
  const tree = new PastTree(world);
  const tracker = new Tracker(questions);
  commits.forEach(({ changes }, commit) => {
    if (changes.length > 0) tracker.take(commit, tree.apply(changes));
  });
  return tracker.finish();
}

/** One flaw that a commit let in or left out of one target. */
interface Transition {
  readonly key: string;
  readonly question: Question;
  readonly change: TargetChange;
  /** What is said of the package now, and what of it carries the flaw. */
  readonly after: readonly Statement[];
  readonly carrying: readonly Statement[];
}

class Tracker {
  readonly #questions = new Map<string, Question[]>();
  readonly #open = new Map<string, Running>();
  readonly #last = new Map<string, Running>();
  readonly #all = new Set<Running>();
  /** Those whose file the current commit moved to another target, where they go on. */
  readonly #moved = new Set<Running>();
  /** Since which commit a target's files say no more what is installed. */
  readonly #unseen = new Map<string, number>();

  constructor(questions: readonly Question[]) {
    for (const question of questions) {
      const key = packageKey(question.ecosystem, question.package);
      this.#questions.set(key, [...(this.#questions.get(key) ?? []), question]);
    }
  }

  take(commit: number, changes: readonly TargetChange[]): void {
    const transitions = changes.flatMap((change) => this.#transitions(change));
    // Those that came are looked at first: what moved is taken along before it is taken for gone.
    this.#moved.clear();
    for (const transition of transitions) if (transition.carrying.length > 0) this.#carry(commit, transition);
    for (const transition of transitions) if (transition.carrying.length === 0) this.#leave(commit, transition);
    for (const { ecosystem, target, unseen } of changes) {
      const key = packageKey(ecosystem, target);
      if (!unseen) this.#unseen.delete(key);
      else if (!this.#unseen.has(key)) this.#unseen.set(key, commit);
    }
  }

  finish(): readonly Occurrence[] {
    for (const running of this.#open.values()) {
      const unseen = this.#unseen.get(packageKey(running.question.ecosystem, running.target));
      if (unseen !== undefined) running.end = { commit: unseen, how: 'unseen' };
      else if (running.unpinned !== undefined) running.end = { commit: running.unpinned, how: 'unpinned' };
    }
    return publish(this.#all);
  }

  #transitions(change: TargetChange): readonly Transition[] {
    return [...change.packages].flatMap(([name, { after }]) =>
      (this.#questions.get(packageKey(change.ecosystem, name)) ?? []).map((question) => ({
        key: occurrenceKey(question, change.target),
        question,
        change,
        carrying: after.filter((statement) => question.hear(statement) === 'carries'),
        after,
      })),
    );
  }

  #carry(commit: number, transition: Transition): void {
    const { key, question, change, carrying } = transition;
    const running = this.#open.get(key) ?? this.#moveHere(transition) ?? this.#begin(commit, question, change.target);
    this.#open.set(key, running);
    delete running.unpinned;
    for (const statement of carrying) {
      if ('version' in statement && !running.versions.includes(statement.version))
        running.versions.push(statement.version);
    }
  }

  /** What a moved file carried goes on here, as old as it was there; the source ends without an ending if nothing stays. */
  #moveHere({ question, change }: Transition): Running | undefined {
    const sources = change.movedFrom.flatMap((from) => this.#open.get(occurrenceKey(question, from)) ?? []);
    const [oldest] = sources.sort((a, b) => a.start - b.start);
    if (oldest === undefined) return undefined;
    for (const source of sources) this.#moved.add(source);
    return this.#note({ ...copyOf(oldest), target: change.target });
  }

  #begin(commit: number, question: Question, target: string): Running {
    const previous = this.#last.get(occurrenceKey(question, target));
    return this.#note({ question, target, start: commit, versions: [], ...(previous && { previous }) });
  }

  #note(running: Running): Running {
    this.#all.add(running);
    return running;
  }

  #leave(commit: number, { key, after }: Transition): void {
    const running = this.#open.get(key);
    if (running === undefined) return;
    if (this.#moved.has(running)) {
      this.#all.delete(running);
      this.#open.delete(key);
      return;
    }
    if (after.some((statement) => running.question.hear(statement) === 'may-carry')) {
      running.unpinned ??= commit;
      return;
    }
    running.end = { commit, how: after.length === 0 ? 'removed' : 'upgraded' };
    this.#open.delete(key);
    this.#last.set(key, running);
  }
}

function copyOf({ question, start, versions, previous }: Running): Omit<Running, 'target'> {
  return { question, start, versions: [...versions], ...(previous && { previous }) };
}

function publish(all: Iterable<Running>): readonly Occurrence[] {
  const made = new Map<Running, Occurrence>();
  // A previous one was begun, and so is published, before it is pointed to.
  for (const running of all) {
    const { question, target, start, end, versions } = running;
    const previous = running.previous && made.get(running.previous);
    made.set(running, {
      question: question.id,
      target,
      start,
      versions,
      ...(end && { end }),
      ...(previous && { previous }),
    });
  }
  return [...made.values()].sort(byStart);
}

const byStart = byEach<Occurrence>(
  (a, b) => a.start - b.start,
  (a, b) => byText(a.target, b.target),
  (a, b) => byText(a.question, b.question),
);

function packageKey(ecosystem: string, name: string): string {
  return `${ecosystem}:${name}`;
}

function occurrenceKey({ id }: Question, target: string): string {
  return `${id}\0${target}`;
}
