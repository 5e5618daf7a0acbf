/** Every link of the pages leads somewhere: to a file of the repository, and to a heading that is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/core/document/parse-markdown.ts';

const root = join(import.meta.dirname, '../..');

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

interface Page {
  readonly links: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

function readPage(text: string): Page {
  const links: string[] = [];
  const anchors = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'link' || node.type === 'image' || node.type === 'definition') links.push(node.url);
    if (node.type === 'html') {
      links.push(...[...node.value.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map(([, url = '']) => url));
      for (const [, name = ''] of node.value.matchAll(/\b(?:id|name)="([^"]+)"/g)) anchors.add(name);
    }
    if (node.type === 'heading') anchors.add(unused(slugOf(toString(node)), anchors));
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parseMarkdown(text));
  return { links, anchors };
}

/** As forges name headings: lower case, blanks as hyphens, what is neither letter, digit, hyphen nor underscore left out. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function unused(slug: string, taken: ReadonlySet<string>): string {
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? slug : `${slug}-${number}`;
    if (!taken.has(name)) return name;
  }
}

const top = readdirSync(root).filter((name) => name.endsWith('.md'));
const pages = new Map(
  [...top, ...pagesBelow('docs')].map((path) => [path, readPage(readFileSync(join(root, path), 'utf8'))] as const),
);

/** Why a link of the page at `path` leads nowhere; `null` for one that does, or that leaves the repository. */
function faultOf(path: string, link: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return null;
  const [file = '', anchor] = decodeURI(link).split('#');
  const target = file === '' ? join(root, path) : join(root, dirname(path), file);
  if (relative(root, target).startsWith('..')) return 'it leaves the repository';
  if (!existsSync(target)) return 'there is no such file';
  const page = pages.get(relative(root, target));
  if (anchor === undefined || page === undefined) return null;
  return page.anchors.has(anchor) ? null : 'there is no such heading';
}

const links = [...pages].flatMap(([path, page]) => page.links.map((link) => [path, link] as const));

describe('links of the pages', () => {
  it('are found', () => {
    expect(links.length).toBeGreaterThan(100);
  });

  it.each(links)('%s: %s', (path, link) => {
    expect(faultOf(path, link)).toBeNull();
  });

  it.each([
    ['no-such-page.md', 'there is no such file'],
    ['docs/policy.md#no-such-heading', 'there is no such heading'],
    ['../elsewhere.md', 'it leaves the repository'],
  ])('%s would be noticed', (link, why) => {
    expect(faultOf('README.md', link)).toBe(why);
  });
});
