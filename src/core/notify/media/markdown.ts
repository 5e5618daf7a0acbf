/** A letter as Markdown for a code host: no mention, reference or tag of foreign text is live. */
import { code, heading, link, list, own, paragraph, said } from '../../report/markdown/nodes.ts';
import type { Phrase as Nodes, Section as Blocks } from '../../report/markdown/nodes.ts';
import { writeMarkdown } from '../../report/markdown/write.ts';
import type { Letter, Phrase, Section } from '../letter.ts';

export function markdownText({ opening, sections, closing }: Letter): string {
  return writeMarkdown([paragraph(line(opening)), ...sections.flatMap(section), paragraph(line(closing))]);
}

function section({ title, entries, hidden }: Section): Blocks {
  const lines = entries.map(({ line: first, details }) => [
    ...line(first),
    ...details.flatMap((detail) => [{ type: 'break' as const }, ...line(detail)]),
  ]);
  const rest = hidden === 0 ? [] : [paragraph(own(`and ${hidden} more; read the whole report.`))];
  return [heading(2, title), list(lines), ...rest];
}

function line(phrases: readonly Phrase[]): Nodes {
  return phrases.flatMap(word);
}

function word(phrase: Phrase): Nodes {
  switch (phrase.kind) {
    case 'own':
      return own(phrase.text);
    case 'said':
      return said(phrase.text);
    case 'name':
      return code(phrase.text);
    case 'link':
      return link(phrase.text, phrase.url);
  }
}
