/** `fixby except`: adds an accepted risk to the file, lists what is accepted, says what is wrong with it. */
import { resolve } from 'node:path';
import { getBorderCharacters, table } from 'table';
import { addException, checkNewException } from '../../core/exceptions/add-exception.ts';
import { EXCEPTIONS_FILE } from '../../core/exceptions/read-exceptions.ts';
import { dayOf } from '../../core/judge/calendar.ts';
import type { RiskException } from '../../core/model/exception.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt, visible } from '../../core/model/text.ts';
import { exceptionProblems } from '../../pipeline/accepted-risks.ts';
import { examineLedger } from '../../pipeline/examine-ledger.ts';
import { recall } from '../../pipeline/recall.ts';
import type { Memory } from '../../pipeline/recall.ts';
import { readSetup } from '../../pipeline/setup.ts';
import type { Setup } from '../../pipeline/setup.ts';
import { openLedger } from '../compose-ledger.ts';
import { openRepository, openSink, readOperatorFile } from '../compose.ts';
import { EXIT } from '../exit-codes.ts';
import type { World } from '../world.ts';

export type ExceptAction = 'add' | 'list' | 'check';

type Options = Readonly<Record<string, unknown>>;

interface Asked {
  readonly world: World;
  readonly root: string;
  readonly options: Options;
  readonly repository: ReturnType<typeof openRepository>;
  readonly setup: Setup;
}

/**
 * - `add`: writes an entry made of the options into the file, comments kept. 2 for one that cannot be used.
 * - `list`: prints every accepted risk, the next to end first. `format` is `table` or `json`.
 * - `check`: says what is wrong with them by what the ledger last knew; 2 when anything but a warning is.
 *
 * Throws a UsageError for a file that cannot be used, with everything that is wrong with it.
 */
export async function runExcept(world: World, action: ExceptAction, dir: string, options: Options): Promise<number> {
  const root = resolve(world.cwd, dir);
  const repository = openRepository(world, root);
  const named = text(options['config']);
  const request = named === undefined ? {} : { config: await readOperatorFile(resolve(world.cwd, named)) };
  const setup = await readSetup(request, repository);
  return ACTIONS[action]({ world, root, options, repository, setup });
}

const ACTIONS: Readonly<Record<ExceptAction, (asked: Asked) => Promise<number> | number>> = {
  add: runAdd,
  list: runList,
  check: runCheckup,
};

const KEYS = [
  'advisory',
  'target',
  'package',
  'versions',
  'path',
  'reason',
  'owner',
  'approver',
  'expires',
  'ticket',
] as const;

async function runAdd({ world, root, options, repository, setup }: Asked): Promise<number> {
  const said = Object.fromEntries(
    KEYS.flatMap((key) => (text(options[key]) === undefined ? [] : [[key, text(options[key])]])),
  );
  const checked = checkNewException(said);
  if (!checked.ok) {
    const message = 'This risk cannot be accepted as it is described.';
    throw new UsageError('exception-unusable', message, 'Mend what is listed above.', checked.problems);
  }
  const { entry } = checked;
  const today = dayOf(repository.clock.now(), setup.policy.timeZone).toString();
  if (entry.expires < today) throw alreadyOver(entry.expires, today);
  const same = setup.exceptions.find((each) => scopeOf(each) === scopeOf(entry));
  if (same !== undefined) throw alreadyThere(same);

  const file = await repository.files.read(EXCEPTIONS_FILE);
  const edited = addException(file.status === 'ok' ? file.text : null, entry);
  const [written = EXCEPTIONS_FILE] = await openSink(root, root, null).write([{ path: EXCEPTIONS_FILE, text: edited }]);
  world.stdout.write(`${visible(entry.advisory)} is accepted until the end of ${entry.expires}: ${visible(written)}\n`);
  return EXIT.pass;
}

function scopeOf({
  advisory,
  target,
  package: name,
  versions,
  path,
}: Readonly<Partial<Record<(typeof KEYS)[number], string | undefined>>>): string {
  return JSON.stringify([
    advisory?.toLowerCase(),
    target?.replace(/^(\.\/+)+|\/+$/g, ''),
    name,
    versions,
    path?.replace(/\s/g, ''),
  ]);
}

function alreadyOver(expires: string, today: string): UsageError {
  const message = `It would have ended on ${expires}, and today is ${today}.`;
  return new UsageError('exception-over', message, 'Name a later day with --expires.');
}

function alreadyThere({ advisory, expires, line }: RiskException): UsageError {
  const message = `${EXCEPTIONS_FILE}:${line}: ${excerpt(advisory, 80)} is accepted there already, until ${expires}.`;
  return new UsageError('exception-exists', message, 'Change that entry; the ledger keeps what it said before.');
}

function runList({ world, options, repository, setup }: Asked): number {
  const exceptions = [...setup.exceptions].sort(byEnd);
  const today = dayOf(repository.clock.now(), setup.policy.timeZone).toString();
  const rows = exceptions.map((each) => ({ ...each, holds: each.expires >= today }));
  if (options['format'] === 'json') world.stdout.write(`${JSON.stringify({ today, exceptions: rows }, null, 2)}\n`);
  else world.stdout.write(rows.length === 0 ? 'No risk is accepted.\n' : drawRows(rows));
  return EXIT.pass;
}

function byEnd(a: RiskException, b: RiskException): number {
  return a.expires === b.expires ? a.line - b.line : a.expires < b.expires ? -1 : 1;
}

function drawRows(rows: readonly (RiskException & { readonly holds: boolean })[]): string {
  const cells = rows.map(
    ({ expires, holds, advisory, target, package: name, versions, path, owner, approver, reason }) => [
      holds ? expires : `${expires} expired`,
      advisory,
      [name, versions, path].filter((part) => part !== undefined).join(' ') || 'any package',
      target ?? 'every folder',
      `${owner}, accepted by ${approver}`,
      excerpt(reason, 60),
    ],
  );
  const drawn = table(
    [['Until', 'Advisory', 'Covers', 'Folder', 'Owner', 'Reason'], ...cells.map((row) => row.map(visible))],
    {
      border: { ...getBorderCharacters('void'), bodyJoin: '  ' },
      columnDefault: { paddingLeft: 0, paddingRight: 0 },
      drawHorizontalLine: () => false,
    },
  );
  return `${drawn
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
    .join('\n')}\n`;
}

async function runCheckup({ world, root, options, repository, setup }: Asked): Promise<number> {
  const { state, problems: met } = await readMemory(world, root, setup);
  const now = repository.clock.now();
  const { policy, config, exceptions } = setup;
  const acceptance = { maxDays: config.exceptions.maxDays, policy, state, now };
  const problems = [...met, ...exceptionProblems(exceptions, examineLedger(state), acceptance)];
  if (options['format'] === 'json') world.stdout.write(`${JSON.stringify({ problems }, null, 2)}\n`);
  else {
    const lines = problems.map(({ message, mend }) => `! ${visible(message)}\n  → ${visible(mend)}\n`);
    const none = `Nothing is wrong with ${exceptions.length} accepted ${exceptions.length === 1 ? 'risk' : 'risks'}.\n`;
    const unseen =
      state.lastRun === null ? '? No run is recorded, so that nobody can say which of them are needed.\n' : '';
    world.stdout.write(`${lines.length === 0 ? none : lines.join('')}${unseen}`);
  }
  return problems.some(({ code }) => code !== 'exception-expires-soon') ? EXIT.usage : EXIT.pass;
}

async function readMemory(world: World, root: string, { config }: Setup): Promise<Memory> {
  const ledger = await openLedger(world, root, config.ledger, 'read');
  try {
    return await recall(ledger);
  } finally {
    await ledger.close();
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
