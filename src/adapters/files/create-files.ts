/** The audited repository on disk, as the files port. */
import { realpathSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { ListingRules } from '../../core/model/file.ts';
import { UsageError } from '../../core/model/problem.ts';
import { excerpt } from '../../core/model/text.ts';
import type { Files } from '../../ports/files.ts';
import { codeOf, messageOf } from '../lib/message-of.ts';
import { readCheckoutIgnores } from './checkout-ignores.ts';
import { createExcluder } from './exclusion.ts';
import { LARGEST_FILE, readConfined } from './read-confined.ts';
import { walk, type WalkLimits } from './walk.ts';

export interface FilesOptions {
  /** The audited folder. */
  readonly root: string;
  /** What discovery cares about. */
  readonly rules: ListingRules;
  /** Patterns in .gitignore syntax that are not audited, only named; `!vendor/` takes a vendored folder back in. */
  readonly exclude?: readonly string[];
  /** Patterns in .gitignore syntax; when there are any, what none of them matches is not audited, only named. */
  readonly include?: readonly string[];
  readonly limits?: Partial<FilesLimits>;
}

interface FilesLimits extends WalkLimits {
  /** Largest file that is read. */
  readonly fileBytes: number;
}

const LIMITS: FilesLimits = {
  entries: 500_000,
  depth: 64,
  timeMs: 120_000,
  excludedEntries: 20_000,
  fileBytes: LARGEST_FILE,
};

/** @throws UsageError when `root` is no folder that can be entered. */
export function createFiles({ root, rules, exclude = [], include = [], limits }: FilesOptions): Files {
  const real = realRoot(root);
  const caps = { ...LIMITS, ...limits };
  const excluder = createExcluder({ vendored: rules.vendored, exclude, include });
  const elapsed = (): number => performance.now();
  return {
    list: async () =>
      walk({ root: real, rules, excluder, ignores: await readCheckoutIgnores(real), limits: caps, elapsed }),
    read: (path) => readConfined(real, path, caps.fileBytes),
  };
}

function realRoot(root: string): string {
  try {
    const real = realpathSync(root);
    if (statSync(real).isDirectory()) return real;
    throw new Error('it is no folder');
  } catch (error) {
    const why = codeOf(error) === 'ENOENT' ? 'there is nothing of that name' : excerpt(messageOf(error));
    const mend = 'Name an existing folder, or run fixby inside it.';
    throw new UsageError('no-such-folder', `${excerpt(root)} cannot be looked into: ${why}.`, mend);
  }
}
