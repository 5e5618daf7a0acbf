/** Parses Markdown as code hosts read it: GitHub Flavored, with tables, task lists and bare addresses. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Root } from 'mdast';

/** The tree of a text that `whyTooComplex` (markdown-limits.ts) had nothing against. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}
