/** The blocks of a Markdown document that may state a policy, each with what stands above it. */
import type { LinedText } from '../document/lined-text.ts';

/** What a reader of a block has read before, nearest first: labels of enclosing items, the introduction, headings. */
export interface Surroundings {
  /** Enclosing list items, nearest first, each with the container its own list is. */
  readonly items: readonly { readonly text: LinedText; readonly container: string }[];
  /** The paragraph right before the list or table. */
  readonly intro: LinedText | null;
  /** Headings, nearest first, each with the container of the headings beside it. */
  readonly headings: readonly { readonly text: LinedText; readonly container: string; readonly rank: number }[];
  /** The section of the nearest heading; the same for everything right below it. */
  readonly section: string;
  /** A marker comment stands before the list, table or paragraph. */
  readonly marked: boolean;
}

interface Row {
  readonly cells: readonly LinedText[];
}

export type Block = Surroundings & { readonly container: string } & (
    | { readonly kind: 'heading' | 'paragraph' | 'item'; readonly text: LinedText }
    | { readonly kind: 'table'; readonly header: Row; readonly rows: readonly Row[] }
  );

export type TextBlock = Extract<Block, { readonly text: LinedText }>;
export type TableBlock = Extract<Block, { readonly kind: 'table' }>;
