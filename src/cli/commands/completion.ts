/** `fixby completion`: the script that makes a shell complete commands, flags and their values. */
import type { Command } from 'commander';
import { bashScript } from '../completion/bash.ts';
import { fishScript } from '../completion/fish.ts';
import { pwshScript } from '../completion/pwsh.ts';
import { followersOf, type Followers } from '../completion/words.ts';
import { zshScript } from '../completion/zsh.ts';
import { EXIT } from '../exit-codes.ts';
import { describeCommand } from '../help/command-pages.ts';
import type { World } from '../world.ts';

type Script = (all: readonly Followers[]) => string;

const SCRIPTS: Readonly<Record<string, Script>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  pwsh: pwshScript,
};

/** Prints the script of `shell`, one of those commander has checked. Made of the definitions of `program`. */
export function runCompletion(world: World, program: Command, shell: string): number {
  world.stdout.write(SCRIPTS[shell]?.(followersOf(describeCommand(program))) ?? '');
  return EXIT.pass;
}
