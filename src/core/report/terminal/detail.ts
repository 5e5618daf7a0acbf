/** The long form: every finding and every target in plain blocks, for whoever asked for all of it. */
import { DEADLINE_STATES } from '../../model/deadline.ts';
import type { ReportFinding, ReportTarget } from '../../model/report.ts';
import { inState } from '../first-screen.ts';
import {
  STATE_WORDS,
  acceptanceWords,
  carriedWords,
  count,
  dueWords,
  fixWords,
  likelihoodWords,
  packageWords,
  placeWords,
  seenWords,
  severityWords,
  timelineWords,
} from '../words.ts';
import { wrap } from './lines.ts';
import type { Screen, Section } from './screen.ts';

/** A section a state, with what the deadline of each finding rests on. */
export const findingDetails: readonly Section[] = DEADLINE_STATES.map((state) => (screen) => {
  const findings = inState(screen.view, state);
  if (findings.length === 0) return [];
  const heading = screen.paint.heading(`All findings, ${STATE_WORDS[state]} (${findings.length})`);
  return [heading, ...findings.flatMap((finding) => describeFinding(finding, screen))];
});

function describeFinding(finding: ReportFinding, { view, width, calendar }: Screen): readonly string[] {
  const { advisory, deadline, location, target } = finding;
  const facts: readonly (readonly [string, string])[] = [
    ['what', advisory.summary],
    ['also', advisory.aliases.join(', ')],
    ['link', advisory.url],
    ['rated', severityWords(finding)],
    ['likely', likelihoodWords(finding)],
    ['stands', dueWords(finding, calendar)],
    ['why', deadline.reason],
    ['dates', timelineWords(finding, calendar).join('; ')],
    ['fix', fixWords(finding)],
    ['paths', pathWords(finding)],
    ['shipped', carriedWords(finding, view, calendar).join(', ')],
    ['risk', acceptedWords(finding)],
    [
      'stated',
      `${placeWords(location)}, ${finding.scope}, seen by ${seenWords(finding)}${finding.fromCompleteAudit ? '' : ' (partial audit)'}`,
    ],
  ];
  return [
    ...wrap(
      `${packageWords(finding)} in ${target}: ${advisory.id}${advisory.malware ? ' (malware)' : ''}`,
      width,
      '  ',
    ),
    ...facts.flatMap(([name, text]) => (text === '' ? [] : wrap(text, width, `    ${name.padEnd(8)}`))),
  ];
}

function pathWords({ direct, paths, pathsOmitted }: ReportFinding): string {
  const chains = paths.map((path) => path.join(' > '));
  const shown = chains.length > 0 ? chains.join('; ') : direct ? 'asked for directly' : 'not stated by the lock';
  return pathsOmitted > 0 ? `${shown}; and ${pathsOmitted} more` : shown;
}

function acceptedWords({ exception }: ReportFinding): string {
  if (exception === undefined) return '';
  return `accepted until ${exception.expires}: ${acceptanceWords(exception)}`;
}

/** Every target with who looked, at what, and how far it got. */
export const targetDetails: Section = ({ view, width, paint }) => [
  paint.heading(`Targets (${view.targets.length})`),
  ...view.targets.flatMap((target) => [
    ...wrap(describeTarget(target), width, '  '),
    ...target.notes.flatMap((note) => wrap(note, width, '    ')),
  ]),
];

function describeTarget({ path, auditor, outcome, tool, lockfile, coverage, source }: ReportTarget): string {
  const parts = [
    `${path} (${auditor}${tool.version === '' ? '' : ` ${tool.version}`}): ${outcome}`,
    `${coverage.audited} of ${count(coverage.packages, 'package')}`,
    ...(lockfile === undefined ? [] : [`${lockfile.path} sha256 ${lockfile.sha256}`]),
    `advisories from ${source}`,
  ];
  return parts.join(', ');
}
