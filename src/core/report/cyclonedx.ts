/** The report as CycloneDX 1.6: a bill of the materials in the locks, with what is known against each and what is done about it. */
import type { ReportRenderer, ReportView } from '../model/report.ts';
import { boundary } from './cyclonedx/compositions.ts';
import { collectMaterials, ROOT } from './cyclonedx/materials.ts';
import { line, versionLine } from './cyclonedx/text.ts';
import { describeVulnerability } from './cyclonedx/vulnerability.ts';
import { jsonDocument } from './escape.ts';
import { notChecked, notCovered, otherQuestions } from './first-screen.ts';
import { documentId } from './identity.ts';
import { calendarOf, outcomeWords } from './words.ts';

/**
 * For Dependency-Track and other readers of SBOM and VEX. Where the view carries no packages (a report out of the ledger) only
 * those with findings are listed, and the composition says that more is not known. https://cyclonedx.org/docs/1.6/json/
 */
export const cyclonedxFormat: ReportRenderer = {
  render(view) {
    const calendar = calendarOf(view);
    const materials = collectMaterials(view);
    return jsonDocument({
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: `urn:uuid:${documentId(view, 'cyclonedx')}`,
      version: 1,
      metadata: describeRun(view),
      components: materials.components,
      dependencies: materials.dependencies,
      compositions: boundary(view),
      vulnerabilities: view.findings.map((finding) => describeVulnerability(finding, calendar)),
    });
  },
};

function describeRun(view: ReportView): object {
  const { asOf, tool, repository } = view;
  return {
    timestamp: asOf,
    lifecycles: [{ phase: 'pre-build' }],
    tools: { components: [{ type: 'application', name: tool.name, version: line(tool.version) }] },
    component: {
      type: 'application',
      'bom-ref': ROOT,
      name: 'repository',
      ...(repository.commit === undefined ? {} : { version: versionLine(repository.commit) }),
    },
    properties: propertiesOf(view),
  };
}

/** The verdict, and what could not be looked at: a bill without vulnerabilities must not read as a clean one. */
function propertiesOf(view: ReportView): readonly object[] {
  const { verdict, sentence, policy } = view;
  const blind = notChecked(view).map((target) => [
    'fixby:notChecked',
    `${target.path} (${target.auditor}): ${outcomeWords(target)}. ${target.mend ?? ''}`,
  ]);
  const rows = [
    ['fixby:verdict', verdict],
    ['fixby:sentence', sentence],
    ['fixby:policy', `${policy.source.file}:${policy.source.line} sha256:${policy.source.sha256}`],
    ...blind,
    ...otherQuestions(view).map((question) => ['fixby:open', question]),
    ...notCovered(view).map(({ message }) => ['fixby:notCovered', message]),
  ];
  return rows.map(([name, value = '']) => ({ name, value: line(value) }));
}
