/** The committed pages are what the code says. `npm run docs` makes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedPages } from '../../scripts/published-docs.ts';
import { everyPage, describeCommand } from '../../src/cli/help/command-pages.ts';
import { manualPage } from '../../src/cli/help/manual.ts';
import { buildProgram } from '../../src/cli/cli.ts';
import { makeWorld } from '../support/in-process.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const silent = { write: () => undefined };
const program = describeCommand(buildProgram(makeWorld('/', { stdout: silent, stderr: silent }), () => undefined));

describe('pages made from the code', () => {
  it.each(publishedPages(version).map(({ path, text }) => [path, text] as const))('%s is up to date', (path, text) => {
    const committed = readFileSync(join(root, path), 'utf8');
    expect(
      committed,
      `${path} differs from the code. Run \`npm run docs\`, look at the difference, and commit it.`,
    ).toBe(text);
  });

  it('give every command a description and, where it can be run, an example and its flags', () => {
    for (const { words, description, examples, options, children } of everyPage(program)) {
      const name = words.join(' ');
      expect(description, name).toMatch(/^\S.*[^.]$|^Turns /);
      expect(options.length, name).toBeGreaterThan(0);
      if (children.length > 0) continue;
      expect(examples.length, name).toBeGreaterThan(0);
      for (const example of examples) expect(example, name).toContain(`fixby ${name}`);
    }
  });

  it('keep a man page that no text of a definition can break', () => {
    const hostile = {
      ...program,
      children: [{ ...program, words: ['x'], description: '.so /etc/passwd\\fB', children: [] }],
    };
    const lines = manualPage(hostile).split('\n');
    expect(lines.filter((line) => line.startsWith('.so'))).toEqual([]);
    expect(lines).toContain('\\&.so /etc/passwd\\efB.');
  });
});
