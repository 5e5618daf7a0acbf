/** Turns the blocks of a document into groups of statements: one group a list, table or section. */
import { isInForce, nearestArea, nearestPurpose, textsAbove } from './context.ts';
import { lex } from './lexicon.ts';
import { lineAt } from './lined-text.ts';
import { readLabel, readText } from './read-text.ts';
import { readTable } from './read-table.ts';
import { excerpt } from '../model/text.ts';
import { POLICY_SEVERITIES } from '../model/policy.ts';
import type { Block, TextBlock } from './block.ts';
import type { GrammarSettings, SeveritySet } from './element.ts';
import type { StatedPair } from './read-text.ts';
import type { Statement, StatementGroup, Unread } from './statement.ts';

/** The groups of a document in the order they begin; blocks that say nothing about severities leave none. */
export function readBlocks(blocks: readonly Block[], settings: GrammarSettings): readonly StatementGroup[] {
  const groups = new Map<string, StatementGroup>();
  for (const block of blocks) {
    const group = block.kind === 'table' ? readTable(block, settings) : readTextBlock(block, settings);
    const key = `${group.container}:${String(group.marked)}`;
    const before = groups.get(key);
    groups.set(key, before === undefined ? group : join(before, group));
  }
  const remarks = blocks.flatMap((block) => remarksOf(block));
  return [...groups.values()]
    .filter(({ statements, unread }) => statements.length + unread.length > 0)
    .map((group) => ({ ...group, unread: [...group.unread, ...remarksFor(group, remarks)] }));
}

function join(a: StatementGroup, b: StatementGroup): StatementGroup {
  return { ...a, statements: [...a.statements, ...b.statements], unread: [...a.unread, ...b.unread] };
}

interface Label {
  readonly set: SeveritySet;
  readonly container: string;
}

function readTextBlock(block: TextBlock, settings: GrammarSettings): StatementGroup {
  const label = labelAbove(block, settings);
  const reading = readText(block.text.text, label?.set ?? null, settings);
  const statements = reading.pairs
    .filter((pair) => block.kind !== 'paragraph' || !pair.set.loose)
    .map((pair, index, pairs) => toStatement(block, pair, textOf(block, pair, pairs[index + 1], pairs.length)));
  const unread = reading.unread.map(({ levels, start, end, namesWindow }) => ({
    levels,
    line: lineAt(block.text, start),
    text: excerpt(block.text.text.slice(start, end)),
    namesWindow,
  }));
  return {
    container: label?.container ?? block.container,
    section: sectionOf(block),
    marked: block.marked,
    statements,
    unread,
  };
}

/** The severity an enclosing item or the heading consists of: "### Critical". */
function labelAbove(block: TextBlock, settings: GrammarSettings): Label | null {
  if (block.kind === 'heading') return null;
  const [above] = block.items.length > 0 ? block.items : block.headings;
  const set = above === undefined ? null : readLabel(above.text.text, settings);
  return set === null || above === undefined ? null : { set, container: above.container };
}

function toStatement(block: TextBlock, pair: StatedPair, text: string): Statement {
  const above = textsAbove(block);
  return {
    set: pair.set,
    reading: pair.reading,
    purpose: isInForce(above) ? (pair.purpose ?? nearestPurpose(above)) : 'mixed',
    area: nearestArea(block.kind === 'paragraph' ? [block.text.text, ...above] : above),
    line: lineAt(block.text, pair.start),
    text,
  };
}

function textOf(block: TextBlock, pair: StatedPair, next: StatedPair | undefined, count: number): string {
  const { text } = block.text;
  if (count === 1) return excerpt(text);
  return excerpt(text.slice(pair.start, next?.start ?? text.length).replace(/[\s,;:–—-]+$/u, ''));
}

function sectionOf(block: Block): string {
  return String(block.headings[0]?.text.lines[0]?.line ?? 0);
}

interface Remark {
  readonly section: string;
  readonly unread: Unread;
}

/** "All times are business days" changes every window of its section, and no sentence grammar can say how. */
function remarksOf(block: Block): readonly Remark[] {
  if (block.kind === 'table') return [];
  const lexemes = lex(block.text.text);
  const at = lexemes.findIndex(({ meaning }, index) => {
    const before = lexemes[index - 1]?.meaning.is;
    return (
      meaning.is === 'unit' &&
      meaning.unit === 'business-days' &&
      !['number', 'article', 'dash', 'close'].includes(before ?? '')
    );
  });
  const start = lexemes[at]?.start;
  if (start === undefined) return [];
  const unread = {
    levels: POLICY_SEVERITIES,
    line: lineAt(block.text, start),
    text: excerpt(block.text.text),
    namesWindow: true,
  };
  return [{ section: sectionOf(block), unread }];
}

function remarksFor(group: StatementGroup, remarks: readonly Remark[]): readonly Unread[] {
  return remarks.filter(({ section }) => section === group.section).map(({ unread }) => unread);
}
