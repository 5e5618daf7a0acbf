/** The report as one web page that asks nobody for anything: readable without a script, in the light, in the dark, on paper. */
import type { ReportRenderer } from '../model/report.ts';
import { headline, dueSection, nextSection, policySection, uncheckedSection } from './html/first-screen.ts';
import { findingsSection } from './html/findings.ts';
import { html, type Content } from './html/markup.ts';
import { writeDocument } from './html/document.ts';
import { createPage, type Page } from './html/page.ts';
import { picturesSection } from './html/pictures.ts';
import { blockerSection, cargoSection, plannedSection, signatureSection } from './html/release-sections.ts';
import { changesSection, problemsSection, targetsSection } from './html/run-sections.ts';

/** One file; links lead out of it, nothing is loaded into it. */
export const htmlFormat: ReportRenderer = {
  render(view) {
    return writeDocument(view, body(createPage(view)));
  },
};

function body(page: Page): Content {
  const isRelease = page.view.release !== undefined;
  return html`${headline(page)} ${plannedSection(page)}
    <div class="first">
      <div>${nextSection(page)} ${isRelease ? blockerSection(page) : dueSection(page)} ${changesSection(page)}</div>
      <div>${uncheckedSection(page)} ${policySection(page)}</div>
    </div>
    ${cargoSection(page)} ${signatureSection(page)} ${picturesSection(page)} ${findingsSection(page)}
    ${targetsSection(page)} ${problemsSection(page)}`;
}
