/** Writes Markdown nodes as text: the one place that decides how a report's Markdown is spelled. */
import type { ListItem, Paragraph, Parents, RootContent, Table, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, toMarkdown, type Info, type Options, type State } from 'mdast-util-to-markdown';
import { guardLines } from '../escape.ts';
import { isPlainText, plainBlock, plainPhrase } from './plain.ts';

const OPTIONS: Options = {
  bullet: '-',
  extensions: [gfmToMarkdown()],
  handlers: {
    text: (node: Text, parent, state, info) =>
      isPlainText(node.value) ? node.value : defaultHandlers.text(node, parent, state, info),
    paragraph: (node: Paragraph, parent, state, info) =>
      plainPhrase(node.children) ?? defaultHandlers.paragraph(node, parent, state, info),
    listItem: writeItem,
    table: writeTable,
  },
};

/** GitHub Flavored Markdown in which no line can be taken for a command of a build agent. */
export function writeMarkdown(children: readonly RootContent[]): string {
  return guardLines(writePlain(children) ?? toMarkdown({ type: 'root', children: [...children] }, OPTIONS));
}

/** A few plain blocks, as the help of a rule has them, are not worth setting up a serializer ten thousand times. */
function writePlain(children: readonly RootContent[]): string | undefined {
  const lists = children.filter(({ type }) => type === 'list');
  if (lists.length > 1 || children.length === 0) return undefined;
  const blocks = children.map(plainBlock);
  return blocks.some((block) => !block) ? undefined : `${blocks.join('\n\n')}\n`;
}

/** An entry of plain phrases in a list of bullets needs neither a number nor an indent. */
function writeItem(node: ListItem, parent: Parents | undefined, state: State, info: Info): string {
  const [only, ...more] = node.children;
  const bulleted = parent?.type === 'list' && parent.ordered !== true && more.length === 0;
  const phrase = bulleted && only?.type === 'paragraph' ? plainPhrase(only.children) : undefined;
  return phrase ? `- ${phrase}` : defaultHandlers.listItem(node, parent, state, info);
}

/** Unaligned pipes: padding every row to the widest one would multiply the size of a long report. */
function writeTable({ children }: Table, _parent: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter('table');
  const rows = children.map((row) =>
    writeRow(row.children.map((cell) => plainPhrase(cell.children) ?? state.handle(cell, row, state, info))),
  );
  exit();
  const [head = '', ...body] = rows;
  const rule = writeRow((children[0]?.children ?? []).map(() => '-'));
  return [head, rule, ...body].join('\n');
}

function writeRow(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === '' ? ' |' : ` ${cell} |`)).join('')}`;
}
