/** Turns the blocks of a document into groups of statements: one group a list, table or section. */
import { altersTimes, isInForce, nearestArea, nearestPurpose, textsAbove } from './context.ts';
import { lex } from './lexicon.ts';
import { lineAt } from '../document/lined-text.ts';
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
  const parts = new Map<string, StatementGroup[]>();
  for (const block of blocks) {
    const group = block.kind === 'table' ? readTable(block, settings) : readTextBlock(block, settings);
    if (group.statements.length + group.unread.length === 0) continue;
    const key = `${group.container}:${String(group.marked)}`;
    const before = parts.get(key);
    if (before === undefined) parts.set(key, [group]);
    else before.push(group);
  }
  const remarks = blocks.flatMap((block) => remarksOf(block));
  return [...parts.values()].flatMap((groups) => joinGroups(groups, remarks));
}

function joinGroups(groups: readonly StatementGroup[], remarks: readonly Remark[]): readonly StatementGroup[] {
  const [first] = groups;
  if (first === undefined) return [];
  const unread = [...groups.flatMap((group) => group.unread), ...remarksFor(first, remarks)];
  return [{ ...first, statements: groups.flatMap(({ statements }) => statements), unread }];
}

interface Label {
  readonly set: SeveritySet;
  readonly container: string;
}

function readTextBlock(block: TextBlock, settings: GrammarSettings): StatementGroup {
  const label = labelAbove(block, settings);
  const reading = readText(block.text.text, label?.set ?? null, settings);
  const pairs = reading.pairs.filter((pair) => block.kind !== 'paragraph' || !pair.set.loose);
  const unread = reading.unread.map(({ levels, start, end, namesWindow }) => ({
    levels,
    line: lineAt(block.text, start),
    text: excerpt(block.text.text.slice(start, end)),
    namesWindow,
  }));
  return {
    container: label?.container ?? block.container,
    section: block.section,
    marked: block.marked,
    statements: pairs.length === 0 ? [] : toStatements(block, pairs),
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

function toStatements(block: TextBlock, pairs: readonly StatedPair[]): readonly Statement[] {
  const above = textsAbove(block);
  const inForce = isInForce(above);
  const purpose = nearestPurpose(above);
  const area = nearestArea(block.kind === 'paragraph' ? [block.text.text, ...above] : above);
  return pairs.map((pair, index) => ({
    set: pair.set,
    reading: pair.reading,
    purpose: inForce ? (pair.purpose ?? purpose) : 'mixed',
    area,
    line: lineAt(block.text, pair.start),
    text: textOf(block, pair, pairs[index + 1], pairs.length),
  }));
}

function textOf(block: TextBlock, pair: StatedPair, next: StatedPair | undefined, count: number): string {
  const { text } = block.text;
  if (count === 1) return excerpt(text);
  return excerpt(text.slice(pair.start, next?.start ?? text.length).replace(/[\s,;:–—-]+$/u, ''));
}

interface Remark {
  readonly section: string;
  readonly unread: Unread;
}

/** "All times are business days", "these times are doubled": that changes every window of a section, and no sentence grammar can say how. */
function remarksOf(block: Block): readonly Remark[] {
  if (block.kind === 'table') return [];
  const { text } = block.text;
  const start = altersTimes(text) ? 0 : startOfBusinessDays(text);
  if (start === null) return [];
  const unread = { levels: POLICY_SEVERITIES, line: lineAt(block.text, start), text: excerpt(text), namesWindow: true };
  return [{ section: block.section, unread }];
}

/** Where business days are spoken of without a number; `null` when they are not. */
function startOfBusinessDays(text: string): number | null {
  const lexemes = lex(text);
  const found = lexemes.find(({ meaning }, index) => {
    const before = lexemes[index - 1]?.meaning.is ?? '';
    return (
      meaning.is === 'unit' &&
      meaning.unit === 'business-days' &&
      !['number', 'article', 'dash', 'close'].includes(before)
    );
  });
  return found?.start ?? null;
}

function remarksFor(group: StatementGroup, remarks: readonly Remark[]): readonly Unread[] {
  return remarks.filter(({ section }) => section === group.section).map(({ unread }) => unread);
}
