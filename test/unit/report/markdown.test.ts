/** The Markdown report read back by a parser: whatever the texts say, only fixby's own structure is live. */
import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { ReportView } from '../../../src/core/model/report.ts';
import { assembleReport } from '../../../src/core/report/assemble.ts';
import { safeUrl } from '../../../src/core/report/escape.ts';
import { markdownFormat } from '../../../src/core/report/markdown.ts';
import { findingIn, richInput } from './sample.ts';
import { HOSTILE_TEXTS, plainOptions, releaseView, richView, withForeignTexts } from './views.ts';

// Two findings are enough to stand in every section; the parser is slow.
const smallView = assembleReport({ ...richInput, findings: [findingIn('overdue', 1), findingIn('accepted', 2)] });

function parse(view: ReportView): Root {
  const text = markdownFormat.render(view, plainOptions);
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

function nodesOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

/** Everything about the blocks of a document that foreign text must not change; lists may be longer or shorter. */
function structureOf(node: Nodes): readonly string[] {
  switch (node.type) {
    case 'heading':
      return [`h${node.depth} ${toString(node)}`];
    case 'tableRow':
      return [`row of ${node.children.length}`];
    case 'paragraph':
      return ['paragraph'];
    case 'listItem':
      expect(node.children.map(({ type }) => type)).toStrictEqual(['paragraph']);
      return [];
    default:
      return [node.type, ...('children' in node ? node.children.flatMap(structureOf) : [])];
  }
}

const ALIVE = /(?:^|[^\p{L}\p{N}])@[\p{L}\p{N}]|#\d|\bgh-\d|:\/\/|www\.|\b[0-9a-f]{7,40}\b/iu;

function expectHarmless(view: ReportView, original = smallView): void {
  const root = parse(view);
  const nodes = nodesOf(root);
  const allowed = new Set(view.findings.map(({ advisory }) => safeUrl(advisory.url)));
  for (const node of nodes) {
    expect([
      'html',
      'image',
      'imageReference',
      'linkReference',
      'definition',
      'footnoteDefinition',
      'delete',
      'emphasis',
      'strong',
      'break',
    ]).not.toContain(node.type);
    if (node.type === 'link') expect([...allowed]).toContain(node.url);
    if (node.type === 'text') expect(node.value).not.toMatch(ALIVE);
  }
  expect(structureOf(root)).toStrictEqual(structureOf(parse(original)));
}

describe('foreign text', () => {
  it.each(HOSTILE_TEXTS.filter((text) => text.trim() !== ''))('stays text: %j', (text) => {
    expectHarmless(withForeignTexts(smallView, () => text));
    expectHarmless(
      withForeignTexts(releaseView, () => text),
      releaseView,
    );
  });

  it('stays text, whatever it is', () => {
    const foreign = fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom(...HOSTILE_TEXTS)), {
      minLength: 1,
      maxLength: 6,
    });
    const property = fc.property(foreign, (texts) => {
      let turn = 0;
      // A leading word keeps entries from being empty, which would leave rows and lists out by design.
      expectHarmless(withForeignTexts(smallView, () => `x ${texts[turn++ % texts.length] ?? ''}`));
    });
    fc.assert(property, { numRuns: 25 });
  });

  it.each([
    ['https://example.org/a|b?c=(d)', 'https://example.org/a|b?c=(d)'],
    ['http://example.org', 'http://example.org/'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['https://user:secret@example.org/', undefined],
    ['//example.org', undefined],
    ['https://exa mple.org', undefined],
  ])('links to %s only when it is http(s)', (url, expected) => {
    const finding = findingIn('due', 1);
    const view = assembleReport({ ...richInput, findings: [{ ...finding, advisory: { ...finding.advisory, url } }] });
    const links = nodesOf(parse(view)).flatMap((node) => (node.type === 'link' ? [node.url] : []));
    expect(new Set(links)).toStrictEqual(new Set(expected === undefined ? [] : [expected]));
  });
});

describe('the release note', () => {
  const root = parse(releaseView);

  it('begins with what is signed, and ends with what it rests on', () => {
    const headings = root.children.flatMap((node) => (node.type === 'heading' ? [toString(node)] : []));
    expect(headings).toStrictEqual([
      '✖ Release note: FAIL',
      'What stands in its way',
      'What goes out with it',
      'Could not be checked',
      'Next',
      'Sign-off',
      'Coverage',
      'Policy',
      'Problems',
      'How each deadline was computed',
    ]);
  });

  it('names version, commit, day, the breached tag with its day, and what was asked instead of now', () => {
    const text = toString(root);
    const facts = [
      'Version: 1.2.1, tag v1.2.1, a patch release after v1.2.0',
      'Commit: 0123456789abcdef0123456789abcdef01234567 on main',
      'judged as of 2026-03-01 12:00 UTC, audited 2025-12-03 10:00 UTC',
      'What if it were tagged on 2026-03-01 12:00 UTC',
      'Shipped in v1.2.0 (2025-10-01)',
      'only reachable by operators (owner ada@example.org, approved by grace@example.org, SEC-7)',
    ];
    for (const fact of facts) expect(text).toContain(fact);
  });
});

describe('the report', () => {
  const root = parse(richView);

  it('has a heading for each thing a reader looks for', () => {
    const headings = root.children.flatMap((node) => (node.type === 'heading' ? [toString(node)] : []));
    expect(headings).toStrictEqual([
      '✖ FAIL',
      'Due first',
      'Could not be checked',
      'Next',
      'Summary',
      'Findings',
      'Overdue (1)',
      'Due (1)',
      'Next release (1)',
      'Awaiting a fix (1)',
      'Opportunistic (1)',
      'Accepted risk (1)',
      'Withdrawn (1)',
      'Coverage',
      'Policy',
      'Problems',
      'How each deadline was computed',
    ]);
  });

  it('holds the evidence: versions, commands, lock hashes, policy words with their lines', () => {
    const text = toString(root);
    const evidence = [
      '10.8.2',
      'npm audit --json',
      'b'.repeat(64),
      'SECURITY.md:43',
      '5-7 days: the later bound',
      'installed from git',
    ];
    for (const fact of evidence) expect(text).toContain(fact);
  });

  it('cuts a long list of what broke, and never what is open', () => {
    const many = (word: string) => Array.from({ length: 30 }, (_, index) => `${word} ${index}`);
    const judgement = { ...richInput.judgement, broken: many('breach'), open: many('question') };
    const text = markdownFormat.render(assembleReport({ ...richInput, judgement }), plainOptions);
    expect(text).toContain('- breach 19\n- and 10 more below\n- question 0\n');
    expect(text).toContain('- question 29\n');
  });

  it('keeps plain sentences plain', () => {
    const text = markdownFormat.render(richView, plainOptions);
    expect(text).toContain('published 2025-11-28 and 7 days end on 2025-12-05.');
    expect(text).toContain('resolved for Python `3.12`, as of today');
  });
});
