/** The tutorial prints what fixby prints: every command of docs/tutorial.md is run on the example it describes. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runFixby } from '../support/fixby.ts';
import { makeRepository } from '../support/repository.ts';
import { startSource } from '../support/source.ts';

const PAGE = readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8');
const MIRROR = 'http://127.0.0.1:4873';

interface Shown {
  readonly args: readonly string[];
  readonly output: readonly string[];
}

const shown = [...PAGE.matchAll(/^```console\n\$ fixby (.+)\n([\s\S]*?)^```$/gm)].map(
  ([, command = '', output = '']): Shown => ({ args: command.split(' '), output: output.trimEnd().split('\n') }),
);

function shop(): string {
  const repository = makeRepository();
  cpSync(join(ROOT, 'examples/shop'), repository.dir, { recursive: true });
  repository.git(['init', '-q', '-b', 'main']);
  repository.commit('Open the shop', '2026-01-10T10:00:00Z');
  repository.commit('Release 1.3.0', '2026-03-20T10:00:00Z');
  repository.git(['tag', '-a', 'v1.3.0', '-m', 'v1.3.0'], '2026-03-20T10:05:00Z');
  return repository.dir;
}

/** The first line of `output` that `printed` does not hold where the page has it; `null` when the page is right. */
function firstWrong(output: readonly string[], printed: readonly string[]): string | null {
  let at = 0;
  let free = false;
  for (const line of output) {
    if (line === '…') {
      free = true;
      continue;
    }
    const found = free ? printed.indexOf(line, at) : printed[at] === line ? at : -1;
    if (found === -1) return line;
    at = found + 1;
    free = false;
  }
  return null;
}

describe('the tutorial', () => {
  it('prints what its commands print', async () => {
    const { url } = await startSource();
    const dir = shop();
    expect(shown.map(({ args }) => args[0])).toEqual(['policy', 'promises', 'audit', 'explain']);
    for (const { args, output } of shown) {
      const ran = await runFixby(
        args.map((arg) => arg.replace(MIRROR, url)),
        { cwd: dir },
      );
      const wrong = firstWrong(output, ran.stdout.split('\n'));
      expect(
        wrong,
        `docs/tutorial.md is not what \`fixby ${args.join(' ')}\` prints:\n${ran.stdout}${ran.stderr}`,
      ).toBeNull();
    }
  });

  it('links to pages that are there', () => {
    for (const page of ['README.md', 'tutorial.md', 'how-to.md', 'explanation.md', 'init.md', 'doctor.md']) {
      const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
        expect(() => readFileSync(join(ROOT, 'docs', target)), `${page} → ${target}`).not.toThrow(/ENOENT/);
    }
  });
});
