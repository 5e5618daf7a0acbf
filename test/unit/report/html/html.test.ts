/** The web page as text: what it may load, that foreign text never becomes markup, and what it is made of. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePageAssets, PAGE_ASSETS } from '../../../../scripts/page-assets.ts';
import type { ReportView } from '../../../../src/core/model/report.ts';
import { htmlFormat } from '../../../../src/core/report/html.ts';
import { html } from '../../../../src/core/report/html/markup.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  freeReleaseView,
  manyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from '../views.ts';

function render(view: ReportView): string {
  return htmlFormat.render(view, plainOptions);
}

describe('a template', () => {
  it.each([
    ['text', '<b title="x">&\'`', '&lt;b title=&quot;x&quot;&gt;&amp;&#39;&#96;'],
    ['control characters', 'a\u0000\u202eb', 'a\\u{0}\\u{202e}b'],
    ['commands of a build agent', '::error::x ##[y]', '&#58;:error&#58;:x #&#35;[y]'],
  ])('escapes %s', (_, text, shown) => {
    expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${shown}">${shown}</p>`);
  });

  it('takes nothing out of JSON for markup', () => {
    const forged = JSON.parse('{"text":"<script>"}') as string;
    expect(() => html`${forged}`.text).toThrow();
  });

  it('joins lists, keeps markup, and shows nothing for what is absent', () => {
    expect(html`${[1, 2].map((number) => html`<i>${number}</i>`)}${undefined}${false}`.text).toBe('<i>1</i><i>2</i>');
  });
});

describe('the page', () => {
  const views: readonly (readonly [string, ReportView])[] = [
    ['rich', richView],
    ['release', releaseView],
  ];

  /** Which tags a page has: names of our own, and exactly one script. */
  function tagsOf(page: string): readonly string[] {
    const names = page.match(/<\/?[a-z][a-z0-9]*/gi) ?? [];
    return [...new Set(names), `${names.filter((name) => name === '<script').length} script`].sort();
  }

  it.each(views)('has no tag that foreign text brought along: %s', (_, view) => {
    const own = new Set(tagsOf(render(view)));
    const foreign = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE_TEXTS));
    const property = fc.property(foreign, (text) => {
      const page = render(withForeignTexts(view, () => text));
      expect(tagsOf(page).filter((name) => !own.has(name))).toEqual([]);
    });
    fc.assert(property, { numRuns: 60, examples: HOSTILE_TEXTS.map((text) => [text]) });
  });

  it.each([
    ['javascript:alert(1)', false],
    ['data:text/html,<script>alert(1)</script>', false],
    ['https://user:secret@evil.example/', false],
    ['https://github.com/advisories/GHSA-x', true],
  ])('leads to %s: %s', (url, leads) => {
    const view = {
      ...richView,
      findings: richView.findings.map((finding) => ({ ...finding, advisory: { ...finding.advisory, url } })),
    };
    const addresses = Array.from(render(view).matchAll(/<a [^>]*href="([^"#][^"]*)"/g), ([, address]) => address);
    expect(new Set(addresses)).toEqual(new Set(leads ? [url] : []));
  });

  it.each([
    ['rich', richView],
    ['empty', emptyView],
    ['free release', freeReleaseView],
  ])('loads nothing and holds no style or handler in its markup: %s', (_, view) => {
    const page = render(view);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<[^>]* (?:style|on[a-z]+|src|srcset|action|ping)=/i);
    expect(page.match(/<(?:script|style|link|img|iframe|object|embed|base)\b/g)).toEqual([
      '<link',
      '<style',
      '<script',
    ]);
  });

  it('weighs little beside its data', () => {
    expect(render(cleanView).length).toBeLessThan(40_000);
    const [few, many] = [render(richView).length, render(manyView).length];
    expect((many - few) / manyView.findings.length).toBeLessThan(6000);
  });

  it('never says that nothing was left out while a question is open', () => {
    const problem = {
      target: null,
      code: 'no-answer',
      message: 'the source was silent',
      mend: 'ask again',
      blocks: true,
    };
    const silent: ReportView = { ...cleanView, verdict: 'inconclusive', targets: [], problems: [problem], open: ['x'] };
    const [first = ''] = render(silent).split('id="policy"');
    expect(first).toContain('the source was silent');
    expect(first).not.toContain('Nothing was left out.');
  });

  it('says that nothing was left out where nothing was', () => {
    const targets = cleanView.targets.map((target) => ({
      ...target,
      coverage: { packages: 3, audited: 3, skipped: [] },
    }));
    expect(render({ ...cleanView, targets })).toContain('Nothing was left out.');
    expect(render(richView)).not.toContain('Nothing was left out.');
  });
});

it('holds the style and the script that src/page gives', async () => {
  const root = resolve('.');
  expect(readFileSync(resolve(root, PAGE_ASSETS), 'utf8'), 'npm run page writes it').toBe(await makePageAssets(root));
});
