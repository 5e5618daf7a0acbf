/** The list of report formats: a new one is a file beside this one and a line here. */
import type { ReportFormat } from '../model/report.ts';
import { csvFormat } from './csv.ts';
import { cyclonedxFormat } from './cyclonedx.ts';
import { githubFormat } from './github.ts';
import { gitlabFormat } from './gitlab.ts';
import { htmlFormat } from './html.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { markdownFormat } from './markdown.ts';
import { openvexFormat } from './openvex.ts';
import { poamFormat } from './poam.ts';
import { sarifFormat } from './sarif.ts';
import { tableFormat } from './table.ts';

/** Every format, in the order in which help texts name them. */
export const reportFormats: readonly ReportFormat[] = [
  tableFormat,
  jsonFormat,
  markdownFormat,
  htmlFormat,
  csvFormat,
  junitFormat,
  sarifFormat,
  githubFormat,
  gitlabFormat,
  cyclonedxFormat,
  openvexFormat,
  poamFormat,
];

/** The format of that name, or `undefined` when there is none. */
export function findFormat(name: string): ReportFormat | undefined {
  return reportFormats.find((format) => format.name === name);
}
