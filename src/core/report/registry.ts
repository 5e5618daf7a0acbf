/** The list of report formats: a new one is a file beside this one and a line here. Each is loaded when it is asked for. */
import type { ReportFormat } from '../model/report.ts';

/** Every format, in the order in which help texts name them. */
export const reportFormats: readonly ReportFormat[] = [
  { name: 'table', extension: 'txt', load: () => import('./table.ts').then(({ tableFormat }) => tableFormat) },
  { name: 'json', extension: 'json', load: () => import('./json.ts').then(({ jsonFormat }) => jsonFormat) },
  {
    name: 'markdown',
    extension: 'md',
    load: () => import('./markdown.ts').then(({ markdownFormat }) => markdownFormat),
  },
  { name: 'html', extension: 'html', load: () => import('./html.ts').then(({ htmlFormat }) => htmlFormat) },
  { name: 'csv', extension: 'csv', load: () => import('./csv.ts').then(({ csvFormat }) => csvFormat) },
  { name: 'junit', extension: 'junit.xml', load: () => import('./junit.ts').then(({ junitFormat }) => junitFormat) },
  { name: 'sarif', extension: 'sarif', load: () => import('./sarif.ts').then(({ sarifFormat }) => sarifFormat) },
  {
    name: 'github',
    extension: 'github.md',
    load: () => import('./github.ts').then(({ githubFormat }) => githubFormat),
  },
  {
    name: 'gitlab',
    extension: 'gitlab.json',
    load: () => import('./gitlab.ts').then(({ gitlabFormat }) => gitlabFormat),
  },
  {
    name: 'cyclonedx',
    extension: 'cdx.json',
    needs: 'packages',
    load: () => import('./cyclonedx.ts').then(({ cyclonedxFormat }) => cyclonedxFormat),
  },
  {
    name: 'openvex',
    extension: 'openvex.json',
    load: () => import('./openvex.ts').then(({ openvexFormat }) => openvexFormat),
  },
  {
    name: 'poam',
    extension: 'poam.csv',
    needs: 'closed',
    load: () => import('./poam.ts').then(({ poamFormat }) => poamFormat),
  },
];

/** The format of that name, or `undefined` when there is none. */
export function findFormat(name: string): ReportFormat | undefined {
  return reportFormats.find((format) => format.name === name);
}
