/** What the pictures of the docs show, as web pages: the example reports as a terminal, a forge or a mail program shows them. */
import { AnsiUp } from 'ansi_up';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { historySchema } from '../src/core/model/history-report.ts';
import { reportSchema } from '../src/core/model/report.ts';
import { drawExplanations } from '../src/core/report/explain/draw.ts';
import { tableHistory } from '../src/core/report/history/table.ts';
import { htmlFormat } from '../src/core/report/html.ts';
import { tablePeriod } from '../src/core/report/period/table.ts';
import { tableFormat } from '../src/core/report/table.ts';
import { explainReport } from '../src/pipeline/explain-report.ts';
import { shopPeriod, shopReport } from '../test/support/shop-year.ts';
import { EXPLAINED } from './other-reports.ts';

/** By name. The same example reports and code, the same pages. */
export type PicturePages = Readonly<Record<PageName, string>>;

export type PageName = 'terminal' | 'explain' | 'history' | 'period' | 'markdown' | 'release-note' | 'mail' | 'html';

const IN_COLOR = { color: true, width: 100, verbose: false };

/** `examples` is the folder the example reports are in. */
export function picturePages(examples: string): PicturePages {
  const read = (name: string): string => readFileSync(join(examples, name), 'utf8');
  const view = reportSchema.parse(JSON.parse(read('fixby.json')));
  const past = historySchema.parse(JSON.parse(read('history.json')));
  return {
    terminal: terminalPage('fixby audit', tableFormat.render(view, IN_COLOR)),
    explain: terminalPage(
      `fixby explain ${EXPLAINED}`,
      drawExplanations(explainReport(view, EXPLAINED), view, IN_COLOR),
    ),
    history: terminalPage('fixby history', tableHistory.render(past, IN_COLOR)),
    period: terminalPage('fixby report --period 2026-Q1', tablePeriod.render(shopPeriod(), IN_COLOR)),
    markdown: forgePage(read('fixby.md')),
    'release-note': forgePage(read('release.md')),
    mail: read('mail.html'),
    html: htmlFormat.render(shopReport({ blind: true }), { ...IN_COLOR, color: false }),
  };
}

// Colours of a dark terminal: red, green, yellow and magenta are all that is used.
const TERMINAL_STYLE = `body { margin: 0; padding: 20px; background: #16181d; color: #d8dbe2 }
pre { margin: 0; font: 14px/1.4 'DejaVu Sans Mono', monospace }
.ansi-red-fg { color: #ff7b72 } .ansi-green-fg { color: #7ee787 } .ansi-yellow-fg { color: #e3b341 }
.ansi-magenta-fg { color: #d2a8ff } .command { color: #8b949e }`;

/** The bytes a terminal gets, below the command that asks for them. */
function terminalPage(command: string, text: string): string {
  const ansi = new AnsiUp();
  ansi.use_classes = true;
  return page(
    TERMINAL_STYLE,
    `<pre><span class="command">$ ${ansi.ansi_to_html(command)}</span>\n${ansi.ansi_to_html(text)}</pre>`,
  );
}

/** Markdown as forges render it: GitHub's flavour and its style. */
function forgePage(markdown: string): string {
  const style = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown-light.css');
  const body = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  const space =
    '.markdown-body { max-width: 1012px; margin: 0 auto; padding: 32px; font-family: system-ui; font-feature-settings: "calt" 0 }';
  return page(`${readFileSync(style, 'utf8')}\n${space}`, `<article class="markdown-body">${body}</article>`);
}

function page(style: string, body: string): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><style>${style}</style></head><body>${body}</body></html>\n`;
}
