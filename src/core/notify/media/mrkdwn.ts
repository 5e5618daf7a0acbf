/** Text as Slack's mrkdwn: foreign text can neither mention anybody, nor link, nor format. */
import { visible } from '../../model/text.ts';
import { safeUrl } from '../../report/escape.ts';
import type { Entry, Letter, Phrase, Section } from '../letter.ts';

// Slack takes 3,000 characters a block. https://docs.slack.dev/reference/block-kit/blocks/section-block
const LONGEST_BLOCK = 2900;

/** Foreign text that is a sentence. */
export function mrkdwnText(text: string): string {
  return said(text);
}

/** One block of text for the opening, each section and the closing. */
export function mrkdwnBlocks({ opening, sections, closing }: Letter): readonly string[] {
  return [`*${line(opening)}*`, ...sections.map(section), line(closing)].map((text) => text.slice(0, LONGEST_BLOCK));
}

/** As many entries as a block holds; the rest is counted. */
function section({ title, entries, hidden }: Section): string {
  const lines = entries.map(entry);
  const shown: string[] = [];
  let room = LONGEST_BLOCK - title.length - 60;
  for (const text of lines) {
    room -= text.length + 1;
    if (room < 0) break;
    shown.push(text);
  }
  const rest = hidden + lines.length - shown.length;
  return [`*${title}*`, ...shown, ...(rest === 0 ? [] : [`and ${rest} more; read the whole report.`])].join('\n');
}

function entry({ line: first, details }: Entry): string {
  return [`• ${line(first)}`, ...details.map((detail) => `    ${line(detail)}`)].join('\n');
}

function line(phrases: readonly Phrase[]): string {
  return phrases.map(word).join('');
}

function word(phrase: Phrase): string {
  if (phrase.kind === 'own') return phrase.text;
  if (phrase.kind === 'said') return said(phrase.text);
  const url = phrase.kind === 'link' ? safeUrl(phrase.url) : undefined;
  return url === undefined ? code(phrase.text) : `<${escape(url).replace(/\|/g, '%7C')}|${code(phrase.text)}>`;
}

/** Words that would format what follows stand in code. */
function said(text: string): string {
  return visible(text)
    .split(' ')
    .map((each) => (/[*_~`]/.test(each) ? code(each) : escape(each)))
    .join(' ');
}

function code(text: string): string {
  return `\`${escape(visible(text)).replace(/`/g, "'")}\``;
}

// The three characters Slack reads as the beginning of a mention or a link. https://docs.slack.dev/messaging/formatting-message-text
function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
