/** Commands that only read, on a real repository: no colours without a terminal, words for what is wrong, and 40 columns. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/in-process.ts';
import { makeGitRepository, npmProject, SECURITY_MD } from '../support/repository.ts';

const ANSI = /\u001b\[/;
const STACK = /^\s+at /m;

/** Commands that look at a repository and start no tool. */
const READING: readonly (readonly string[])[] = [
  ['policy'],
  ['promises'],
  ['report'],
  ['history', '--offline', '--quiet'],
  ['except', 'list'],
  ['except', 'check'],
  ['ledger', 'verify'],
  ['init'],
];

describe.each(READING.map((argv) => [argv.join(' '), argv] as const))('%s on a repository', (_name, argv) => {
  const repository = (): string =>
    makeGitRepository({ 'SECURITY.md': SECURITY_MD, ...npmProject({ ms: '2.1.3' }) }).dir;

  it('writes no colours without a terminal, nor where NO_COLOR is set', async () => {
    const cwd = repository();
    for (const manner of [
      { cwd },
      { cwd, isTTY: true, env: { NO_COLOR: '1' } },
      { cwd, isTTY: true, env: { TERM: 'dumb' } },
    ]) {
      const { code, stdout, stderr } = await runProgram(argv, manner);
      expect([0, 1, 2, 3]).toContain(code);
      expect(stdout + stderr).not.toMatch(ANSI);
    }
  });

  it('says what is wrong with a folder that is not there, in words', async () => {
    const { code, stderr } = await runProgram([...argv, '/nowhere/at/all']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fixby: \S/m);
    expect(stderr).toContain('→');
    expect(stderr).not.toMatch(STACK);
  });
});

describe('narrow terminals', () => {
  it.each([['policy'], ['promises'], ['except list'], ['doctor --offline']])(
    '%s stays readable in 40 columns',
    async (name) => {
      const { dir } = makeGitRepository({ 'SECURITY.md': SECURITY_MD });
      const { stdout } = await runProgram(name.split(' '), { cwd: dir, columns: 40 });
      const prose = stdout.split('\n').filter((line) => !/\S{25,}/.test(line));
      for (const line of prose) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
    },
  );
});
