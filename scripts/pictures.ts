/** The pictures of the docs: the web page of an invented shop, in a real Chromium. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { htmlFormat } from '../src/core/report/html.ts';
import { startChromium } from '../test/support/chromium.ts';
import { shopReport } from '../test/support/shop-year.ts';

/** One picture: how wide the window is, and what is done before it is taken. */
interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly prepare?: (page: Page) => Promise<void>;
}

const show = (selector: string) => (page: Page) =>
  page.locator(selector).evaluate((element) => (element as { scrollIntoView(): void }).scrollIntoView());

const SHOTS: readonly Shot[] = [
  { name: 'html-first-screen', width: 1200, height: 800, theme: 'light' },
  { name: 'html-pictures', width: 1200, height: 800, theme: 'dark', prepare: show('#pictures') },
  { name: 'html-finding', width: 1200, height: 800, theme: 'light', prepare: openFinding },
  { name: 'html-phone', width: 390, height: 800, theme: 'light' },
];

async function openFinding(page: Page): Promise<void> {
  await page.locator('#rows summary').nth(1).click();
  await show('#findings')(page);
}

/** Writes them and says what it wrote, a line each. Throws where there is no browser. */
export async function makePictures(folder: string): Promise<readonly string[]> {
  const work = mkdtempSync(join(tmpdir(), 'fixby-pictures-'));
  process.env['FONTCONFIG_FILE'] = writeFonts(work);
  const browser = await startChromium();
  if (typeof browser === 'string') throw new Error(browser);
  try {
    mkdirSync(folder, { recursive: true });
    const page = join(work, 'fixby.html');
    writeFileSync(page, htmlFormat.render(shopReport({ blind: true }), { color: false, width: 100, verbose: false }));
    const lines: string[] = [];
    for (const shot of SHOTS) lines.push(await take(browser, pathToFileURL(page).href, folder, shot));
    return lines;
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function take(browser: Browser, url: string, folder: string, shot: Shot): Promise<string> {
  const { name, width, height, theme, prepare } = shot;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
  await page.goto(url);
  await prepare?.(page);
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  await page.close();
  // Where there is no pngquant the picture stays as it is.
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--quality', '70-95', '--output', path, path]);
  return `${path} ${Math.ceil(statSync(path).size / 1024)} KiB`;
}

/** A font made for screens in place of whatever the machine has. */
function writeFonts(work: string): string {
  const path = join(work, 'fonts.conf');
  const prefer = (family: string): string =>
    `<alias binding="strong"><family>${family}</family><prefer><family>Inter</family></prefer></alias>`;
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>${prefer('system-ui')}${prefer('sans-serif')}<cachedir>${work}</cachedir></fontconfig>`,
  );
  return path;
}
