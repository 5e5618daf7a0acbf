/** Turns what a command line names (locks, folders, packages) into questions a mirror can be asked. */
import { basename, dirname, join, resolve } from 'node:path';
import type { InstalledReader } from '../../core/auditors/lib/ecosystem-reader.ts';
import type { NamedPackage } from '../../core/auditors/osv/named-package.ts';
import { ecosystemOf, sourceKindOf } from '../../core/discover/source-kinds.ts';
import { isVersion } from '../../core/match/version.ts';
import { ECOSYSTEMS } from '../../core/model/ecosystem.ts';
import { byText } from '../../core/model/order.ts';
import { UsageError } from '../../core/model/problem.ts';
import { LOCK_KINDS } from '../../core/model/target.ts';
import type { SourceKind } from '../../core/model/target.ts';
import { excerpt } from '../../core/model/text.ts';
import { parsePurl } from '../../mirror/purl.ts';
import type { MatchQuestion } from '../../pipeline/match-mirror.ts';
import { filesIn, kindOfPath, namesIn } from '../compose-mirror-match.ts';

/** One question a lock or package, in the order they are named. Throws a UsageError for what is neither. */
export async function readQuestions(cwd: string, names: readonly string[]): Promise<readonly MatchQuestion[]> {
  const distinct = [...new Set(names)];
  return (await Promise.all(distinct.map((name) => questionsOf(cwd, name)))).flat();
}

async function questionsOf(cwd: string, name: string): Promise<readonly MatchQuestion[]> {
  const named = packageNamed(name);
  if (named !== null) return [await askPackage(name, named)];
  const path = resolve(cwd, name);
  const inside = await namesIn(path);
  if (inside === null) return [await askNamed(name, path)];
  const locks = locksToAsk(inside);
  if (locks.some((lock) => isReadLock(lock.file)))
    return Promise.all(locks.map(({ file, kind }) => askLock(join(name, file), join(path, file), kind)));
  throw notAsked(name, 'is a folder without a lock that is read');
}

/** One that nobody reads is asked about, too: it is not passed over in silence. bun's binary lock says what another of npm's says. */
function locksToAsk(names: readonly string[]): readonly { readonly file: string; readonly kind: SourceKind }[] {
  const locks = names.flatMap((file) => {
    const kind = lockKindOf(file);
    return kind === null ? [] : [{ file, kind }];
  });
  const readsNpm = locks.some(({ file, kind }) => isReadLock(file) && ecosystemOf(kind) === 'npm');
  return locks.filter(({ file }) => !(readsNpm && file === 'bun.lockb')).sort((a, b) => byText(a.file, b.file));
}

function lockKindOf(file: string): SourceKind | null {
  const kind = sourceKindOf(file);
  return kind !== null && LOCK_KINDS.has(kind) ? kind : null;
}

/** Of the locks those of pdm, and bun's binary one, are read by nobody here. */
function isReadLock(file: string): boolean {
  return file !== 'pdm.lock' && !file.endsWith('.lockb');
}

async function askNamed(name: string, path: string): Promise<MatchQuestion> {
  const file = basename(path);
  const kind = lockKindOf(file);
  if (kind !== null && isReadLock(file)) return askLock(name, path, kind);
  throw notAsked(name, await whyNoLock(path));
}

async function askLock(name: string, path: string, kind: SourceKind): Promise<MatchQuestion> {
  return {
    name,
    target: { path: '.', ecosystem: ecosystemOf(kind), sources: [{ path: basename(path), kind }] },
    reader: await readerOf(kind),
    files: await filesIn(dirname(path)),
  };
}

async function whyNoLock(path: string): Promise<string> {
  const kind = await kindOfPath(path);
  if (kind === 'folder') return 'is a folder that cannot be read';
  return kind === 'unreachable' ? 'is not there, or cannot be reached' : 'is no lock that is read';
}

/** npm's own locks are most of those there are: they are read without loading the parsers of the others. */
async function readerOf(kind: SourceKind): Promise<InstalledReader> {
  if (ecosystemOf(kind) === 'PyPI') return (await import('../../core/auditors/pip/reader.ts')).pythonReader;
  if (kind === 'package-lock' || kind === 'npm-shrinkwrap')
    return (await import('../../core/auditors/npm/own-reader.ts')).ownLockReader;
  return (await import('../../core/auditors/npm/reader.ts')).npmReader;
}

async function askPackage(name: string, named: NamedPackage): Promise<MatchQuestion> {
  const { ecosystem } = named;
  const { readerOfPackage } = await import('../../core/auditors/osv/named-package.ts');
  const kind = ecosystem === 'npm' ? 'package-json' : 'requirements';
  const { canary } = await readerOf(kind === 'package-json' ? 'package-lock' : 'pylock');
  return {
    name,
    target: { path: '.', ecosystem, sources: [{ path: name, kind }] },
    reader: readerOfPackage(named, canary, name),
    files: await filesIn('.'),
  };
}

/** `npm:lodash@4.17.20`, or the same as a package URL; `null` for what means to be a path. */
function packageNamed(text: string): NamedPackage | null {
  if (!/^(?:npm|pypi|pkg):/i.test(text)) return null;
  const [, type = '', name, version] = /^([a-z]+):(@?[^@\s]+)@([^@\s]+)$/i.exec(text) ?? [];
  const ecosystem = ECOSYSTEMS.find((each) => each.toLowerCase() === type.toLowerCase());
  const named = ecosystem === undefined ? parsePurl(text) : { ecosystem, name: name ?? '', version: version ?? '' };
  const at = named?.version ?? '';
  if (named !== null && isVersion(named.ecosystem, at)) return { ...named, version: at };
  throw new UsageError(
    'bad-package',
    `"${excerpt(text)}" names no version of a package.`,
    'Write it as npm:lodash@4.17.20, PyPI:jinja2@3.1.2 or pkg:npm/%40scope/name@1.0.0: one exact version.',
  );
}

function notAsked(name: string, why: string): UsageError {
  return new UsageError(
    'no-lock',
    `"${excerpt(name)}" ${why}.`,
    'Name a lock (package-lock.json, npm-shrinkwrap.json, yarn.lock, pnpm-lock.yaml, bun.lock, uv.lock, poetry.lock, Pipfile.lock, pylock.toml) or a package such as npm:lodash@4.17.20; ranges are for `fixby gate`, which resolves them.',
  );
}
