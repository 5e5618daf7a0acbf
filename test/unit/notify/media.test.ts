/** What each medium owes its readers: foreign words stay words, a message stays within what the service takes. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Digest } from '../../../src/core/model/digest.ts';
import { digestOf } from '../../../src/core/notify/digest.ts';
import { LONG, SHORT, writeLetter } from '../../../src/core/notify/letter.ts';
import { adaptiveCard } from '../../../src/core/notify/media/card.ts';
import { htmlDocument } from '../../../src/core/notify/media/html.ts';
import { markdownText } from '../../../src/core/notify/media/markdown.ts';
import { mrkdwnBlocks } from '../../../src/core/notify/media/mrkdwn.ts';
import { plainText } from '../../../src/core/notify/media/plain.ts';
import { HOSTILE_TEXTS, manyView } from '../report/views.ts';
import { calmDigest, hostileDigest, newsDigest } from './digests.ts';

const digests: readonly (readonly [string, Digest])[] = [
  ['news', newsDigest],
  ['all is well', calmDigest],
  ['2,000 findings', digestOf(manyView, 'acme/shop')],
  ...HOSTILE_TEXTS.map((text) => [`hostile ${JSON.stringify(text.slice(0, 24))}`, hostileDigest(text)] as const),
];

// Everything that could move a cursor, hide or reorder text; the line feed is ours.
const UNSAFE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/;

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

function nodesOf(node: Node): readonly Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

describe.each(digests)('%s', (_what, digest) => {
  it('reads as plain text that nothing obeys', () => {
    for (const room of [SHORT, LONG]) {
      const text = plainText(writeLetter(digest, room));
      expect(text).not.toMatch(UNSAFE);
      expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m);
      expect(text.endsWith('.\n')).toBe(true);
    }
    expect(writeLetter(digest, LONG).subject).not.toMatch(/[\n\r]|\p{Cc}/u);
  });

  it('is HTML without a tag, attribute or address of anybody else', () => {
    const html = htmlDocument(writeLetter(digest, LONG));
    const tags = new Set([...html.matchAll(/<\/?([a-z!][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase()));
    const known = ['!doctype', 'html', 'head', 'meta', 'title', 'body', 'p', 'strong', 'small', 'h3', 'ul', 'li', 'br'];
    expect([...tags].filter((tag) => ![...known, 'code', 'a'].includes(tag ?? ''))).toEqual([]);
    for (const [, address] of html.matchAll(/<a href="([^"]*)"/g)) expect(address).toMatch(/^https?:\/\//);
    expect(html).not.toMatch(UNSAFE);
    expect(html).not.toMatch(/<[^>]*\son\w+=/);
  });

  it('is mrkdwn that mentions nobody, and fits', () => {
    const blocks = mrkdwnBlocks(writeLetter(digest, SHORT));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      expect(block.length).toBeLessThanOrEqual(3000);
      const links = block.match(/<[^>]*>?/g) ?? [];
      for (const link of links) expect(link).toMatch(/^<https?:\/\/[^|<>]*\|`[^`]*`>$/);
      expect(block.replace(/<[^>]*>/g, '')).not.toContain('>');
      expect(block).not.toMatch(UNSAFE);
    }
  });

  it('is a card of plain runs, and fits', () => {
    const text = JSON.stringify(adaptiveCard(writeLetter(digest, SHORT)));
    expect(Buffer.byteLength(text)).toBeLessThan(28_000);
    expect(text.includes('"type":"TextBlock"')).toBe(false);
    expect(text.includes('{{')).toBe(false);
    for (const [, url] of text.matchAll(/"url":"([^"]*)"/g)) expect(url).toMatch(/^https?:\/\//);
  });

  it('is Markdown in which no tag, address, image or mention of anybody else is live', () => {
    const text = markdownText(writeLetter(digest, LONG));
    expect(text).not.toMatch(UNSAFE);
    const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const nodes = nodesOf(tree);
    expect(nodes.filter(({ type }) => /^(?:html|image|definition|footnote.*|code|blockquote)$/.test(type))).toEqual([]);
    for (const { url } of nodes) if (url !== undefined) expect(url).toMatch(/^https?:\/\//);
    const words = nodes.flatMap(({ type, value }) => (type === 'text' ? [value ?? ''] : []));
    expect(words.filter((word) => /(?:^|[^\w/])[@#]\w/.test(word))).toEqual([]);
  });
});

it('shows the long letter as people read it', () => {
  expect(plainText(writeLetter(newsDigest, LONG))).toMatchInlineSnapshot(`
    "✖ FAIL acme/shop: 1 finding is overdue, and 1 of 3 targets could not be checked.

    Overdue
    - package-0@1.0.0 in web: critical, 13 days overdue, new, fix 1.0.1 (patch), GHSA-test-0000-0000 <https://github.com/advisories/GHSA-test-0000-0000>
        Crafted input number 0 is trusted
        published 2025-11-20, critical is due immediately

    Due within 3 days
    - package-1@1.0.0 in web: high, due 2025-12-05, back again, fix 1.0.1 (patch), GHSA-test-0000-0001 <https://github.com/advisories/GHSA-test-0000-0001>
        Crafted input number 1 is trusted
        published 2025-11-28 and 7 days end on 2025-12-05

    New
    - package-0@1.0.0 in web: critical, 13 days overdue, new, fix 1.0.1 (patch), GHSA-test-0000-0000 <https://github.com/advisories/GHSA-test-0000-0000>
        Crafted input number 0 is trusted
        published 2025-11-20, critical is due immediately

    Back again
    - package-1@1.0.0 in web: high, due 2025-12-05, back again, fix 1.0.1 (patch), GHSA-test-0000-0001 <https://github.com/advisories/GHSA-test-0000-0001>
        Crafted input number 1 is trusted
        published 2025-11-28 and 7 days end on 2025-12-05

    Accepted risks that end within 14 days
    - package-5@1.0.0 in web: high, accepted until 2026-01-31, owned by ada@example.org, GHSA-test-0000-0005 <https://github.com/advisories/GHSA-test-0000-0005>
        Crafted input number 5 is trusted

    Could not look (2)
    - api: the advisory source answered without the advisory it must have
        Point --osv-url at a complete OSV source.
    - api: the canary was not reported
        Point --osv-url at a complete OSV source.

    Missed runs
    - The last recorded run was 3 days ago.

    Cleared
    - minimist@1.2.0 in web: high, upgraded, GHSA-test-9999-0001

    Next (5)
    - Upgrade package-0 to 1.0.1 in web, brought in by top (13 days overdue; GHSA-test-0000-0000).
    - Upgrade package-1 to 1.0.1 in web, brought in by top (due 2025-12-05; GHSA-test-0000-0001).
    - Upgrade package-2 to 1.0.1 in web, brought in by top (next release; GHSA-test-0000-0002).
    - Point --osv-url at a complete OSV source.
    - Run fixby doctor to see which tool or advisory source is missing or blind here, then run this again.

    Judged as of 2026-01-22 02:00 UTC, branch main, commit 0123456789ab; compared with the run of 2025-11-30 02:00 UTC; 1 accepted risk.
    "
  `);
});
