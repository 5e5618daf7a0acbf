/** The report as GitLab's dependency scanning report (schema 15.2.1), for the merge request widget and the vulnerability list. */
import type { ReportFinding, ReportRenderer, ReportView } from '../model/report.ts';
import { jsonDocument, safeUrl, terminalText, wellFormed } from './escape.ts';
import { notChecked, otherQuestions } from './first-screen.ts';
import { uuidOf } from './identity.ts';
import { own, paragraph, said, type Phrase } from './markdown/nodes.ts';
import { writeMarkdown } from './markdown/write.ts';
import {
  acceptanceWords,
  calendarOf,
  dueWords,
  outcomeWords,
  placeWords,
  remedyWords,
  severityWords,
  timelineWords,
  type Calendar,
} from './words.ts';

const SCHEMA_VERSION = '15.2.1';
const LONGEST_NAME = 255;
const LONGEST_SOLUTION = 7000;

/** A scan that left a question open has the status `failure`, and its messages say which. */
export const gitlabFormat: ReportRenderer = {
  render(view) {
    const calendar = calendarOf(view);
    return jsonDocument({
      version: SCHEMA_VERSION,
      scan: describeScan(view),
      vulnerabilities: view.findings.map((finding) => describeFinding(finding, calendar)),
    });
  },
};

function describeScan(view: ReportView): object {
  const { tool, generatedAt, verdict, open } = view;
  const scanner = { id: tool.name, name: tool.name, version: tool.version, vendor: { name: tool.name } };
  // Without a zone and without fractions: nothing else passes the schema.
  const moment = generatedAt.replace(/(?:\.\d+)?Z$/, '');
  return {
    type: 'dependency_scanning',
    status: verdict === 'inconclusive' || open.length > 0 || notChecked(view).length > 0 ? 'failure' : 'success',
    start_time: moment,
    end_time: moment,
    analyzer: scanner,
    scanner,
    messages: messagesOf(view),
  };
}

function messagesOf(view: ReportView): readonly object[] {
  const { verdict, sentence, problems } = view;
  return [
    message('info', `${verdict}: ${sentence}`),
    ...notChecked(view).map((target) =>
      message('fatal', `${target.path} (${target.auditor}): ${outcomeWords(target)}. ${target.mend ?? ''}`),
    ),
    ...otherQuestions(view).map((question) => message('fatal', question)),
    ...problems.map(({ blocks, code, target, message: what, mend }) =>
      message(blocks ? 'fatal' : 'warn', `${code}${target === null ? '' : ` in ${target}`}: ${what}. ${mend}`),
    ),
  ];
}

function message(level: 'info' | 'warn' | 'fatal', text: string): object {
  return { level, value: filled(text, Infinity) };
}

function describeFinding(finding: ReportFinding, calendar: Calendar): object {
  const { advisory, deadline, key, location, severity, versions } = finding;
  const url = safeUrl(advisory.url);
  return {
    id: uuidOf(key),
    name: filled(advisory.summary || advisory.id, LONGEST_NAME),
    description: markdown(said(`${advisory.summary || advisory.id}.`)),
    severity: SEVERITIES[deadline.state === 'withdrawn' ? 'withdrawn' : severity.level],
    solution: filled(remedyWords(finding), LONGEST_SOLUTION),
    identifiers: [...new Set([advisory.id, ...advisory.aliases])].map(identify),
    ...(url === undefined ? {} : { links: [{ url }] }),
    location: {
      file: filled(location.file, Infinity),
      dependency: {
        package: { name: finding.package },
        version: versions.join(', '),
        direct: finding.direct,
      },
    },
    details: detailsOf(finding, calendar),
  };
}

const SEVERITIES = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  unknown: 'Unknown',
  // Taken back by its publisher: shown, and nothing to act on.
  withdrawn: 'Info',
} as const;

function identify(id: string): object {
  const name = filled(id, Infinity);
  const type = /^(CVE|GHSA|PYSEC|MAL|OSV)-/i.exec(id)?.[1]?.toLowerCase() ?? 'fixby';
  const url = ADVISORY_PAGES[type];
  // Only ids of a known shape become part of an address.
  return { type, name, value: name, ...(url !== undefined && /^[\w-]+$/.test(id) ? { url: url + id } : {}) };
}

const ADVISORY_PAGES: Readonly<Record<string, string>> = {
  cve: 'https://nvd.nist.gov/vuln/detail/',
  ghsa: 'https://github.com/advisories/',
  pysec: 'https://osv.dev/vulnerability/',
  mal: 'https://osv.dev/vulnerability/',
};

/** What GitLab shows below the description, by the name of each row. */
function detailsOf(finding: ReportFinding, calendar: Calendar): object {
  const { deadline, exception, location, paths } = finding;
  const rows: Readonly<Record<string, readonly [string, string]>> = {
    deadline: ['Deadline', `${dueWords(finding, calendar)}: ${deadline.reason}`],
    dates: ['Dates', timelineWords(finding, calendar).join('; ')],
    severity: ['Severity', severityWords(finding)],
    place: ['Stated in', placeWords(location)],
    path: ['Comes in by', paths.map((path) => path.join(' > ')).join(', ')],
    accepted: [
      'Accepted risk',
      exception === undefined ? '' : `until ${exception.expires}: ${acceptanceWords(exception)}`,
    ],
  };
  return Object.fromEntries(
    Object.entries(rows)
      .filter(([, [, value]]) => value !== '')
      .map(([row, [name, value]]) => [row, { name, type: 'text', value: wellFormed(terminalText(value)) }]),
  );
}

function markdown(phrase: Phrase): string {
  return writeMarkdown([phrase.length === 0 ? paragraph(own('(no text)')) : paragraph(phrase)]).trim();
}

/** One line of at most `limit` characters that is not empty, as the schema wants it. */
function filled(text: string, limit: number): string {
  const line = wellFormed(terminalText(text)) || '(none)';
  return line.length > limit ? `${wellFormed(line.slice(0, limit - 1))}…` : line;
}
