/** Every command line that help and pages show is one the program takes: its words, flags and values parse. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/cli.ts';
import { describeCommand, everyPage } from '../../src/cli/help/command-pages.ts';
import { makeWorld } from '../support/in-process.ts';

const root = join(import.meta.dirname, '../..');

/** The words of the command that would run, or why none would; nothing is run. */
function reached(line: string): string {
  const ran: string[] = [];
  let said = '';
  const silent = { write: (text: string) => (said += text) };
  const program = buildProgram(makeWorld('/', { stdout: silent, stderr: silent }), () => undefined);
  const disarm = (command: Command, words: readonly string[]): void => {
    for (const child of command.commands) {
      const name = [...words, child.name()];
      if (child.commands.length === 0) child.action(() => void ran.push(name.join(' ')));
      disarm(child, name);
    }
  };
  disarm(program, []);
  try {
    program.parse(wordsOf(line).slice(1), { from: 'user' });
    return ran.join();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 'help' : said;
  }
}

/** As a shell would cut it, up to where the output goes elsewhere or a comment begins. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => ({
    text: double ?? single ?? bare ?? '',
    isBare: bare !== undefined,
  }));
  const end = words.findIndex(({ text, isBare }) => isBare && /^(?:#|[|&;]|\d?>)/.test(text));
  return words.slice(0, end === -1 ? undefined : end).map(({ text }) => text);
}

const silent = { write: () => undefined };
const pages = everyPage(
  describeCommand(buildProgram(makeWorld('/', { stdout: silent, stderr: silent }), () => undefined)),
);

describe('examples of the help', () => {
  it.each(pages.flatMap(({ words, examples }) => examples.map((example) => [example, words.join(' ')] as const)))(
    '%s',
    (example, command) => {
      expect(reached(example)).toBe(command);
    },
  );
});

describe('command lines of the pages', () => {
  const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
  const lines = documents
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^(?: {4}|\s*\$ )(fixby .+)$/gm)].map(
        ([, line = '']) => [path, line] as const,
      ),
    );

  it('are found', () => {
    expect(lines.length).toBeGreaterThan(50);
  });

  it.each(lines)('%s: %s', (_path, line) => {
    expect(reached(line)).toMatch(/^[a-z]+(?: [a-z]+)?$/);
  });
});

it.each([
  ['fixby audit --frist', /unknown option/],
  ['fixby gate --fail-on sometimes', /Allowed choices/],
  ['fixby adit', /unknown command/],
  ['fixby diff one', /missing required argument/],
])('%s is not one of them', (line, why) => {
  expect(reached(line)).toMatch(why);
});
