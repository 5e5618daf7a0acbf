/** The completion script of fish: one line a word or flag. */
import type { Followers } from './words.ts';

/** To be saved as `~/.config/fish/completions/fixby.fish`. */
export function fishScript(all: readonly Followers[]): string {
  const lines = all.flatMap((followers) => {
    const condition = quote(conditionOf(followers));
    return [
      ...followers.words.map(
        ({ word, description }) => `complete -c fixby -n ${condition} -f -a ${quote(word)} -d ${quote(description)}`,
      ),
      ...followers.options.map(({ long, short, description, takesValue, choices }) => {
        const letter = short === undefined ? '' : ` -s ${short.slice(1)}`;
        const value = choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c fixby -n ${condition}${letter} -l ${long.slice(2)}${value} -d ${quote(description)}`;
      }),
    ];
  });
  return `# fish completion for fixby\n${lines.join('\n')}\n`;
}

/** Seen its words, and none of those that may follow. */
function conditionOf({ command, words }: Followers): string {
  const seen = command
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => `__fish_seen_subcommand_from ${word}`);
  const next = words.map(({ word }) => word).join(' ');
  if (seen.length === 0) return `not __fish_seen_subcommand_from ${next}`;
  return [...seen, ...(next === '' ? [] : [`not __fish_seen_subcommand_from ${next}`])].join('; and ');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
