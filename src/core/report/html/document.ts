/** The page around the report: what a browser may do with it, how it looks, and the one script it runs. */
import type { ReportView } from '../../model/report.ts';
import { VERDICT_WORDS, minuteOf, runWords } from '../words.ts';
import { Markup, html, type Content } from './markup.ts';
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './page-assets.ts';

// Nothing is loaded; only the style and the script of this very page, known by their hashes, count. https://www.w3.org/TR/CSP3/
const SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  `script-src '${SCRIPT_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Finished text of the file, with a line end. */
export function writeDocument(view: ReportView, body: Content): string {
  const { word } = VERDICT_WORDS[view.verdict];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(SECURITY_POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${word}: ${runWords(view)}</title>
        <link rel="icon" href="data:," />
        ${new Markup(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#findings">To the findings</a>
        <nav class="bar" aria-label="Page">
          <span class="brand">fixby</span>
          ${LINKS.map(([id, words]) => html`<a href="#${id}">${words}</a> `)} ${themes()}
        </nav>
        <main>${body}</main>
        <footer class="aside">
          <p>
            ${runWords(view)}. Audited ${minuteOf(view.generatedAt)}, judged as of ${minuteOf(view.asOf)}. This page
            loads nothing and sends nothing.
          </p>
        </footer>
        ${new Markup(`<script>${SCRIPT}</script>`)}
      </body>
    </html>`;
  return `${page.text}\n`;
}

const LINKS = [
  ['pictures', 'Pictures'],
  ['findings', 'Findings'],
  ['targets', 'Coverage'],
] as const;

/** Hidden until the script has found it: without one the page is as light as the reader's machine. */
function themes(): Markup {
  const choices = ['auto', 'light', 'dark'].map(
    (theme) =>
      html`<label
        ><input type="radio" name="theme" value="${theme}" ${theme === 'auto' && html`checked`} /><span
          >${theme}</span
        ></label
      >`,
  );
  return html`<fieldset class="choice" id="theme" hidden>
    <legend>Theme</legend>
    ${choices}
  </fieldset>`;
}
