/** Style and script of the web page, made from src/page, as the one file the report is written with. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Relative to the repository. */
export const PAGE_ASSETS = 'src/core/report/html/page-assets.ts';

/** The file as it is committed. `root` is the folder of the repository. */
export async function makePageAssets(root: string): Promise<string> {
  const style = await bundle(join(root, 'src/page/page.css'));
  const script = await bundle(join(root, 'src/page/main.ts'));
  if (/<\/|<!--/.test(style + script)) throw new Error('the page would end inside its own style or script');
  const constants = { STYLE: style, STYLE_HASH: hash(style), SCRIPT: script, SCRIPT_HASH: hash(script) };
  const lines = Object.entries(constants).map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`);
  return `/** Made by npm run page from src/page: style and script of the web page, with the hashes its policy knows them by. */\n${lines.join('')}`;
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'esnext',
    charset: 'ascii',
    legalComments: 'none',
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  return outputFiles[0]?.text.trim() ?? '';
}

/** As a content security policy names a text. https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
