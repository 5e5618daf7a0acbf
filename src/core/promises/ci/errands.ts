/** Follows what CI runs into the files that say what it does: package scripts, makefiles, scripts and composite actions. */
import { joinPath } from '../../model/path.ts';
import { readFiles } from '../../model/program.ts';
import { scannersIn } from './scanners.ts';
import type { Program } from '../../model/program.ts';
import type { Errand, Lead } from './scan-step.ts';

/** What says what a command does, as far as files of the repository do; nothing for a command that leads nowhere else. */
export function filesBehind(words: readonly string[], folder: string | null): readonly string[] {
  const [program = '', ...args] = words;
  const [first = ''] = args.filter((arg) => !arg.startsWith('-'));
  const at = (...names: readonly string[]): readonly string[] =>
    folder === null ? [] : names.map((name) => joinPath(folder, name));
  if (/^(?:npm|pnpm|yarn|bun)$/.test(program))
    return /^(?:run|run-script|test|t|start)$/.test(first) || (program !== 'npm' && first !== '')
      ? at('package.json')
      : [];
  if (program === 'make') return at('Makefile', 'makefile', 'GNUmakefile');
  if (program === 'just') return at('justfile', 'Justfile');
  if (program === 'tox') return at('tox.ini', 'pyproject.toml');
  if (program === 'nox') return at('noxfile.py');
  const script = /^(?:bash|sh|zsh|node|python3?|source|\.)$/.test(program) ? first : program;
  return /^(?:\.{0,2}\/)?[\w./-]+\.(?:sh|bash|js|mjs|cjs|ts|py)$|^\.{1,2}\/[\w./-]+$/.test(script)
    ? at(script.replace(/^\.\//, ''))
    : [];
}

/** The file behind an action of this repository, such as `./.github/actions/audit`; nothing for one of others. */
export function filesBehindAction(uses: string): readonly string[] {
  if (!uses.startsWith('./')) return [];
  return ['action.yml', 'action.yaml'].map((name) => joinPath('.', `${uses.replace(/^\.\/|\/+$/g, '')}/${name}`));
}

/** An action or workflow of others that may scan: by its name, or because nothing but its name is known. */
export function mayScan(uses: string): boolean {
  return /audit|scan|secur|vuln|osv|\.github\/workflows\//i.test(uses) && !uses.startsWith('./');
}

/** More errands than CI of any repository runs. */
const MOST_FILES = 100;

/** The errands that lead to a scanner: their files name one, or cannot be read. What it means there is not followed any further. */
export function* followErrands(errands: readonly Errand[]): Program<readonly Lead[]> {
  const paths = [...new Set(errands.flatMap(({ behind }) => behind))].slice(0, MOST_FILES);
  const files = yield* readFiles(paths);
  const telling = new Set(
    files
      .filter((file) => (file.status === 'ok' ? scannersIn(file.text).length > 0 : file.status !== 'missing'))
      .map(({ path }) => path),
  );
  return errands.filter(({ behind }) => behind.some((path) => telling.has(path)));
}
