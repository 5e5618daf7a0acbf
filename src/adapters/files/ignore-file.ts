/** Reads .gitignore files, and decides with a chain of them whether git would ignore a path. */
import ignore from 'ignore';
import { readFile, stat } from 'node:fs/promises';
import { relativeTo } from '../../core/model/path.ts';

/** The rules of one ignore file. */
export interface IgnoreFile {
  /** The folder the rules belong to, relative to the root. */
  readonly base: string;
  /** What stands in front of a path of the root, for an ignore file that lies above the root. */
  readonly prefix: string;
  readonly rules: Rules;
}

/** Ignore files that apply to a folder, outermost first: the innermost that has an opinion decides. */
export type IgnoreChain = readonly IgnoreFile[];

/** `true` and `false` are said by a rule; `null` when no rule matches. A path ends with `/` when it is a folder. */
export type Rules = (path: string) => boolean | null;

const MAX_BYTES = 1024 * 1024;
const MAX_LINES = 10_000;
const MAX_LINE_LENGTH = 512;
const MAX_WILDCARDS = 3;

/** Whether git would ignore `path`. Folders above it must have been asked before: none of them is ignored. */
export function isIgnored(chain: IgnoreChain, path: string, isFolder: boolean): boolean {
  return chain.map((file) => askOne(file, path, isFolder)).findLast((said) => said !== null) ?? false;
}

/**
 * The part of `chain` that applies below `folder`, which is not ignored. A file that wanted it ignored and was overruled
 * would go on hiding all that lies in it, so it has no say there.
 */
export function chainBelow(chain: IgnoreChain, folder: string): IgnoreChain {
  return chain.filter((file) => askOne(file, folder, true) !== true);
}

/** The rules of the ignore file at `path`; `null` for one that is missing, no regular file, or too costly to apply. */
export async function readIgnoreRules(path: string): Promise<Rules | null> {
  try {
    const { size } = await stat(path);
    return size > MAX_BYTES ? null : compileRules(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}

function askOne({ base, prefix, rules }: IgnoreFile, path: string, isFolder: boolean): boolean | null {
  return rules(`${prefix}${relativeTo(base, path)}${isFolder ? '/' : ''}`);
}

function compileRules(text: string): Rules | null {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.length > MAX_LINES || lines.some(isCostly)) return null;
  // Git compares case where the file system does; taking case seriously everywhere hides less.
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(lines);
  return (path) => {
    const { ignored, unignored } = rules.test(path);
    return ignored ? true : unignored ? false : null;
  };
}

/** Patterns become backtracking expressions: their cost is a power of the wildcards in a name, and of the `**`. */
function isCostly(line: string): boolean {
  if (line.length > MAX_LINE_LENGTH) return true;
  const segments = line.split('/');
  const wildcards = segments.map((segment) => segment.match(/\*+/g)?.length ?? 0);
  return Math.max(...wildcards) > MAX_WILDCARDS || segments.filter((one) => one === '**').length > MAX_WILDCARDS;
}
