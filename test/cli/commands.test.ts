/** Every command, the same manners: help and its width, flags nobody knows, colours, exit codes, and never a stack trace. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/cli.ts';
import { describeCommand, everyPage } from '../../src/cli/help/command-pages.ts';
import { runFixby } from '../support/fixby.ts';
import { makeWorld, runProgram } from '../support/in-process.ts';
import { makeRepository } from '../support/repository.ts';

const silent = { write: () => undefined };
const program = describeCommand(buildProgram(makeWorld('/', { stdout: silent, stderr: silent }), () => undefined));
const commands = everyPage(program).map(({ words }) => words);
const leaves = everyPage(program).filter(({ children }) => children.length === 0);

const ANSI = /\u001b\[/;
const STACK = /^\s+at /m;

describe.each(commands.map((words) => [['fixby', ...words].join(' '), words] as const))('%s', (_name, words) => {
  it('explains itself within 40 columns, and exits 0', async () => {
    const { code, stdout, stderr } = await runProgram([...words, '--help'], { columns: 40 });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: fixby');
    // What is to be copied is never broken, nor is a word.
    const prose = stdout.split('\n').filter((line) => !/^(?: {2}\$ |Usage: )/.test(line));
    for (const line of prose) expect(stringWidth(line), line).toBeLessThanOrEqual(40);
  });

  it('suggests the flag that was meant, and exits 2 without a stack trace', async () => {
    const { code, stdout, stderr } = await runProgram([...words, '--hlep']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--help');
    expect(stderr).not.toMatch(STACK);
  });

  it('has no colours in its help, terminal or not', async () => {
    const { stdout } = await runProgram([...words, '--help'], { isTTY: true });
    expect(stdout).not.toMatch(ANSI);
  });
});

describe('words nobody knows', () => {
  it.each([
    [['adit'], 'audit'],
    [['ledger', 'verfy'], 'verify'],
    [['except', 'lst'], 'list'],
    [['mirror', 'srve'], 'serve'],
  ])('%j is answered with %s', async (argv, meant) => {
    const { code, stderr } = await runProgram(argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(meant)]);
  });

  it.each(leaves.map(({ words, arguments: given }) => [words.join(' '), words, given] as const))(
    '%s takes no more arguments than it names',
    async (_name, words, given) => {
      const { code, stderr } = await runProgram([
        ...words,
        ...given.map(({ choices }) => choices[0] ?? '.'),
        'more',
        '--help-not',
      ]);
      expect(code).toBe(2);
      expect(stderr).not.toMatch(STACK);
    },
  );

  it.each(
    leaves.flatMap(({ words, options }) =>
      options.filter(({ choices }) => choices.length > 0).map(({ long }) => [words.join(' '), long] as const),
    ),
  )('%s %s refuses a value that is none, and names those that are', async (name, long) => {
    const { code, stderr } = await runProgram([...name.split(' '), long, 'nonsense']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/allowed choices|Allowed choices/i);
  });

  it('a bare `fixby` shows the help and is a usage error', async () => {
    const { code, stderr } = await runProgram([]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Usage: fixby')]);
  });
});

describe('the process itself', () => {
  it.each<[readonly string[], number]>([
    [['--version'], 0],
    [['--help'], 0],
    [['help', 'audit'], 0],
    [['audit', '--fast'], 2],
  ])('%j exits %i', async (argv, code) => {
    const ran = await runFixby(argv, { cwd: makeRepository().dir, env: { CI: 'true', NO_COLOR: undefined } });
    expect(ran.code).toBe(code);
    expect(ran.stdout + ran.stderr).not.toMatch(ANSI);
  });
});
