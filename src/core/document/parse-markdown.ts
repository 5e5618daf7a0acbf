/** Parses Markdown as code hosts read it: GitHub Flavored, with tables, task lists and bare addresses. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Root } from 'mdast';
import { remember } from '../model/remember.ts';

/** More policy documents than one repository has. */
const MOST_KEPT = 8;

/**
 * The tree of a text that `whyTooComplex` (markdown-limits.ts) had nothing against. Parsing is most of what reading a document
 * costs, and one document is read for its windows and for its promises: nobody may change the tree.
 */
export const parseMarkdown = remember(
  (markdown): Root => fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  MOST_KEPT,
);
