/** The report as GitHub Flavored Markdown: a tree of nodes written by a serializer, never text put together by hand. */
import type { RootContent } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { ReportFormat, ReportView } from '../model/report.ts';
import { guardLines } from './escape.ts';
import { deadlinesSection, dueSection, findingsSection } from './markdown/finding-sections.ts';
import type { Section } from './markdown/nodes.ts';
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

/** The whole report, for a pull request, a ticket or an auditor's folder. Holds no HTML and no live mention. */
export const markdownFormat: ReportFormat = {
  name: 'markdown',
  extension: 'md',
  render(view) {
    const children: RootContent[] = SECTIONS.flatMap((section) => section(view));
    // Unaligned pipes: padding every row to the widest one would multiply the size of a long report.
    const extensions = [gfmToMarkdown({ tablePipeAlign: false })];
    return guardLines(toMarkdown({ type: 'root', children }, { extensions, bullet: '-' }));
  },
};
