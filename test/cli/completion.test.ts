/** Completion: what a real bash offers, and that every shell's script is one that shell can read. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFixby } from '../support/fixby.ts';
import { makeRepository } from '../support/repository.ts';

async function script(shell: string): Promise<string> {
  const { stdout } = await runFixby(['completion', shell]);
  return stdout;
}

/** What bash would offer for a line; the last word is the one being typed. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const line = ['fixby', ...words];
  const program = `${await script('bash')}\nCOMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _fixby; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const stdout = execFileSync('bash', ['--norc', '-uc', program, 'bash', ...line], { encoding: 'utf8' });
  return stdout.split('\n').filter((word) => word !== '');
}

describe('bash completion', () => {
  it('offers commands, and those that fit what was typed', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining(['audit', 'gate', 'init', 'ledger']));
    expect(await offered('au')).toEqual(['audit']);
    expect(await offered('ledger', 'ver')).toEqual(['verify']);
  });

  it('offers the flags of the command, and the values of a flag', async () => {
    expect(await offered('gate', '--fail')).toEqual(['--fail-on']);
    expect(await offered('gate', '--fail-on', 'o')).toEqual(['overdue']);
    expect(await offered('ledger', 'verify', '--pub')).toEqual(['--public-key']);
    expect(await offered('completion', 'z')).toEqual(['zsh']);
  });

  it.each([
    ['audit', ['table', 'json', 'sarif', 'cyclonedx']],
    ['report', ['html', 'poam']],
    ['explain', ['table', 'json']],
    ['history', ['table', 'json', 'markdown']],
  ])('offers the formats of %s', async (command, formats) => {
    expect(await offered(command, '--format', '')).toEqual(expect.arrayContaining(formats));
  });

  it('offers values behind an equals sign, whether bash tears the word there or not', async () => {
    expect(await offered('audit', '--format', '=', 'j')).toEqual(['json', 'junit']);
    expect(await offered('audit', '--format', '=')).toContain('markdown');
    expect(await offered('audit', '--format=j')).toEqual(['--format=json', '--format=junit']);
    expect(await offered('audit', '--config', '=', 'x')).toEqual([]);
  });

  it('leaves folders and free values to the shell', async () => {
    expect(await offered('audit', 'sr')).toEqual([]);
    expect(await offered('audit', '--config', '')).toEqual([]);
  });

  it('runs nothing that was typed', async () => {
    const { dir } = makeRepository();
    await offered(`$(touch ${join(dir, 'ran')})`, '`id`', '; id', '');
    expect(spawnSync('ls', [dir], { encoding: 'utf8' }).stdout).toBe('');
  });
});

describe.each([
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
])('the script of %s', (shell, check) => {
  const there = spawnSync(shell, ['--version']).error === undefined;

  it('names every command with what it is for', async () => {
    const text = await script(shell);
    expect(text).toContain('audit');
    expect(text).toContain('what fails the gate');
  });

  it.skipIf(!there)(`is one that ${shell} can read (skipped where it is not installed)`, async () => {
    const { dir } = makeRepository({ script: await script(shell) });
    expect(spawnSync(shell, [...check, join(dir, 'script')], { encoding: 'utf8' }).stderr).toBe('');
  });
});

it('knows no shell but four', async () => {
  const { code, stderr } = await runFixby(['completion', 'tcsh']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('pwsh')]);
});
