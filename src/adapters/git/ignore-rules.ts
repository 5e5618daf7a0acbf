/** Reads what `git check-ignore --verbose --non-matching -z` writes: the rule that decides about each path. */
import { isAbsolute } from 'node:path';
import { baseName } from '../../core/model/path.ts';
import type { IgnoreRule } from '../../core/model/git-question.ts';

/** One entry a path. A rule that takes a path back in, and one that lies outside the repository's own files, ignores nothing. */
export function parseIgnoreRules(output: string): readonly (IgnoreRule | null)[] {
  const fields = output.split('\0');
  const rules: (IgnoreRule | null)[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [file = '', line = '', pattern = ''] = fields.slice(at, at + 3);
    const counts = isOwnFile(file) && !pattern.startsWith('!');
    rules.push(counts ? { file, line: Number(line), pattern } : null);
  }
  return rules;
}

/** The operator's own excludes and `.git/info/exclude` hide a file on this machine only. */
function isOwnFile(file: string): boolean {
  return baseName(file) === '.gitignore' && !isAbsolute(file);
}
