/** Why git gave no answer, in words that say what to do. */
import type { Problem } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { GitAnswer } from './git-command.ts';

type Failure = Extract<GitAnswer, { ok: false }>;

/** Why a folder has no history to read. Only a refusal leaves a question open: there is a history, and it was not seen. */
export function whyNoCheckout(failure: Failure, root: string): Problem {
  if (failure.missing) {
    return closed(
      'git-missing',
      'git was not found, so history, tags and tracked files are not known.',
      'Install git.',
    );
  }
  if (/not a git repository/i.test(failure.detail)) {
    const mend = 'Run fixby on a git checkout to have releases and dates.';
    return closed('git-no-checkout', 'This is no git checkout, so releases and history are not known.', mend);
  }
  if (/dubious ownership/i.test(failure.detail)) {
    const message = 'git refuses this checkout because another user owns it.';
    return open('git-refused', message, `Run \`git config --global --add safe.directory ${excerpt(root)}\`.`);
  }
  return commandFailed('rev-parse', failure);
}

/** The checkout says its files lie somewhere else than the audited folder. */
export function displaced(): Problem {
  const message =
    "The checkout's own configuration (core.worktree, core.bare) puts its files elsewhere; it was not used.";
  return open('git-refused', message, 'Remove that setting from .git/config, or audit a fresh clone.');
}

/** A checkout without a commit. */
export function noCommit(): Problem {
  return closed('git-no-commit', 'The checkout has no commit yet, so there is no history.', 'Commit something.');
}

/** A command that should have worked did not. */
export function commandFailed(command: string, { detail }: Failure): Problem {
  return open('git-failed', `git ${command} failed: ${excerpt(detail)}`, 'Check the repository with `git fsck`.');
}

/** A submodule that is checked out, and git does not say what lies in it. */
export function unknownSubmodules(path: string, { message }: Pick<Problem, 'message'>): Problem {
  return {
    target: path,
    code: 'submodule-unread',
    message: `Whether the submodule ${excerpt(path)} has submodules of its own is not known: ${message}`,
    mend: 'Run `git submodule update --init --recursive`.',
    blocks: true,
  };
}

/** A release tag whose date cannot be known. */
export function undatedTag(tag: string): Problem {
  const message = `The tag ${excerpt(tag)} has no usable date, so it was not counted as a release.`;
  return open('git-tag-undated', message, 'Cut the tag again, or take it away.');
}

/** What is tagged was there: a tag is no older than its commit. */
export function tagBeforeCommit(tag: string, claimed: string, made: string): Problem {
  const message = `The tag ${excerpt(tag)} is dated ${claimed.slice(0, 10)}, before the commit it names (${made.slice(0, 10)}): the day of the commit counts.`;
  return closed('git-tag-misdated', message, 'Look at who cut the tag, and on which clock.');
}

function open(code: string, message: string, mend: string): Problem {
  return { target: null, code, message, mend, blocks: true };
}

function closed(code: string, message: string, mend: string): Problem {
  return { target: null, code, message, mend, blocks: false };
}
