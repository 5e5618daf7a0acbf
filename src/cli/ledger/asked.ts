/** What every action of `fixby ledger` is asked with, and how each reads and complains. */
import { resolve } from 'node:path';
import type { Config } from '../../core/model/config.ts';
import { UsageError } from '../../core/model/problem.ts';
import type { Problem } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import type { LedgerRead } from '../../ports/ledger.ts';
import { openLedger } from '../compose-ledger.ts';
import { readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

export interface Asked {
  readonly world: World;
  /** Absolute path of the repository. */
  readonly root: string;
  readonly settings: Config['ledger'];
  /** Flags as commander gives them. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The ledger as it lies there; nothing is written, not even to set a torn end aside. */
export async function readLedger({
  world,
  root,
  settings,
}: Asked): Promise<{ readonly read: LedgerRead; readonly place: string }> {
  const ledger = await openLedger(world, root, settings, 'read');
  try {
    return { read: await ledger.read(), place: ledger.place };
  } finally {
    await ledger.close();
  }
}

/** The exit code for a ledger that is not sound: 1 when it was changed, 3 when it could not be looked at. */
export function failureOf({ status, problem }: Exclude<LedgerRead, { status: 'sound' }>): number {
  return status === 'unreadable' || problem.code === 'ledger-newer' ? EXIT.inconclusive : EXIT.fail;
}

/** Says a problem on stderr, and gives `code` back. */
export function complain(world: World, { message, mend }: Problem, code: number): number {
  world.stderr.write(`fixby: ${visible(message)}\n  → ${visible(mend)}\n`);
  return code;
}

/** The text of a file the operator named. */
export async function readFile(world: World, path: string): Promise<string> {
  const found = await readOperatorFile(resolve(world.cwd, path));
  if (found.status === 'ok') return found.text;
  throw new UsageError(
    'file-unreadable',
    `${excerpt(path)} cannot be read: ${found.detail}`,
    'Name a file that is there.',
  );
}

/** The value of a flag that takes one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The values of a flag that may be repeated. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'string')
    : typeof value === 'string'
      ? [value]
      : [];
}
