/** The job summary of GitHub Actions: what somebody who opens the run has to know, within what GitHub shows. */
import type { ReportRenderer, ReportView } from '../model/report.ts';
import { dueSection } from './markdown/finding-sections.ts';
import { own, paragraph, type Section } from './markdown/nodes.ts';
import { blockersSection, releaseHeadline } from './markdown/release-sections.ts';
import {
  headlineSection,
  nextSection,
  notCoveredSection,
  problemsSection,
  summarySection,
  uncheckedSection,
} from './markdown/run-sections.ts';
import { writeMarkdown } from './markdown/write.ts';

const SECTIONS: readonly ((view: ReportView) => Section)[] = [
  headlineSection,
  dueSection,
  uncheckedSection,
  notCoveredSection,
  nextSection,
  summarySection,
  problemsSection,
];

const RELEASE_SECTIONS: readonly ((view: ReportView) => Section)[] = [
  releaseHeadline,
  blockersSection,
  uncheckedSection,
  notCoveredSection,
  nextSection,
  summarySection,
];

// GitHub refuses the summary of a step above 1 MiB, all of it; UTF-8 takes up to three bytes for a unit of a string.
const MOST_UNITS = Math.floor((1024 * 1024) / 3) - 1000;

/** For `$GITHUB_STEP_SUMMARY`: the first screen in Markdown. A section that does not fit is named as left out, never cut. */
export const githubFormat: ReportRenderer = {
  render(view) {
    const sections = view.release === undefined ? SECTIONS : RELEASE_SECTIONS;
    const texts = sections.map((section) => writeMarkdown(section(view))).filter((text) => text.trim() !== '');
    return keepWhatFits(texts).join('\n');
  },
};

function keepWhatFits(texts: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let units = 0;
  for (const text of texts) {
    if (units + text.length > MOST_UNITS) continue;
    kept.push(text);
    units += text.length;
  }
  return kept.length === texts.length ? kept : [...kept, writeMarkdown([paragraph(own(LEFT_OUT))])];
}

const LEFT_OUT = 'This summary is longer than GitHub shows; read the whole report.';
