/** The report as OpenVEX 0.2.0: what is known to affect the audited packages, and what is being done about each. */
import type { ReportFinding, ReportRenderer, ReportView } from '../model/report.ts';
import { jsonDocument, terminalText, wellFormed } from './escape.ts';
import { notChecked, notCovered, otherQuestions } from './first-screen.ts';
import { digestOf, documentId } from './identity.ts';
import { packageUrl } from './package-url.ts';
import { acceptanceWords, calendarOf, dueWords, outcomeWords, remedyWords, type Calendar } from './words.ts';

/**
 * An accepted risk is `affected` with its acceptance as the action, never `not_affected`: nobody has shown that the flaw does no
 * harm. Scanners find the packages by their purl. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
 */
export const openvexFormat: ReportRenderer = {
  render(view) {
    const calendar = calendarOf(view);
    return jsonDocument({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': `urn:uuid:${documentId(view, 'openvex')}`,
      author: 'fixby',
      role: 'Policy audit of the repository',
      timestamp: view.asOf,
      version: 1,
      tooling: toolingWords(view),
      statements: view.findings.map((finding) => describeStatement(finding, view, calendar)),
    });
  },
};

/** The one place of the document where the verdict, and what could not be looked at, may stand. */
function toolingWords(view: ReportView): string {
  const blind = notChecked(view).map(
    (target) => `Not checked: ${target.path} (${target.auditor}): ${outcomeWords(target)}. ${target.mend ?? ''}`,
  );
  const rest = [...otherQuestions(view), ...notCovered(view).map(({ message }) => message)];
  return line([`fixby ${view.tool.version}, verdict ${view.verdict}: ${view.sentence}`, ...blind, ...rest].join(' '));
}

function describeStatement(finding: ReportFinding, { asOf }: ReportView, calendar: Calendar): object {
  const { advisory, deadline, key, timeline, versions } = finding;
  const products = [...new Set(versions.map((version) => packageUrl(finding, version)))];
  return {
    '@id': `urn:fixby:finding:${digestOf(key)}`,
    vulnerability: {
      name: line(advisory.id) || 'unnamed',
      description: line(advisory.summary),
      aliases: [...new Set(advisory.aliases.map(line))],
    },
    timestamp: timeline.firstSeen ?? asOf,
    products: products.map((purl) => ({ '@id': purl, identifiers: { purl } })),
    ...statusOf(finding),
    status_notes: line(`In ${finding.target}, ${dueWords(finding, calendar)}: ${deadline.reason}.`),
  };
}

/** A withdrawn advisory says nothing any more, which is not the same as having no effect. */
function statusOf(finding: ReportFinding): object {
  const { deadline, exception, advisory } = finding;
  if (deadline.state === 'withdrawn' || advisory.withdrawn !== undefined) return { status: 'under_investigation' };
  const accepted = deadline.state === 'accepted' && exception !== undefined;
  const action = accepted
    ? `Risk accepted until ${exception.expires}: ${acceptanceWords(exception)}. ${remedyWords(finding)}`
    : remedyWords(finding);
  return { status: 'affected', action_statement: line(action) };
}

function line(text: string): string {
  return wellFormed(terminalText(text));
}
