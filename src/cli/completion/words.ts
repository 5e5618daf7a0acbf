/** Tables every shell's script is made of: which words, flags and values may follow which command. */
import { everyPage, type CommandPage, type OptionPage } from '../help/command-pages.ts';

/** What may follow the words of a command. */
export interface Followers {
  /** Such as `ledger verify`; empty for the program itself. */
  readonly command: string;
  readonly words: readonly { readonly word: string; readonly description: string }[];
  readonly options: readonly OptionPage[];
}

/** One entry a command; sub-commands and the values of a first argument are its words. */
export function followersOf(program: CommandPage): readonly Followers[] {
  return everyPage(program).map(({ words, children, options, arguments: [first] }) => ({
    command: words.join(' '),
    words: [
      ...children.map((child) => ({ word: child.words.at(-1) ?? '', description: child.description })),
      ...(first?.choices ?? []).map((word) => ({ word, description: first?.description ?? '' })),
    ],
    options,
  }));
}

/** Text between single quotes of a POSIX-like shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
