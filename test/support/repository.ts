/** Repositories in temporary folders: files laid down, and history where a test wants some. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export type FileTree = Readonly<Record<string, string | Uint8Array>>;

export interface TestRepository {
  readonly dir: string;
  write(files: FileTree): void;
  /** Runs git in it, with a fixed identity, at `date`. */
  git(args: readonly string[], date?: string): string;
  /** Writes `files` (none: whatever lies there), commits everything at `date`, and returns the commit. */
  commit(message: string, date: string, files?: FileTree): string;
}

/** A folder with `files`; removed when the test ends. It is no git repository until `git(['init'])`. */
export function makeRepository(files: FileTree = {}): TestRepository {
  const dir = mkdtempSync(join(tmpdir(), 'fixby-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const write = (tree: FileTree): void => {
    for (const [path, content] of Object.entries(tree)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), content);
    }
  };
  const git = (args: readonly string[], date = '2026-01-01T00:00:00Z'): string =>
    execFileSync('git', args, {
      cwd: dir,
      encoding: 'utf8',
      env: gitEnvironment(date),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const commit = (message: string, date: string, tree: FileTree = {}): string => {
    write(tree);
    git(['add', '-A'], date);
    git(['commit', '-q', '--allow-empty', '-m', message], date);
    return git(['rev-parse', 'HEAD']).trim();
  };
  write(files);
  return { dir, write, git, commit };
}

/** A git repository with `files` in one commit of `date`. */
export function makeGitRepository(files: FileTree, date = '2026-01-01T00:00:00Z'): TestRepository {
  const repository = makeRepository(files);
  repository.git(['init', '-q', '-b', 'main']);
  repository.commit('Start', date);
  return repository;
}

function gitEnvironment(date: string): NodeJS.ProcessEnv {
  const who = {
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.test',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.test',
  };
  return {
    ...process.env,
    ...who,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  };
}

/** The update policy of the issue, as a SECURITY.md. */
export const SECURITY_MD = `# Security

## Update policy

- **Critical vulnerabilities**: Patch immediately
- **High vulnerabilities**: Patch within 7 days
- **Medium vulnerabilities**: Patch in next release
- **Low vulnerabilities**: Address opportunistically
`;

/** A package.json and a version 3 lock that agree, with these direct dependencies at exactly these versions. */
export function npmProject(dependencies: Readonly<Record<string, string>>, folder = '.'): FileTree {
  const at = (name: string): string => (folder === '.' ? name : `${folder}/${name}`);
  const packages: Record<string, unknown> = { '': { name: 'app', version: '1.0.0', dependencies } };
  for (const [name, version] of Object.entries(dependencies)) packages[`node_modules/${name}`] = { version };
  return {
    [at('package.json')]: JSON.stringify({ name: 'app', version: '1.0.0', dependencies }, null, 2),
    [at('package-lock.json')]: JSON.stringify(
      { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages },
      null,
      2,
    ),
  };
}
