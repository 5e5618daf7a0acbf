/** The report as GitHub Flavored Markdown: a tree of nodes written by a serializer, never text put together by hand. */
import type { ReportRenderer, ReportView } from '../model/report.ts';
import { deadlinesSection, dueSection, findingsSection } from './markdown/finding-sections.ts';
import type { Section } from './markdown/nodes.ts';
import { blockersSection, cargoSection, releaseHeadline, signatureSection } from './markdown/release-sections.ts';
import {
  coverageSection,
  headlineSection,
  nextSection,
  notCoveredSection,
  policySection,
  problemsSection,
  summarySection,
  uncheckedSection,
} from './markdown/run-sections.ts';
import { promiseSection } from './promises/markdown.ts';
import { writeMarkdown } from './markdown/write.ts';

const SECTIONS: readonly ((view: ReportView) => Section)[] = [
  headlineSection,
  dueSection,
  uncheckedSection,
  notCoveredSection,
  nextSection,
  summarySection,
  findingsSection,
  coverageSection,
  policySection,
  promisesSection,
  problemsSection,
  deadlinesSection,
];

/** The release note: what somebody signs comes first, and what it rests on after it. */
const RELEASE_SECTIONS: readonly ((view: ReportView) => Section)[] = [
  releaseHeadline,
  blockersSection,
  cargoSection,
  uncheckedSection,
  notCoveredSection,
  nextSection,
  signatureSection,
  coverageSection,
  policySection,
  promisesSection,
  problemsSection,
  deadlinesSection,
];

function promisesSection({ promises }: ReportView): Section {
  return promises === undefined ? [] : promiseSection(promises);
}

/** The whole report, for a pull request, a ticket or an auditor's folder. Holds no HTML and no live mention. */
export const markdownFormat: ReportRenderer = {
  render(view) {
    const sections = view.release === undefined ? SECTIONS : RELEASE_SECTIONS;
    return writeMarkdown(sections.flatMap((section) => section(view)));
  },
};
