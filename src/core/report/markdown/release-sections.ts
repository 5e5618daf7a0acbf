/** The release note in Markdown: what is to be tagged, what stands in its way, what goes out with it, and who signs. */
import type { ReportView } from '../../model/report.ts';
import { BLOCKER_WORDS, cargo, groundWords, releaseWords, whatIfWords } from '../release-words.ts';
import { VERDICT_WORDS, calendarOf, dueWords, fixWords, minuteOf, packageWords } from '../words.ts';
import { code, heading, link, list, own, paragraph, said, table, type Phrase, type Section } from './nodes.ts';

/** Version, commit, day and verdict. */
export function releaseHeadline(view: ReportView): Section {
  const { release, repository, verdict, tool, asOf, generatedAt } = view;
  if (release === undefined) return [];
  const { mark, word } = VERDICT_WORDS[verdict];
  const whatIf = whatIfWords(view);
  const { commit, branch } = repository;
  const facts: readonly Phrase[] = [
    [...own('Version: '), ...code(release.version), ...own(', tag '), ...said(releaseWords(release))],
    [
      ...own('Commit: '),
      ...(commit === undefined ? own('not known') : code(commit)),
      ...(branch === undefined ? [] : [...own(' on '), ...code(branch)]),
    ],
    own(`Date: judged as of ${minuteOf(asOf)}, audited ${minuteOf(generatedAt)}`),
    [...own(`Verdict: ${word}, by fixby `), ...code(tool.version)],
  ];
  return [
    heading(1, `${mark} Release note: ${word}`),
    paragraph(said(view.sentence)),
    ...(whatIf === null ? [] : [paragraph(own(whatIf))]),
    list(facts),
  ];
}

/** Every reason why it may not be tagged, with what clears it. */
export function blockersSection({ release }: ReportView): Section {
  const rows = (release?.blockers ?? []).map(({ code: why, message, clears }) => [
    own(BLOCKER_WORDS[why]),
    said(message),
    said(clears),
  ]);
  const body = rows.length === 0 ? paragraph(own('Nothing.')) : table(['Why', 'What', 'What clears it'], rows);
  return [heading(2, 'What stands in its way'), body];
}

/** Findings that go out with it, and on what ground. */
export function cargoSection(view: ReportView): Section {
  const calendar = calendarOf(view);
  const rows = cargo(view).map((finding) => [
    said(dueWords(finding, calendar)),
    own(finding.severity.level),
    code(packageWords(finding)),
    code(finding.target),
    link(finding.advisory.id, finding.advisory.url),
    said(fixWords(finding)),
    said(groundWords(finding)),
  ]);
  const header = ['Stands', 'Severity', 'Package', 'Target', 'Advisory', 'Fix', 'On what ground'];
  const body = rows.length === 0 ? paragraph(own('No finding that is known of.')) : table(header, rows);
  return [heading(2, 'What goes out with it'), body];
}

/** Room for those who answer for the release. */
export function signatureSection({ release }: ReportView): Section {
  const empty = [own(''), own(''), own('')];
  return [
    heading(2, 'Sign-off'),
    paragraph(own('I have read what goes out with '), code(release?.version ?? ''), own(' and answer for it.')),
    table(
      ['Role', 'Name', 'Date', 'Signature'],
      [
        [own('Release manager'), ...empty],
        [own('Approver'), ...empty],
      ],
    ),
  ];
}
