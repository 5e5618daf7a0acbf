/** Writes Markdown nodes as text: the one place that decides how a report's Markdown is spelled. */
import type { RootContent, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, toMarkdown, type Options } from 'mdast-util-to-markdown';
import { guardLines } from '../escape.ts';

// Words and punctuation that mean nothing to Markdown wherever they stand in a line.
const PLAIN = /^(?!\d+[.)]|[-:])(?:[\p{L}\p{N},;'’–—→(/ )-]|[.:](?= |$))*$/u;

const OPTIONS: Options = {
  bullet: '-',
  // Unaligned pipes: padding every row to the widest one would multiply the size of a long report.
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  handlers: {
    // Searching every text for what needs an escape is most of the work, and nearly all texts are plain words.
    text: (node: Text, parent, state, info) =>
      PLAIN.test(node.value) ? node.value : defaultHandlers.text(node, parent, state, info),
  },
};

/** GitHub Flavored Markdown in which no line can be taken for a command of a build agent. */
export function writeMarkdown(children: readonly RootContent[]): string {
  return guardLines(toMarkdown({ type: 'root', children: [...children] }, OPTIONS));
}
