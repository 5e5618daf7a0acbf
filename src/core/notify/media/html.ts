/** A letter as an HTML document for mail: no script, no picture, nothing that is fetched. */
import { visible } from '../../model/text.ts';
import { safeUrl } from '../../report/escape.ts';
import type { Entry, Letter, Phrase, Section } from '../letter.ts';

export function htmlDocument({ subject, opening, sections, closing }: Letter): string {
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escape(visible(subject))}</title></head>`,
    '<body style="font-family:sans-serif;line-height:1.4">',
    `<p><strong>${line(opening)}</strong></p>`,
    ...sections.map(section),
    `<p><small>${line(closing)}</small></p>`,
    '</body></html>\n',
  ].join('\n');
}

function section({ title, entries, hidden }: Section): string {
  const rest = hidden === 0 ? '' : `<p>and ${hidden} more; read the whole report.</p>`;
  return `<h3>${escape(title)}</h3>\n<ul>\n${entries.map(entry).join('\n')}\n</ul>${rest}`;
}

function entry({ line: first, details }: Entry): string {
  return `<li>${line(first)}${details.map((detail) => `<br><small>${line(detail)}</small>`).join('')}</li>`;
}

function line(phrases: readonly Phrase[]): string {
  return phrases.map(word).join('');
}

function word(phrase: Phrase): string {
  if (phrase.kind === 'own') return escape(phrase.text);
  const text = escape(visible(phrase.text));
  if (phrase.kind === 'name') return `<code>${text}</code>`;
  const url = phrase.kind === 'link' ? safeUrl(phrase.url) : undefined;
  return url === undefined ? text : `<a href="${escape(url)}">${text}</a>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}
