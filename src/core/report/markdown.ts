/** The report as GitHub Flavored Markdown: a tree of nodes written by a serializer, never text put together by hand. */
import type { RootContent, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { defaultHandlers, toMarkdown, type Options } from 'mdast-util-to-markdown';
import type { ReportFormat, ReportView } from '../model/report.ts';
import { guardLines } from './escape.ts';
import { deadlinesSection, dueSection, findingsSection } from './markdown/finding-sections.ts';
import type { Section } from './markdown/nodes.ts';
import { blockersSection, cargoSection, releaseHeadline, signatureSection } from './markdown/release-sections.ts';
import {
  coverageSection,
  headlineSection,
  nextSection,
  policySection,
  problemsSection,
  summarySection,
  uncheckedSection,
} from './markdown/run-sections.ts';

const SECTIONS: readonly ((view: ReportView) => Section)[] = [
  headlineSection,
  dueSection,
  uncheckedSection,
  nextSection,
  summarySection,
  findingsSection,
  coverageSection,
  policySection,
  problemsSection,
  deadlinesSection,
];

/** The release note: what somebody signs comes first, and what it rests on after it. */
const RELEASE_SECTIONS: readonly ((view: ReportView) => Section)[] = [
  releaseHeadline,
  blockersSection,
  cargoSection,
  uncheckedSection,
  nextSection,
  signatureSection,
  coverageSection,
  policySection,
  problemsSection,
  deadlinesSection,
];

// Words and punctuation that mean nothing to Markdown wherever they stand in a line.
const PLAIN = /^(?!\d+[.)]|[-:])(?:[\p{L}\p{N},;'’–—→(/ )-]|[.:](?= |$))*$/u;

const OPTIONS: Options = {
  bullet: '-',
  // Unaligned pipes: padding every row to the widest one would multiply the size of a long report.
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  handlers: {
    // Searching every text for what needs an escape is most of the work, and nearly all texts are plain words.
    text: (node: Text, parent, state, info) =>
      PLAIN.test(node.value) ? node.value : defaultHandlers.text(node, parent, state, info),
  },
};

/** The whole report, for a pull request, a ticket or an auditor's folder. Holds no HTML and no live mention. */
export const markdownFormat: ReportFormat = {
  name: 'markdown',
  extension: 'md',
  render(view) {
    const sections = view.release === undefined ? SECTIONS : RELEASE_SECTIONS;
    const children: RootContent[] = sections.flatMap((section) => section(view));
    return guardLines(toMarkdown({ type: 'root', children }, OPTIONS));
  },
};
