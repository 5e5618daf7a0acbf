/** Decides from a file's or a group's name whether what it lists is shipped or only used by those who build it. */
import type { Scope } from './inventory.ts';

const DEV_WORDS = new Set([
  'dev',
  'devel',
  'develop',
  'development',
  'test',
  'tests',
  'testing',
  'lint',
  'linting',
  'linters',
  'format',
  'formatting',
  'typing',
  'types',
  'mypy',
  'doc',
  'docs',
  'documentation',
  'ci',
  'tox',
  'nox',
  'bench',
  'benchmark',
  'benchmarks',
  'local',
  'tools',
  'tooling',
  'precommit',
]);

/** `dev` when a word of the file's name says so, or of its folder below `requirements/`: `requirements-dev.txt`, `requirements/test/a.txt`. */
export function scopeOfFile(path: string): Scope {
  const parts = path.toLowerCase().split('/');
  const telling = parts.slice(parts.lastIndexOf('requirements') === -1 ? -1 : parts.lastIndexOf('requirements'));
  return telling.some((part) => part.split(/[-_.]+/).some((word) => DEV_WORDS.has(word))) ? 'dev' : 'prod';
}
