/** A letter as plain text: for mail, and for looking at what would be sent. */
import { guardLines, safeUrl, terminalText } from '../../report/escape.ts';
import type { Entry, Letter, Phrase, Section } from '../letter.ts';

export function plainText({ opening, sections, closing }: Letter): string {
  return guardLines([line(opening), ...sections.map(section), line(closing)].join('\n\n') + '\n');
}

function section({ title, entries, hidden }: Section): string {
  const rest = hidden === 0 ? [] : [`  and ${hidden} more; read the whole report.`];
  return [title, ...entries.flatMap(entry), ...rest].join('\n');
}

function entry({ line: first, details }: Entry): readonly string[] {
  return [`- ${line(first)}`, ...details.map((detail) => `    ${line(detail)}`)];
}

function line(phrases: readonly Phrase[]): string {
  return phrases.map(word).join('');
}

function word(phrase: Phrase): string {
  if (phrase.kind === 'own') return phrase.text;
  const text = terminalText(phrase.text);
  const url = phrase.kind === 'link' ? safeUrl(phrase.url) : undefined;
  return url === undefined ? text : `${text} <${url}>`;
}
