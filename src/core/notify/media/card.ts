/** A letter as an Adaptive Card, in runs of text: unlike text blocks they read no Markdown. https://adaptivecards.io/explorer/TextRun.html */
import { visible } from '../../model/text.ts';
import { safeUrl } from '../../report/escape.ts';
import type { Letter, Phrase, Section } from '../letter.ts';

interface Look {
  readonly weight?: 'Bolder';
  readonly isSubtle?: boolean;
}

/** The card as JSON; its version is the newest that Teams shows everywhere. */
export function adaptiveCard({ opening, sections, closing }: Letter): object {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [runs(opening, { weight: 'Bolder' }), ...sections.flatMap(section), runs(closing, { isSubtle: true })],
  };
}

function section({ title, entries, hidden }: Section): readonly object[] {
  const rest = hidden === 0 ? [] : [runs([{ kind: 'own', text: `and ${hidden} more; read the whole report.` }], {})];
  const lines = entries.flatMap(({ line, details }) => [
    runs([{ kind: 'own', text: '• ' }, ...line], {}),
    ...details.map((detail) => runs(detail, { isSubtle: true })),
  ]);
  return [runs([{ kind: 'own', text: title }], { weight: 'Bolder' }), ...lines, ...rest];
}

function runs(phrases: readonly Phrase[], look: Look): object {
  return { type: 'RichTextBlock', inlines: phrases.map((phrase) => run(phrase, look)) };
}

function run(phrase: Phrase, look: Look): object {
  const url = phrase.kind === 'link' ? safeUrl(phrase.url) : undefined;
  const mono = phrase.kind === 'name' ? { fontType: 'Monospace' } : {};
  const action = url === undefined ? {} : { selectAction: { type: 'Action.OpenUrl', url } };
  return { type: 'TextRun', text: plain(phrase), ...look, ...mono, ...action };
}

/** `{{` begins a date function or a template in some hosts. */
function plain({ kind, text }: Phrase): string {
  return kind === 'own' ? text : visible(text).replace(/\{(?=\{)/g, '{ ');
}
