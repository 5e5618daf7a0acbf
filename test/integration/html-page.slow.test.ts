/** The web page in a real Chromium, opened from a file as a reader opens it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportView } from '../../src/core/model/report.ts';
import { htmlFormat } from '../../src/core/report/html.ts';
import { startChromium } from '../support/chromium.ts';
import { manyFindings, shopReport } from '../support/shop-year.ts';
import {
  HOSTILE_TEXTS,
  cleanView,
  emptyView,
  plainOptions,
  releaseView,
  richView,
  withForeignTexts,
} from '../unit/report/views.ts';

let found: Browser | string = 'not started';
let browser: Browser;
const dir = mkdtempSync(join(tmpdir(), 'fixby-page-'));
const shop = shopReport();
const views: readonly (readonly [string, ReportView])[] = [
  ['a failed run', shop],
  ['an inconclusive run', shopReport({ open: 0, blind: true })],
  ['a pass', cleanView],
  ['nothing to audit', emptyView],
  ['a release', releaseView],
  ['a finding in each state', richView],
];

beforeAll(async () => {
  found = await startChromium();
});
afterAll(async () => {
  if (typeof found !== 'string') await found.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(({ skip }) => {
  if (typeof found === 'string') skip(found);
  else browser = found;
});

/** A page and everything it complained about or asked for. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

const WIDE = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 740 };
let files = 0;

async function open(view: ReportView, options: BrowserContextOptions = {}): Promise<Opened> {
  const path = join(dir, `report-${(files += 1)}.html`);
  writeFileSync(path, htmlFormat.render(view, plainOptions));
  const url = pathToFileURL(path).href;
  const page = await (await browser.newContext({ viewport: WIDE, ...options })).newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url && request.url() !== 'data:,') requests.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, requests };
}

const close = (page: Page): Promise<void> => page.context().close();
const rowsOf = (page: Page): ReturnType<Page['locator']> => page.locator('#rows > li:not([hidden])');
const measure = (page: Page, expression: string): Promise<number> => page.evaluate<number>(expression);

describe.each(views)('%s', (_, view) => {
  it('says its verdict, complains of nothing and asks nobody', async () => {
    const { page, complaints, requests } = await open(view);
    expect(await page.locator('h1').innerText()).toContain(view.sentence);
    expect(await page.locator('#next li').count()).toBeGreaterThan(0);
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    await close(page);
  });

  it.each(['light', 'dark'] as const)('has nothing axe objects to when it is %s', async (colorScheme) => {
    const { page } = await open(view, { colorScheme });
    for (const row of await page.locator('#rows > li summary').all()) await row.click();
    for (const numbers of await page.locator('figure summary').all()) await numbers.click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    await close(page);
  });

  it('fits a phone', async () => {
    const { page } = await open(view, { viewport: PHONE });
    for (const row of await page.locator('#rows > li summary').all()) await row.click();
    expect(await measure(page, 'document.documentElement.scrollWidth')).toBe(PHONE.width);
    await close(page);
  });
});

it('keeps dates, folders and versions of the first screen in one piece, however long a name is', async () => {
  const name = 'a-very-long-package-name-that-goes-on-'.repeat(5);
  const findings = shop.findings.map((finding, index) => (index % 2 === 0 ? finding : { ...finding, package: name }));
  const { page } = await open({ ...shop, findings });
  for (const cells of ['th', 'td:nth-child(2)', 'td:nth-child(4)', 'td:nth-child(5)']) {
    const lines = `Math.max(...[...document.querySelectorAll('#due tbody ${cells}')].map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return Math.round(range.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight));
    }))`;
    expect([cells, await measure(page, lines)]).toEqual([cells, 1]);
  }
  await close(page);
});

describe('the findings', () => {
  it('are filtered by words, severity, state and target, and counted', async () => {
    const { page } = await open(shop);
    const all = shop.findings.length;
    expect(await rowsOf(page).count()).toBe(all);
    const due = shop.findings.filter(({ deadline }) => deadline.state === 'overdue').length;
    await page.locator('select[name=state]').selectOption('overdue');
    expect(await rowsOf(page).count()).toBe(due);
    await page.locator('select[name=severity]').selectOption('critical');
    await page.locator('select[name=target]').selectOption('admin');
    const narrowed = shop.findings.filter(
      ({ deadline, severity, target }) =>
        deadline.state === 'overdue' && severity.level === 'critical' && target === 'admin',
    );
    expect(narrowed.length).toBeGreaterThan(0);
    expect(await rowsOf(page).count()).toBe(narrowed.length);
    await page.getByRole('searchbox', { name: 'Find' }).fill('cve-2025-40114');
    expect(await page.locator('output').innerText()).toBe(`1 of ${all} shown`);
    await close(page);
  });

  it('are sorted, by the keyboard alone', async () => {
    const { page } = await open(shop);
    const names = async (): Promise<readonly string[]> => rowsOf(page).locator('.name').allTextContents();
    const before = await names();
    await page.getByRole('radio', { name: 'urgency' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const sorted = await rowsOf(page).evaluateAll((items) =>
      items.map((item) => (item as unknown as { dataset: { package: string } }).dataset.package),
    );
    expect(sorted).toEqual(sorted.toSorted());
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await names()).toEqual(before);
    await close(page);
  });

  it('open to what their deadline rests on', async () => {
    const { page } = await open(shop);
    const first = rowsOf(page).first();
    expect(await first.locator('.story').isVisible()).toBe(false);
    await first.locator('summary').focus();
    await page.keyboard.press('Enter');
    const story = await first.locator('.story').innerText();
    for (const step of shop.findings[0]?.deadline.arithmetic ?? []) expect(story).toContain(step);
    expect(story).toContain('npm --prefix admin');
    expect(shop.findings[0]?.deadline.arithmetic?.length).toBeGreaterThan(1);
    await close(page);
  });

  it.each([true, false])('are opened by a link from the first screen, scripts run: %s', async (javaScriptEnabled) => {
    const { page } = await open(shop, { javaScriptEnabled });
    await page.locator('#due a').first().click();
    await page.locator('.story:visible').first().waitFor();
    expect(await page.locator('.story:visible').count()).toBe(1);
    await close(page);
  });
});

describe('without a script', () => {
  it('everything is there, and nothing that would not work', async () => {
    const { page, complaints } = await open(shop, { javaScriptEnabled: false });
    expect(await rowsOf(page).count()).toBe(shop.findings.length);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.locator('#theme').isVisible()).toBe(false);
    await page.locator('#rows summary').nth(2).click();
    expect(await page.locator('.story').nth(2).isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await close(page);
  });
});

describe('the theme', () => {
  const paper = (page: Page): Promise<string> =>
    page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

  it('follows the machine, and then the reader, also the next time', async () => {
    const { page } = await open(shop, { colorScheme: 'light' });
    const light = await paper(page);
    await page.getByRole('radio', { name: 'dark' }).check({ force: true });
    const dark = await paper(page);
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await paper(page)).toBe(dark);
    await page.getByRole('radio', { name: 'auto' }).check({ force: true });
    expect(await paper(page)).toBe(light);
    await close(page);
  });
});

describe('on paper', () => {
  it('is light, holds no control, and opens every row', async () => {
    const { page } = await open(shop, { colorScheme: 'dark' });
    const shown = (selector: string): Promise<boolean> => page.locator(selector).first().isVisible();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect([await shown('#controls'), await shown('.bar'), await shown('#rows .story')]).toEqual([false, false, true]);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    // A row may go on over the page: one that may not leaves half of each page empty.
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeLessThan(shop.findings.length);
    await close(page);
  });

  it('leaves the rows of a long report as they stand', async () => {
    const { page } = await open(manyFindings(shop, 200));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#rows .story').first().isVisible()).toBe(false);
    await close(page);
  });
});

describe('hostile text', () => {
  it.each(HOSTILE_TEXTS.filter((text) => text.trim() !== ''))('stays text: %j', async (text) => {
    const { page, complaints, requests } = await open(withForeignTexts(richView, () => text));
    for (const row of await page.locator('#rows > li summary').all()) await row.click();
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('img, iframe, object, embed, form:not(#controls)').count()).toBe(0);
    const addresses = await page.evaluate<string[]>(
      'Array.from(document.querySelectorAll("a"), (link) => link.getAttribute("href"))',
    );
    expect(addresses.filter((address) => !/^(?:#|https?:)/.test(address))).toEqual([]);
    expect(await measure(page, 'document.documentElement.scrollWidth')).toBe(WIDE.width);
    await close(page);
  });

  it('would be stopped by the policy even if it became markup', async () => {
    const path = join(dir, 'forged.html');
    const forged = '<img src="https://evil.example/x.png"><script>document.title = "forged"</script>';
    writeFileSync(path, htmlFormat.render(richView, plainOptions).replace('<main>', `<main>${forged}`));
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(path).href);
    expect(await page.title()).not.toBe('forged');
    expect(complaints.join('\n')).toMatch(/Content Security Policy/);
    await close(page);
  });
});

describe('10,000 findings', () => {
  it('can be read, filtered and sorted', { timeout: 240_000 }, async () => {
    const { page, complaints } = await open(manyFindings(shop, 10_000));
    page.setDefaultTimeout(120_000);
    expect(await rowsOf(page).count()).toBe(10_000);
    await page.getByRole('searchbox', { name: 'Find' }).fill('cookie');
    const shown = await rowsOf(page).count();
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(10_000);
    await page.getByRole('radio', { name: 'package' }).check({ force: true });
    await rowsOf(page).first().locator('summary').click();
    expect(await rowsOf(page).first().locator('.story').isVisible()).toBe(true);
    expect(await measure(page, 'document.querySelectorAll("*").length')).toBeLessThan(600_000);
    expect(complaints).toEqual([]);
    await close(page);
  });
});
