/** The pictures of the docs, taken in a real Chromium, and the note of what each of them was taken of. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startChromium } from '../test/support/chromium.ts';
import { picturePages } from './picture-pages.ts';
import type { PageName } from './picture-pages.ts';

/** One picture: of which page, how wide the window is, and what is done before it is taken. */
interface Shot {
  readonly name: string;
  readonly page: PageName;
  readonly width: number;
  readonly height: number;
  readonly theme?: 'dark';
  readonly prepare?: (page: Page) => Promise<void>;
}

const show = (selector: string) => (page: Page) =>
  page.locator(selector).evaluate((element) => (element as { scrollIntoView(): void }).scrollIntoView());

/** Every picture there is; the docs show each of them. */
export const SHOTS: readonly Shot[] = [
  { name: 'terminal', page: 'terminal', width: 900, height: 620 },
  { name: 'explain', page: 'explain', width: 900, height: 640 },
  { name: 'history', page: 'history', width: 900, height: 560 },
  { name: 'period', page: 'period', width: 900, height: 620 },
  { name: 'markdown', page: 'markdown', width: 1100, height: 800 },
  { name: 'release-note', page: 'release-note', width: 1100, height: 800 },
  { name: 'mail', page: 'mail', width: 900, height: 640 },
  { name: 'html-first-screen', page: 'html', width: 1200, height: 800 },
  { name: 'html-pictures', page: 'html', width: 1200, height: 800, theme: 'dark', prepare: show('#pictures') },
  { name: 'html-finding', page: 'html', width: 1200, height: 800, prepare: openFinding },
  { name: 'html-phone', page: 'html', width: 390, height: 800 },
];

async function openFinding(page: Page): Promise<void> {
  await page.locator('#rows summary').nth(1).click();
  await show('#findings')(page);
}

/** The name of the note, in the folder of the pictures. */
export const NOTE = 'taken-of.json';

/** What a picture was taken of and what it is, as SHA-256: whoever changes a report sees that its picture is older. */
export type Note = Readonly<Record<string, { readonly page: string; readonly picture: string }>>;

/** Writes pictures and note and says what it wrote, a line each. Throws where there is no browser. */
export async function makePictures(folder: string, examples: string): Promise<readonly string[]> {
  const work = mkdtempSync(join(tmpdir(), 'fixby-pictures-'));
  process.env['FONTCONFIG_FILE'] = writeFonts(work);
  const browser = await startChromium();
  if (typeof browser === 'string') throw new Error(browser);
  try {
    mkdirSync(folder, { recursive: true });
    const pages = picturePages(examples);
    const note: Record<string, Note[string]> = {};
    const lines: string[] = [];
    for (const shot of SHOTS) {
      const file = join(work, `${shot.page}.html`);
      writeFileSync(file, pages[shot.page]);
      const picture = await take(browser, pathToFileURL(file).href, join(folder, `${shot.name}.png`), shot);
      note[shot.name] = { page: sha256(pages[shot.page]), picture: sha256(picture) };
      lines.push(`${shot.name}.png ${Math.ceil(picture.length / 1024)} KiB`);
    }
    writeFileSync(join(folder, NOTE), `${JSON.stringify(note, null, 2)}\n`);
    return lines;
  } finally {
    await browser.close();
    rmSync(work, { recursive: true, force: true });
  }
}

export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function take(browser: Browser, url: string, path: string, shot: Shot): Promise<Buffer> {
  const { width, height, theme = 'light', prepare } = shot;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce' });
  await page.goto(url);
  await prepare?.(page);
  await page.screenshot({ path });
  await page.close();
  // Where there is no pngquant the picture stays as it is.
  spawnSync('pngquant', ['--force', '--skip-if-larger', '--quality', '70-95', '--output', path, path]);
  return readFileSync(path);
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
