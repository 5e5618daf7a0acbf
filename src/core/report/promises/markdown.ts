/** Promises as Markdown: one table, for a pull request or as a section of a longer report. */
import type { PromiseFormat } from '../../model/promise-format.ts';
import type { PromiseEvidence, PromiseOutcome, PromiseRow } from '../../model/promise-report.ts';
import {
  code,
  heading,
  join,
  own,
  paragraph,
  said,
  table,
  list,
  type Phrase,
  type Section,
} from '../markdown/nodes.ts';
import { writeMarkdown } from '../markdown/write.ts';
import { GROUPS, groupOf, inOrder, mendsOf, placeOf, sentence } from './words.ts';

/** The section on its own. */
export const markdownPromises: PromiseFormat = {
  name: 'markdown',
  render: (report) => writeMarkdown(promiseSection(report)),
};

/** A heading, the numbers and every promise with its proof; what wants action stands first. */
export function promiseSection(report: PromiseOutcome): Section {
  const rows = GROUPS.flatMap(({ group, title, mark }) =>
    report.promises
      .filter((row) => groupOf(row) === group)
      .map((row) => toCells(row, `${mark} ${title.toLowerCase()}`)),
  );
  return [
    heading(2, 'Promises of the security policy'),
    paragraph(said(sentence(report))),
    ...(rows.length === 0 ? [] : [table(['Promise', 'Verdict', 'Proof', 'Mend'], rows)]),
    ...(report.problems.length === 0
      ? []
      : [
          heading(3, 'Problems'),
          list(report.problems.map(({ message, mend }) => join([said(message), mendPhrase(mend)], ' → '))),
        ]),
  ];
}

const MOST_PROOFS = 12;

function toCells(row: PromiseRow, verdict: string): readonly Phrase[] {
  const proofs = inOrder(row);
  const rest = proofs.length - MOST_PROOFS;
  const shown = proofs.slice(0, MOST_PROOFS).map(toPhrase);
  return [
    [...code(`${row.file}:${row.line}`), ...own(' '), ...said(row.text)],
    own(verdict),
    join([...shown, ...(rest > 0 ? [own(`and ${rest} more`)] : [])], '; '),
    join(mendsOf(row).map(mendPhrase), ' '),
  ];
}

/** What stands between backticks is a command. */
function mendPhrase(mend: string): Phrase {
  return mend.split('`').flatMap((piece, index) => {
    if (index % 2 === 1) return code(piece);
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece) ?? [];
    return [...own(before), ...said(words), ...own(after)];
  });
}

function toPhrase(proof: PromiseEvidence): Phrase {
  const place = placeOf(proof)
    .trim()
    .replace(/^\(|\)$/g, '');
  return place === '' ? said(proof.text) : [...said(proof.text), ...own(' '), ...code(place)];
}
