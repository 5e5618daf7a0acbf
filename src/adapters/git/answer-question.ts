/** Answers a program's question about the history with git's plumbing; no filter, text conversion or signature check runs. */
import type { GitQuestion, GitReply } from '../../core/model/git-question.ts';
import { textOf } from './checkout.ts';
import type { GitAnswer, RunGit } from './git-command.ts';
import { findLine, parseBlame } from './blame.ts';
import { parseIgnoreRules } from './ignore-rules.ts';
import { instantOf } from './instant-of.ts';
import { isCutAt } from './walk-history.ts';

type Failure = Extract<GitAnswer, { ok: false }>;

/** The answer, or why there is none. `git` runs in the audited folder of a checkout. */
export async function answerQuestion(git: RunGit, question: GitQuestion): Promise<GitReply> {
  switch (question.about) {
    case 'ignored':
      return findRules(git, question.paths);
    case 'line':
      return findOrigin(git, question);
    case 'mention':
      return findMention(git, question.name, question.paths);
  }
}

function unknown({ detail }: Failure): GitReply {
  return { about: 'unknown', detail };
}

async function findRules(git: RunGit, paths: readonly string[]): Promise<GitReply> {
  if (paths.length === 0) return { about: 'ignored', rules: [] };
  // Literal pathspecs, which everything else is asked with, are refused here; `./` keeps a path from being magic.
  const args = ['--no-literal-pathspecs', 'check-ignore', '--no-index', '--verbose', '--non-matching', '-z', '--stdin'];
  const answer = await git({ args, input: paths.map((path) => `./${path}\0`).join('') });
  // Code 1: none of them is ignored.
  if (!answer.ok && answer.exitCode !== 1) return unknown(answer);
  return { about: 'ignored', rules: answer.ok ? parseIgnoreRules(textOf(answer.stdout)) : paths.map(() => null) };
}

async function findOrigin(
  git: RunGit,
  { path, line, text }: Extract<GitQuestion, { about: 'line' }>,
): Promise<GitReply> {
  // HEAD, not the file on disk: reading that would run the clean filters the repository configures.
  const blame = ['blame', '--porcelain', '--no-textconv', '--ignore-revs-file', '', 'HEAD', '--', path];
  const answer = await git({ args: blame });
  if (!answer.ok) {
    return /no such path|no such ref|bad revision/i.test(answer.detail)
      ? { about: 'line', origin: null }
      : unknown(answer);
  }
  const found = findLine(parseBlame(textOf(answer.stdout)), line, text);
  const at = found === null ? null : instantOf(found.seconds);
  if (found === null || at === null) return { about: 'line', origin: null };
  const atLeast = found.boundary ? await isCutAt(git, { id: found.commit }) : false;
  if (typeof atLeast !== 'boolean') return unknown(atLeast);
  return { about: 'line', origin: { commit: found.commit, at, atLeast } };
}

async function findMention(git: RunGit, name: string, paths: readonly string[]): Promise<GitReply> {
  if (paths.length === 0) return { about: 'mention', change: null };
  const commits = await git({ args: ['rev-list', '--no-merges', 'HEAD', '--', ...paths] });
  if (!commits.ok) return unknown(commits);
  const search = ['diff-tree', '--stdin', '--root', '-r', '--no-renames', '--no-textconv', '--no-ext-diff'];
  const answer = await git({
    args: [...search, '--pickaxe-regex', `-S${spellingsOf(name)}`, '--', ...paths],
    input: textOf(commits.stdout),
  });
  if (!answer.ok) return unknown(answer);
  const commit = /^[0-9a-f]{40,64}$/m.exec(textOf(answer.stdout))?.[0];
  return commit === undefined ? { about: 'mention', change: null } : dateCommit(git, commit);
}

async function dateCommit(git: RunGit, commit: string): Promise<GitReply> {
  const answer = await git({ args: ['rev-list', '--no-walk', '--format=%ct', '--end-of-options', commit] });
  if (!answer.ok) return unknown(answer);
  const at = instantOf(textOf(answer.stdout).split('\n')[1] ?? '');
  return at === null
    ? { about: 'unknown', detail: 'the commit states no date that can be one.' }
    : { about: 'mention', change: { commit, at } };
}

/** An extended regular expression for a name in any case and with any of `-_.` between its words, standing alone. */
function spellingsOf(name: string): string {
  const letters = Array.from(name, (char) => {
    if (/[a-z]/i.test(char)) return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    if (/[-_.]/.test(char)) return '[-_.]';
    return /[0-9@/~]/.test(char) ? char : '.';
  });
  return `(^|[^A-Za-z0-9_.-])${letters.join('')}($|[^A-Za-z0-9_.-])`;
}
