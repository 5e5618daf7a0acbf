/** A ledger in PostgreSQL: many repositories in one table, each a chain of its own that the database itself keeps append-only. */
import type { ClientConfig } from 'pg';
import type { ChainReading, LedgerFormat, LedgerPrefix } from '../../core/model/ledger-format.ts';
import { GENESIS } from '../../core/model/ledger.ts';
import type { LedgerHead } from '../../core/model/ledger.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Ledger, LedgerAdopt, LedgerAppend, LedgerRead } from '../../ports/ledger.ts';
import { databaseProblem, newerProblem, problemOf } from './database-problems.ts';
import { hashLines, insertLines, readLastLine, readLines, withChain } from './lines-table.ts';
import { migrate, readForm } from './migrate.ts';
import type { DatabaseForm } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { measureLines } from '../lib/sha256.ts';

export interface PostgresLedgerOptions {
  readonly config: ClientConfig;
  /** What reports call it, without credentials. */
  readonly place: string;
  /** Whose chain it is. */
  readonly repository: string;
  /** `read` never writes anything, not even the tables. */
  readonly access: 'append' | 'read';
  readonly format: LedgerFormat;
}

export function createPostgresLedger({ config, place, repository, access, format }: PostgresLedgerOptions): Ledger {
  const db = openDatabase(config);
  /** Why nothing may be appended: the last reading found the chain not sound. */
  let doubt: Problem | undefined;

  async function read(known?: LedgerPrefix): Promise<LedgerRead> {
    try {
      const form = await prepare();
      if (form === 'newer') return { status: 'unreadable', problem: newerProblem(place) };
      const tail = form === 'absent' || known === undefined ? undefined : await readTail(known);
      const read = tail ?? judge(form === 'absent' ? [] : await readLines(db, repository));
      doubt = read.status === 'sound' ? undefined : read.problem;
      return read;
    } catch (error) {
      return { status: 'unreadable', problem: problemOf(place, error) };
    }
  }

  /** What follows `known`; `undefined` where the rows up to there hash otherwise, and where anything is odd about the rest. */
  async function readTail(known: LedgerPrefix): Promise<LedgerRead | undefined> {
    const { head, sha256 } = known;
    if (known.repository !== repository || (await hashLines(db, repository, head.seq)) !== sha256) return undefined;
    const chain = format.readChain(await readLines(db, repository, head.seq), '', known);
    if (chain.problem !== undefined || chain.torn !== '') return undefined;
    return { status: 'sound', lines: chain.lines, after: head, head: chain.head, problems: [] };
  }

  /** Rows are there in full or not at all, so an end that is not whole was not left by a writer. */
  function judge(lines: readonly string[]): LedgerRead {
    const chain = format.readChain(lines, '');
    const whole = chain.torn === '' ? chain : format.examineChain(lines);
    const { faults, problem } = misplaced(whole) ?? whole;
    return problem === undefined
      ? { status: 'sound', lines, after: GENESIS, head: chain.head, problems: [], ...prefixOf(chain) }
      : { status: 'doubtful', lines, faults, problem };
  }

  function misplaced(chain: ChainReading): Pick<ChainReading, 'faults' | 'problem'> | undefined {
    if (chain.repository === undefined || chain.repository === repository) return undefined;
    const message = `The chain kept as ${repository} in ${place} calls itself ${chain.repository}.`;
    return {
      faults: chain.faults,
      problem: databaseProblem('ledger-broken', message, 'Restore the database from its last good copy.'),
    };
  }

  function prefixOf({ lines, head }: ChainReading): { readonly prefix?: LedgerPrefix } {
    return lines.length === 0 ? {} : { prefix: { repository, head, ...measureLines(lines) } };
  }

  async function append(bodies: Parameters<Ledger['append']>[0], at: string, after: LedgerHead): Promise<LedgerAppend> {
    const batch = format.writeBatch(bodies, { repository, at, after });
    if (bodies.length === 0) return { status: 'appended', head: after, lines: [], problems: [] };
    return insert(batch.lines, after, batch.head, (now): LedgerAppend => ({ status: 'conflict', head: now }));
  }

  async function adopt(lines: readonly string[]): Promise<LedgerAdopt> {
    const foreign = format.examineChain(lines);
    if (foreign.problem !== undefined) return { status: 'failed', problem: foreign.problem };
    if (lines.length === 0) return { status: 'appended', head: GENESIS, lines, problems: [] };
    if (foreign.repository !== repository) return { status: 'failed', problem: otherName(foreign.repository ?? '') };
    return insert(lines, GENESIS, foreign.head, ({ seq }): LedgerAdopt => ({
      status: 'failed',
      problem: notEmpty(seq),
    }));
  }

  /** Adds lines that follow `after`, or says through `onMoved` where the chain ends instead. */
  async function insert<T extends LedgerAppend>(
    lines: readonly string[],
    after: LedgerHead,
    head: LedgerHead,
    onMoved: (head: LedgerHead) => T,
  ): Promise<T | LedgerAdopt> {
    if (doubt !== undefined) return { status: 'failed', problem: doubt };
    try {
      if ((await prepare()) === 'newer') return { status: 'failed', problem: newerProblem(place) };
      return await withChain(db, repository, async (step): Promise<T | LedgerAdopt> => {
        const last = await readLastLine(step, repository);
        const now = last === undefined ? GENESIS : format.headOf(last);
        if (now === null) return { status: 'failed', problem: newerProblem(place) };
        if (now.seq !== after.seq || now.hash !== after.hash) return onMoved(now);
        await insertLines(step, repository, after.seq + 1, lines);
        return { status: 'appended', head, lines, problems: [] };
      });
    } catch (error) {
      // The connection may have been lost after the server committed.
      if (await holds(lines)) return { status: 'appended', head, lines, problems: [] };
      return { status: 'failed', problem: problemOf(place, error) };
    }
  }

  async function holds(lines: readonly string[]): Promise<boolean> {
    return readLastLine(db, repository).then(
      (last) => last === lines.at(-1),
      () => false,
    );
  }

  function prepare(): Promise<DatabaseForm> {
    return access === 'read' ? readForm(db) : migrate(db);
  }

  function otherName(name: string): Problem {
    const message = `These events belong to ${name}; this chain is that of ${repository}.`;
    return databaseProblem(
      'ledger-other-repository',
      message,
      `Set \`ledger.repository: ${name}\` in .fixby/config.yaml.`,
    );
  }

  function notEmpty(events: number): Problem {
    const message = `${repository} already has ${events} events in ${place}; an import goes into an empty chain.`;
    return databaseProblem(
      'ledger-not-empty',
      message,
      'Import it under another name, or keep the chain that is there.',
    );
  }

  return { place, read, append, adopt, close: () => db.destroy() };
}
