/** Decides whether the audited folder is part of a git checkout that can be trusted, and what is checked out. */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../core/model/problem.ts';
import type { GitState } from '../../ports/git.ts';
import { isInside } from '../lib/inside.ts';
import type { RunGit } from './git-command.ts';
import { commandFailed, displaced, noCommit, whyNoCheckout } from './git-problems.ts';

/** A checkout around the audited folder. */
export interface Checkout {
  /** From the top of the work tree to the audited folder: empty, or ending with `/`. */
  readonly prefix: string;
  readonly shallow: boolean;
}

/** The checkout `root` (a real path) lies in, or why there is none. */
export async function findCheckout(git: RunGit, root: string): Promise<Checkout | Problem> {
  const args = ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--show-prefix', '--show-toplevel'];
  const answer = await git({ args });
  if (!answer.ok) return /must be run in a work tree/.test(answer.detail) ? displaced() : whyNoCheckout(answer, root);
  const [inside, shallow, prefix = '', top = ''] = textOf(answer.stdout).split('\n');
  return inside === 'true' && holds(top, root) ? { prefix, shallow: shallow === 'true' } : displaced();
}

/** What is checked out, or why that cannot be said. */
export async function readState(git: RunGit, { shallow }: Checkout): Promise<GitState | Problem> {
  const head = await git({ args: ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'] });
  if (!head.ok) return head.exitCode === 1 ? noCommit() : commandFailed('rev-parse', head);
  const branch = await git({ args: ['symbolic-ref', '--quiet', '--short', 'HEAD'] });
  const name = branch.ok ? textOf(branch.stdout).trim() : '';
  return { commit: textOf(head.stdout).trim(), ...(name === '' ? {} : { branch: name }), shallow };
}

/** Bytes git wrote, as text. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `core.worktree` can name any folder of the machine; a true top holds both the audited folder and `.git`. */
function holds(top: string, root: string): boolean {
  return existsSync(join(top, '.git')) && isInside(realpathSync(top), root);
}
